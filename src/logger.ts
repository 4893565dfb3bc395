import { type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger } from 'pino';

/** JSON lines on stderr, written at once so that the last words of a dying process are not lost. */
export function createLogger(level: LogLevel): Logger {
  return pino(
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime, redact: SECRETS },
    pino.destination({ fd: 2, sync: true }),
  );
}

const NAMES = ['databaseUrl', 'url', 'password', 'runnerApiKey', 'runnerSigningSecret', 'authorization'];
const SECRETS = { paths: NAMES.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' };

export type Troubles = { failed: (error: unknown) => void; worked: () => void };

/** Logs of something repeated that it began to fail, and that it works again, but not each time between. */
export function troublesOf(what: string, logger: Logger): Troubles {
  let failingSince: number | undefined;
  return {
    failed(error) {
      if (failingSince !== undefined) return;
      failingSince = performance.now();
      logger.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        `${what}: fails, and is repeated`,
      );
    },
    worked() {
      if (failingSince === undefined) return;
      logger.info({ afterMs: Math.round(performance.now() - failingSince) }, `${what}: works again`);
      failingSince = undefined;
    },
  };
}
