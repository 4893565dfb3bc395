import { AsyncLocalStorage } from 'node:async_hooks';
import { activeTraceId } from './telemetry/spans.ts';

const current = new AsyncLocalStorage<object>();
let ofProcess = (): object => ({});

/** Adds fields, such as the id of a run, to every log line that is written during the work. */
export const withLogFields = <T>(fields: object, work: () => T): T =>
  current.run({ ...current.getStore(), ...fields }, work);

/** Adds the request's id, if it has one. */
export const withRequestId = <T>(requestId: string | null, work: () => T): T =>
  requestId === null ? work() : withLogFields({ requestId }, work);

/** Adds fields to every log line of this process. */
export function setProcessFields(fields: () => object): void {
  ofProcess = fields;
}

/** The fields for a line that is written now. */
export const logFields = (): object => ({
  ...ofProcess(),
  ...current.getStore(),
  traceId: activeTraceId(),
});
