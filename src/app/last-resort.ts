import type { Logger } from '../logger.ts';

/** Logs an uncaught error or an unhandled rejection, and then ends the process with exit code 1. */
export function logUncaughtErrors(logger: Logger): void {
  process.on('uncaughtException', (err, origin) => {
    logger.fatal({ err, origin }, 'uncaught error; the process exits');
    process.exit(1);
  });
}
