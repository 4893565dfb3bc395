import type { Json } from '../json/json.ts';
import type { Run } from './run.ts';
import type { RunError } from './run-error.ts';
import type { JourneyScriptRequest } from './script-request.ts';
import { maskBindings, maskInputs, maskSecrets, secretValues, textMask } from './secrets.ts';
import type { RunTelemetry } from './telemetry.ts';

/** An error as it may be shown; `secrets` are the run's secretValues. */
export function maskError(error: RunError | null, secrets: readonly string[]): RunError | null {
  if (error === null) return null;
  const { message, detail } = error;
  return {
    ...error,
    message: textMask(secrets)(message),
    detail: maskSecrets<RunError['detail']>(detail, secrets),
  };
}

/** Telemetry as it may be shown: figures as they are, previews masked. */
export function maskTelemetry(
  telemetry: RunTelemetry | null,
  secrets: readonly string[],
): RunTelemetry | null {
  if (telemetry === null) return null;
  const { outputPreview, errorPreview, ...figures } = telemetry;
  const mask = textMask(secrets);
  return {
    ...figures,
    ...(outputPreview === undefined ? {} : { outputPreview: mask(outputPreview) }),
    ...(errorPreview === undefined ? {} : { errorPreview: mask(errorPreview) }),
  };
}

/** A request as it may be shown. */
export function maskRequest(request: JourneyScriptRequest): JourneyScriptRequest {
  const { bindingSnapshot } = request;
  return {
    ...(maskSecrets(request as Json, secretValues(bindingSnapshot)) as JourneyScriptRequest),
    inputs: maskInputs(request.inputs, bindingSnapshot),
    bindings: maskInputs(request.bindings, bindingSnapshot),
    bindingSnapshot: maskBindings(bindingSnapshot),
  };
}

/** The stored text of the latest request as it may be shown; null before the first. */
export function maskStoredRequest(request: Run['request']): Json {
  return request === null ? null : (maskRequest(JSON.parse(request) as JourneyScriptRequest) as Json);
}
