import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import type { Logger } from '../logger.ts';
import { BUILD_SCRIPT, isConsoleCurrent } from './console-files.ts';

/**
 * Builds the console in a process of its own if it is missing or its sources changed. The API does not wait for it, and
 * the build gets the time that the API leaves. Aborting the signal ends the build.
 */
export async function buildConsole(logger: Logger, signal: AbortSignal): Promise<void> {
  if (signal.aborted || (await isConsoleCurrent())) return;
  logger.info('building the console; the API is available meanwhile');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', BUILD_SCRIPT], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  try {
    if (child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY);
    const [problem, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);
    if (code === 0) logger.info('the console is ready');
    else logger.error({ problem }, 'the console was not built; run `npm ci` and `npm run build`');
  } catch (err) {
    if (!signal.aborted) logger.error({ err }, 'the console was not built; run `npm ci` and `npm run build`');
  }
}

const LOW_PRIORITY = 10;
