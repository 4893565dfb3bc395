import type { JsonObject } from '../../json/json.ts';

export const RUN_ERROR_CODES = [
  'BINDING_UNRESOLVED',
  'INPUT_INVALID',
  'INPUT_UNCHECKED',
  'SECRET_UNAVAILABLE',
  'RUNNER_UNREACHABLE',
  'RUNNER_TIMEOUT',
  'RUNNER_REJECTED',
  'RUNNER_FAILED',
  'RUNNER_INVALID_RESPONSE',
  'RESULT_TOO_LARGE',
  'WORKER_LOST',
  'CANCELED',
  'INTERNAL',
] as const;
export type RunErrorCode = (typeof RUN_ERROR_CODES)[number];

/** Why an attempt failed. The message is written for operators and holds nothing secret. */
export type RunError = {
  code: RunErrorCode;
  message: string;
  detail: JsonObject | null;
  /** Whether this error may be retried while attempts remain. */
  retryable: boolean;
};

/** An error whose `retryable` follows from its code. */
export function runError(code: RunErrorCode, message: string, detail: JsonObject | null = null): RunError {
  return { code, message, detail, retryable: !FINAL.has(code) };
}

/** The error of a run that ends because a cancel was requested. */
export const canceled = (): RunError => runError('CANCELED', 'Canceled on request.');

// Errors that the same call would cause again.
const FINAL = new Set<RunErrorCode>([
  'RUNNER_REJECTED',
  'RUNNER_INVALID_RESPONSE',
  'RESULT_TOO_LARGE',
  'CANCELED',
]);
