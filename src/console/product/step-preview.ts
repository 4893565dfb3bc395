import { isJsonObject } from '../api/exact-numbers.ts';
import type { InputMistake } from './field-errors.ts';
import type { BindingDraft } from './product-draft.ts';
import { sourceText } from './step-sentence.ts';

/** The answer of the service about a run that is not enqueued yet. */
export type Preview = {
  /** The request that the script host would receive; null if it is not known what would run. */
  request: unknown;
  /** By inputKey. */
  found: ReadonlyMap<string, Found>;
  /** Why the value of an input does not fit the component's schema, by the input's name. */
  inputErrors: ReadonlyMap<string, string>;
  /** The same as the service returned them. */
  schemaErrors: readonly InputError[];
  /** Errors of the schema that belong to no bound input. */
  otherErrors: readonly string[];
  /** Errors in the attachment, with paths that begin in it. */
  mistakes: readonly InputMistake[];
  /** Why the run would be rejected, or fail before its script is called. */
  problems: readonly string[];
};

export type Found = { resolved: boolean; value?: unknown; reason?: string | null };

/** The result of previewRun. */
export type PreviewAnswer = {
  request?: unknown;
  userErrors: readonly InputMistake[];
  inputErrors: readonly InputError[];
  bindings: readonly (Found & { binding: { inputKey: string; required: boolean } })[];
};

/** The path is a JSON Pointer into the inputs. */
type InputError = { path: string; message: string };

/** @param inputKeys the inputs that have a field on the page, beside which their errors stand */
export function previewOf(answer: PreviewAnswer | null | undefined, inputKeys: readonly string[]): Preview {
  const { request = null, userErrors = [], inputErrors = [], bindings = [] } = answer ?? {};
  const byInput = new Map<string, string>();
  const otherErrors: string[] = [];
  for (const { path, message } of inputErrors) {
    const name = inputOf(path);
    if (inputKeys.includes(name)) byInput.set(name, [byInput.get(name), message].filter(Boolean).join('; '));
    else otherErrors.push(errorText({ path, message }));
  }
  const missing = bindings.filter(({ resolved, binding }) => !resolved && binding.required);
  return {
    request,
    found: new Map(bindings.map((entry) => [entry.binding.inputKey, entry])),
    inputErrors: byInput,
    schemaErrors: inputErrors,
    otherErrors,
    mistakes: userErrors.flatMap(({ path, message }) =>
      path[0] === 'attachment' ? [{ path: path.slice(1), message }] : [],
    ),
    problems: [
      ...userErrors.map(({ message }) => message),
      ...missing.map(({ binding, reason }) => `${binding.inputKey} gets no value: ${reason}`),
      ...inputErrors
        // A missing value is the cause of an input that the schema rejects.
        .filter(({ path }) => !missing.some(({ binding }) => binding.inputKey === inputOf(path)))
        .map((error) => (error.path === '' ? `The inputs: ${error.message}` : errorText(error))),
    ],
  };
}

const errorText = ({ path, message }: InputError) =>
  `${path.slice(1).replaceAll('/', '.')} ${message}`.trim();

const inputOf = (path: string) => /^\/?([^/.[]*)/.exec(path)?.[1] ?? '';

/** An input of a request: its value, and in words where it comes from. */
export type InputOrigin = { name: string; isSent: boolean; value: unknown; origin: string };

/** The inputs that bindings fill, with those that get nothing, and after them the others of the request. */
export function inputOrigins(
  { request, found }: Pick<Preview, 'request' | 'found'>,
  bindings: readonly BindingDraft[],
): InputOrigin[] {
  const inputs = isJsonObject(request) && isJsonObject(request.inputs) ? request.inputs : {};
  const bound = new Map(bindings.map((binding) => [binding.inputKey, binding]));
  return [...new Set([...bound.keys(), ...Object.keys(inputs)])].filter(Boolean).map((name) => {
    const isSent = Object.hasOwn(inputs, name);
    const binding = bound.get(name);
    const fills = binding && (found.get(name)?.resolved || !isSent);
    return { name, isSent, value: inputs[name], origin: fills ? originText(binding) : 'the input payload' };
  });
}

const originText = (binding: BindingDraft) =>
  binding.source.kind === 'value' ? 'a fixed value' : sourceText(binding);
