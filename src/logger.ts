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
