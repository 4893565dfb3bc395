import type { Json } from '../../json/json.ts';
import { type JsonMistake, jsonMistakes, MAX_JSON_BYTES, textMistake } from '../../json/json-limits.ts';
import { secretNameMistake } from '../../secrets/secret-name.ts';
import { PRODUCT_FIELD_ROOTS, parsePath, RUNTIME_ROOTS } from './path.ts';

/** A binding fills one input. It is stored, snapshotted and sent to the runner in this shape. */
export type Binding = StaticBinding | SecretBinding | PathBinding;
export type StaticBinding = {
  kind: 'static';
  inputKey: string;
  value: Json;
  required: boolean;
  /** A secret value is masked wherever it is read; only the runner gets it. */
  secret: boolean;
};
/** Refers to a stored secret. Only the call to the script host has its value. */
export type SecretBinding = { kind: 'secret'; inputKey: string; name: string; required: boolean };
export type PathBinding = {
  kind: 'product_field' | 'runtime';
  inputKey: string;
  path: string;
  required: boolean;
};

/** A binding as the API spells it. GraphQL has checked that it has exactly one member. */
export type BindingInput = {
  static?: {
    inputKey: string;
    value?: Json;
    required?: boolean | null;
    secret?: boolean | null;
  } | null;
  secret?: { inputKey: string; name: string; required?: boolean | null } | null;
  productField?: PathBindingInput | null;
  runtime?: PathBindingInput | null;
};
type PathBindingInput = { inputKey: string; path: string; required?: boolean | null };

/**
 * Converts bindings to their stored form. A secret without a value takes the value of the stored secret with the same
 * inputKey, because secrets are read as null and a client sends back what it read. When there is no such secret,
 * bindingMistakes reports it.
 */
export function normaliseBindings(
  inputs: readonly BindingInput[],
  stored: readonly Binding[] = [],
): Binding[] {
  return inputs.map((input) => {
    if (input.static) return normaliseStatic(input.static, stored);
    if (input.secret) return normaliseSecret(input.secret);
    if (input.productField) return normalisePath('product_field', input.productField);
    if (input.runtime) return normalisePath('runtime', input.runtime);
    throw new TypeError('a binding is one of static, secret, productField and runtime');
  });
}

/** The names of the stored secrets to which bindings refer. */
export const secretNames = (bindings: readonly Binding[]): string[] =>
  bindings.flatMap((binding) => (binding.kind === 'secret' ? [binding.name] : []));

/** Every mistake in a list of bindings; paths lead from the list, e.g. ['0', 'path']. */
export function bindingMistakes(bindings: readonly Binding[]): JsonMistake[] {
  if (bindings.length > MAX_BINDINGS) {
    return [{ path: [], message: `holds ${bindings.length} bindings; at most ${MAX_BINDINGS} are allowed` }];
  }
  const mistakes = bindings.flatMap((binding, index) =>
    ownMistakes(binding, bindings.slice(0, index)).map(({ path, message }) => ({
      path: [String(index), ...path],
      message,
    })),
  );
  if (mistakes.length > 0) return mistakes;
  return jsonMistakes(bindings, MAX_JSON_BYTES);
}

const MAX_BINDINGS = 100;
const MAX_INPUT_KEY_LENGTH = 128;

function normaliseStatic(
  input: NonNullable<BindingInput['static']>,
  stored: readonly Binding[],
): StaticBinding {
  const { inputKey } = input;
  const secret = input.secret ?? false;
  const known = secret
    ? stored.find((binding) => isSecret(binding) && binding.inputKey === inputKey)
    : undefined;
  const value = input.value ?? (known?.kind === 'static' ? known.value : null);
  return { kind: 'static', inputKey, value, required: input.required ?? true, secret };
}

const normaliseSecret = ({
  inputKey,
  name,
  required,
}: NonNullable<BindingInput['secret']>): SecretBinding => ({
  kind: 'secret',
  inputKey,
  name,
  required: required ?? true,
});

const normalisePath = (
  kind: PathBinding['kind'],
  { inputKey, path, required }: PathBindingInput,
): PathBinding => ({
  kind,
  inputKey,
  path,
  required: required ?? true,
});

const isSecret = (binding: Binding) => binding.kind === 'static' && binding.secret;

function ownMistakes(binding: Binding, before: readonly Binding[]): JsonMistake[] {
  const mistakes = inputKeyMistakes(binding.inputKey, before);
  if (binding.kind === 'static') {
    if (binding.secret && binding.value === null) {
      mistakes.push({ path: ['value'], message: 'is needed: no secret is stored for this inputKey yet' });
    }
    const below = jsonMistakes(binding.value).map(({ path, message }) => ({
      path: ['value', ...path],
      message,
    }));
    return [...mistakes, ...below];
  }
  if (binding.kind === 'secret') {
    const message = secretNameMistake(binding.name);
    return message ? [...mistakes, { path: ['name'], message }] : mistakes;
  }
  const message = pathMistake(binding);
  return message ? [...mistakes, { path: ['path'], message }] : mistakes;
}

function pathMistake({ kind, path }: PathBinding): string | null {
  const parsed = parsePath(path, kind === 'product_field' ? PRODUCT_FIELD_ROOTS : RUNTIME_ROOTS);
  return parsed.ok ? textMistake(path) : parsed.message;
}

function inputKeyMistakes(inputKey: string, before: readonly Binding[]): JsonMistake[] {
  const mistake = (message: string) => [{ path: ['inputKey'], message }];
  if (inputKey === '') return mistake('must not be empty');
  if (inputKey.length > MAX_INPUT_KEY_LENGTH) {
    return mistake(`is longer than ${MAX_INPUT_KEY_LENGTH} characters`);
  }
  if (inputKey === '__proto__') return mistake('must not be __proto__; choose another');
  if (before.some((other) => other.inputKey === inputKey)) {
    return mistake(`is already filled by another binding: ${JSON.stringify(inputKey)}; keep one of them`);
  }
  const message = textMistake(inputKey);
  return message ? mistake(message) : [];
}
