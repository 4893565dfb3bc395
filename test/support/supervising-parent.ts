import { fileURLToPath } from 'node:url';
import { superviseWorker } from '../../src/app/supervisor.ts';
import { createLogger } from '../../src/logger.ts';

// A process that supervises a told-child, for tests that kill it.
superviseWorker({
  modulePath: fileURLToPath(new URL('./told-child.ts', import.meta.url)),
  args: process.argv.slice(2),
  env: process.env,
  logger: createLogger('silent'),
});
