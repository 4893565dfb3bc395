import type { UserError } from '../errors.ts';
import type { Json, JsonObject } from '../json/json.ts';
import type { Binding } from '../script-request/bindings/binding-model.ts';
import type { BindingResolution } from '../script-request/bindings/resolve.ts';
import {
  buildScriptRequest,
  type JourneyScriptRequest,
  type ScriptSources,
} from '../script-request/build.ts';
import type { CheckBudget } from '../script-request/check-budget.ts';
import type { InputError } from '../script-request/input-schema.ts';
import { hideSecrets, MASK, maskBindings, maskSent } from '../script-request/masking/secrets.ts';

/** The result that enqueueing would have, and the request that the run would send, with secrets masked. */
export type RunPreview = {
  /** Whether enqueueing would accept the request. */
  accepted: boolean;
  userErrors: UserError[];
  bindings: BindingResolution[];
  /** Null, like `request`, if it is not known what would run. */
  inputs: JsonObject | null;
  inputErrors: InputError[];
  request: JourneyScriptRequest | null;
};

/**
 * The parts of a preview that its caller sent. They are masked by place only: masking by value would confirm
 * guesses.
 */
export type SentParts = { payloads: boolean; bindings: boolean };

/** The first attempt's request, made as the worker makes it. */
export async function previewOf(
  sources: ScriptSources,
  userErrors: UserError[],
  sent: SentParts,
  requestBudget: CheckBudget,
): Promise<RunPreview> {
  const { request, resolutions, unchecked, ...built } = await buildScriptRequest(sources, requestBudget);
  const inputErrors = unchecked === null ? built.inputErrors : [{ path: '', message: unchecked }];
  const { bindingSnapshot } = request;
  const shown = sent.bindings ? hideSecrets(bindingSnapshot) : maskBindings(bindingSnapshot);
  const bindings = resolutions.map(({ binding, value, ...rest }, index) => ({
    ...rest,
    binding: shown[index]!,
    value: shownValue(binding, shown[index]!, value),
  }));
  const values = Object.fromEntries(bindings.map(({ binding, value }) => [binding.inputKey, value]));
  const inputs = shownInputs(request.inputs, values, request.bindings);
  const whole = {
    inputs,
    request: {
      ...request,
      inputs,
      bindings: shownInputs(request.bindings, values, request.bindings),
      bindingSnapshot: shown,
    },
    bindings,
  };
  const masked = sent.payloads
    ? whole
    : (maskSent(whole as unknown as Json, bindingSnapshot) as unknown as typeof whole);
  return { accepted: userErrors.length === 0, userErrors, inputErrors, ...masked };
}

/** The preview of a request that names nothing to run. */
export function emptyPreview(userErrors: UserError[]): RunPreview {
  return { accepted: false, userErrors, bindings: [], inputs: null, inputErrors: [], request: null };
}

function shownValue(binding: Binding, shown: Binding, value: Json): Json {
  if (binding.kind !== 'static') return value;
  return binding.secret || shown.kind !== 'static' ? MASK : shown.value;
}

/** The values by inputKey; those filled by a binding are as the API shows them. */
const shownInputs = (inputs: JsonObject, shown: JsonObject, filled: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, Object.hasOwn(filled, key) ? shown[key]! : value]),
  );
