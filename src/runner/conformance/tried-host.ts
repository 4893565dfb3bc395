import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json/json.ts';
import { createHttpRunner, type HttpRunnerOptions } from '../http-runner.ts';
import type { RunnerOutcome } from '../script-runner.ts';

/** The script host that is checked, and how the service calls it. */
export type TriedHost = {
  options: HttpRunnerOptions;
  timeoutSeconds: number;
  /** A request that the host's script completes. */
  request: JsonObject;
};

/** The changes to the usual request. */
export type Changes = {
  /** The Idempotency-Key; by default one that was never used. */
  key?: string;
  body?: string;
  /** Credentials that replace the service's. */
  options?: Partial<HttpRunnerOptions>;
};

export const newKey = (): string => `${randomUUID()}:1`;

/** Sends one request as the service does. Returns what the service would make of the answer. */
export async function call(
  host: TriedHost,
  { key = newKey(), body, options }: Changes,
): Promise<RunnerOutcome> {
  const runner = createHttpRunner({ ...host.options, ...options });
  const runId = key.slice(0, key.indexOf(':'));
  try {
    return await runner.run({
      runId,
      attempt: 1,
      idempotencyKey: key,
      body: body ?? JSON.stringify({ ...host.request, runId }),
      timeoutSeconds: host.timeoutSeconds,
      signal: new AbortController().signal,
      mask: (text) => text,
    });
  } finally {
    await runner.close();
  }
}

/** The HTTP status of a failure; null for a result and where there was no HTTP answer. */
export function statusOf(outcome: RunnerOutcome): number | null {
  const status = outcome.kind === 'failure' ? outcome.error.detail?.httpStatus : null;
  return typeof status === 'number' ? status : null;
}

/** Says what the host answered, as the end of a sentence. */
export function answered(outcome: RunnerOutcome): string {
  if (outcome.kind === 'result') return 'the host completed it';
  if (outcome.kind === 'aborted') return 'the call was aborted';
  const { text = '' } = outcome.errorBody ?? {};
  return `${outcome.error.message}${text && ` Body: ${text.slice(0, 200)}`}`;
}
