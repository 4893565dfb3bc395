import type { InputError } from '../bindings/input-schema.ts';
import type { BindingResolution } from '../bindings/resolve.ts';
import type { UserError } from '../errors.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { maskRequest } from '../model/mask-run.ts';
import {
  buildScriptRequest,
  type JourneyScriptRequest,
  type ScriptSources,
} from '../model/script-request.ts';
import { MASK, maskBindings, maskInputs, maskSecrets, secretValues } from '../model/secrets.ts';

/** What a run would come to, fit to be shown: secrets are masked. */
export type RunPreview = {
  /** Whether enqueueing would take it. */
  accepted: boolean;
  userErrors: UserError[];
  bindings: BindingResolution[];
  /** null, as `request`, where it is not known what would run. */
  inputs: JsonObject | null;
  inputErrors: InputError[];
  request: JourneyScriptRequest | null;
};

/** The first attempt's request, made as the worker makes it. */
export function previewOf(sources: ScriptSources, userErrors: UserError[]): RunPreview {
  const { bindingSnapshot } = sources.run;
  const secrets = secretValues(bindingSnapshot);
  const shown = maskBindings(bindingSnapshot);
  const { request, resolutions, inputErrors } = buildScriptRequest(sources);
  return {
    accepted: userErrors.length === 0,
    userErrors,
    bindings: resolutions.map(({ binding, value, ...rest }, index) => ({
      ...rest,
      binding: shown[index]!,
      value: binding.kind === 'static' && binding.secret ? MASK : maskSecrets<Json>(value, secrets),
    })),
    inputs: maskInputs(request.inputs, bindingSnapshot),
    inputErrors,
    request: maskRequest(request),
  };
}

/** Of a request that names nothing to run. */
export function emptyPreview(userErrors: UserError[]): RunPreview {
  return { accepted: false, userErrors, bindings: [], inputs: null, inputErrors: [], request: null };
}
