import { type Logger, pino } from 'pino';
import type { LogLevel } from './config/config.ts';
import { serviceName } from './config/service-name.ts';
import { logFields } from './log-fields.ts';

export type { Logger } from 'pino';

/**
 * Creates a logger that writes JSON lines to stderr, with the fields of log-fields.ts. Writes are synchronous, so that the
 * last lines of a failing process are not lost. `mask` hides the service's own secrets in each line.
 */
export function createLogger(level: LogLevel, mask: (line: string) => string = (line) => line): Logger {
  const base = { service: serviceName(), pid: process.pid };
  const timestamp = pino.stdTimeFunctions.isoTime;
  return pino(
    {
      level,
      formatters: { level: (label) => ({ level: label }) },
      base,
      timestamp,
      mixin: logFields,
      redact: SECRETS,
      serializers: { err: loggedError },
      hooks: { streamWrite: mask },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/**
 * Serializes an error for the log. PostgreSQL's details are omitted, since they quote the row, and so are parts of a
 * document.
 */
function loggedError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { type, message, stack } = pino.stdSerializers.err(error);
  const { code, constraint, table, column } = error as unknown as Record<string, unknown>;
  const errors =
    error instanceof AggregateError ? error.errors.slice(0, MOST_ERRORS).map(loggedError) : undefined;
  return { type, message, stack, code, constraint, table, column, errors };
}

const MOST_ERRORS = 5;

const NAMES = [
  'databaseUrl',
  'url',
  'password',
  'runnerApiKey',
  'runnerSigningSecrets',
  'secretKeys',
  'authorization',
];
const SECRETS = { paths: NAMES.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' };

export type FailureLog = { failed: (error: unknown) => void; worked: () => void };

/** Logs the first failure of a repeated task, and its recovery, but not the failures between. */
export function createFailureLog(what: string, logger: Logger): FailureLog {
  let failingSince: number | undefined;
  return {
    failed(error) {
      if (failingSince !== undefined) return;
      failingSince = performance.now();
      logger.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        `${what} failed; retrying (logged again on recovery)`,
      );
    },
    worked() {
      if (failingSince === undefined) return;
      logger.info({ afterMs: Math.round(performance.now() - failingSince) }, `${what} recovered`);
      failingSince = undefined;
    },
  };
}
