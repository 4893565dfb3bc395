import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { parseStoredJson } from '../../json/parse.ts';
import type { RunError } from '../../runs/model/run-error.ts';
import type { Run } from '../../runs/model/run-row.ts';
import type { RunTelemetry } from '../../runs/model/telemetry.ts';
import type { Binding } from '../bindings/binding-model.ts';
import type { JourneyScriptRequest } from '../build.ts';
import { maskedBody } from '../secret-marks.ts';
import { type AnswerMask, createAnswerMask } from './answer-mask.ts';
import { hideSecrets, maskInputs, maskSent, secretsOf } from './secrets.ts';

/** The fields of a run that decide how it is masked. */
type Masked = { bindingSnapshot: readonly Binding[]; telemetry: RunTelemetry | null };

/** The echo runner's name in telemetry. Its results are the inputs that clients sent. */
export const ECHO_RUNNER = 'echo';

/** Masks the run's secrets and the service's own in a runner's result, before it is stored. */
export function maskResult(
  result: Json,
  runner: string,
  bindings: readonly Binding[],
  mask: AnswerMask = answerMaskOf(bindings),
): Json {
  if (runner !== ECHO_RUNNER) return mask.json(result);
  const masked = isJsonObject(result) ? maskInputs(result, bindings) : result;
  return maskSent(masked, bindings);
}

/** Masks a stored result for clients. */
export const maskStoredResult = (result: Json, { bindingSnapshot, telemetry }: Masked): Json =>
  maskResult(result, telemetry?.runner ?? '', bindingSnapshot);

/**
 * Masks an error for clients. Messages that name inputKeys or quote the inputSchema contain text that clients sent:
 * masking it by value would confirm guesses.
 */
export function maskError(error: RunError | null, mask: AnswerMask): RunError | null {
  if (error === null || error.code === 'BINDING_UNRESOLVED') return error;
  const { message, detail } = error;
  return {
    ...error,
    message: mask.text(message),
    detail: detail && error.code !== 'INPUT_INVALID' ? (mask.json(detail) as JsonObject) : detail,
  };
}

/** Masks the previews in telemetry for clients; the figures stay as they are. */
export function maskTelemetry(telemetry: RunTelemetry | null, mask: AnswerMask): RunTelemetry | null {
  // The echo runner's previews were masked by place when they were made.
  if (telemetry === null || telemetry.runner === ECHO_RUNNER) return telemetry;
  const { outputPreview, errorPreview, ...figures } = telemetry;
  return {
    ...figures,
    ...(outputPreview === undefined ? {} : { outputPreview: mask.text(outputPreview) }),
    ...(errorPreview === undefined ? {} : { errorPreview: mask.text(errorPreview) }),
  };
}

/** Masks a request for clients. */
export function maskRequest(request: JourneyScriptRequest): JourneyScriptRequest {
  const { bindingSnapshot } = request;
  const masked = {
    ...request,
    inputs: maskInputs(request.inputs, bindingSnapshot),
    bindings: maskInputs(request.bindings, bindingSnapshot),
    bindingSnapshot: hideSecrets(bindingSnapshot),
  };
  return maskSent(masked as Json, bindingSnapshot) as JourneyScriptRequest;
}

/** Masks the stored text of the latest request for clients; null before the first request. */
export function maskStoredRequest(request: Run['request']): Json {
  return request === null
    ? null
    : (maskRequest(parseStoredJson(maskedBody(request)) as JourneyScriptRequest) as Json);
}

/** The mask for responses to runs with these bindings. */
export function answerMaskOf(bindings: readonly Binding[]): AnswerMask {
  const known = masks.get(bindings) ?? createAnswerMask(secretsOf(bindings));
  masks.set(bindings, known);
  return known;
}

const masks = new WeakMap<readonly Binding[], AnswerMask>();
