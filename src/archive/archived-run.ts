import {
  answerMaskOf,
  maskError,
  maskStoredResult,
  maskTelemetry,
} from '../script-request/masking/mask-run.ts';
import { maskBindings, maskInputs, maskSent } from '../script-request/masking/secrets.ts';
import type { EndedRun } from './ended-runs.ts';

/**
 * The run as one line of JSON, with the names of fields and the masked secrets of the API. Numbers have their digits;
 * the name of a named secret stands in its binding.
 */
export function archivedRun(run: EndedRun): string {
  const { bindingSnapshot, resolvedBindings, events, ...fields } = run;
  const mask = answerMaskOf(bindingSnapshot);
  const line = {
    ...fields,
    inputPayload: maskSent(run.inputPayload, bindingSnapshot),
    metadata: maskSent(run.metadata, bindingSnapshot),
    context: maskSent(run.context, bindingSnapshot),
    bindingSnapshot: maskBindings(bindingSnapshot),
    resolvedBindings:
      resolvedBindings && maskSent(maskInputs(resolvedBindings, bindingSnapshot), bindingSnapshot),
    resultPayload: maskStoredResult(run.resultPayload, run),
    error: maskError(run.error, mask),
    telemetry: maskTelemetry(run.telemetry, mask),
    events: events.map((event) => ({
      ...event,
      at: new Date(event.at),
      runAt: event.runAt && new Date(event.runAt),
      error: maskError(event.error, mask),
      telemetry: maskTelemetry(event.telemetry, mask),
    })),
  };
  return `${JSON.stringify(line)}\n`;
}
