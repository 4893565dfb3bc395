import { fileURLToPath } from 'node:url';
import { createLogger } from '../../src/logger.ts';
import { superviseWorker } from '../../src/supervisor.ts';

// A process that supervises a told-child, for tests that kill it.
superviseWorker({
  modulePath: fileURLToPath(new URL('./told-child.ts', import.meta.url)),
  args: process.argv.slice(2),
  env: process.env,
  logger: createLogger('silent'),
});
