import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { isRawNumber } from '../../json/number.ts';
import type { Binding } from '../bindings/binding-model.ts';
import { createTextMask, MASK, type TextMask } from './text-mask.ts';

export { MASK } from './text-mask.ts';

/** A run's secrets: the values of its secret bindings, and the service's own secrets. */
export type Secrets = {
  /** The secret bindings' values by inputKey. */
  byInput: ReadonlyMap<string, Json>;
  /** The texts, numbers and distinctive keys within them, as text, and the service's own secrets. */
  texts: readonly string[];
  /** Short and numeric keys of objects within them. They are secret only as a key, or as a whole text. */
  keys: readonly string[];
};

/**
 * Collects a run's secrets. `service` are the process's own secrets (service-secrets.ts), which a script host may
 * send back as well.
 */
export function secretsOf(bindings: readonly Binding[], service: readonly string[] = []): Secrets {
  const byInput = new Map<string, Json>();
  const texts = new Set(service);
  const keys = new Set<string>();
  for (const binding of bindings) {
    if (!isLiteralSecret(binding)) continue;
    const { inputKey, value } = binding;
    byInput.set(inputKey, value);
    collect(value, texts, keys);
    // The value as it is written in the request's bytes, which a host may quote.
    const json = typeof value === 'object' ? JSON.stringify(value) : '';
    if (json.length >= LONG_JSON && json.length <= LONGEST_JSON) texts.add(json);
  }
  return { byInput, texts: [...texts], keys: [...keys] };
}

/** Masks all values of secret bindings in an object by inputKey (inputs, resolved bindings). */
export function maskInputs(values: JsonObject, bindings: readonly Binding[]): JsonObject {
  const keys = secretInputs(bindings);
  if (keys.size === 0) return values;
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, keys.has(key) ? MASK : value]),
  );
}

/** Replaces the value of each secret binding by null. */
export function hideSecrets(bindings: readonly Binding[]): Binding[] {
  return bindings.map((binding) => (isLiteralSecret(binding) ? { ...binding, value: null } : binding));
}

/** Stored bindings as clients read them: secret values are null, and maskSent masks the others. */
export function maskBindings(bindings: readonly Binding[]): Binding[] {
  return hideSecrets(bindings).map((binding) =>
    binding.kind === 'static' ? { ...binding, value: maskSent(binding.value, bindings) } : binding,
  );
}

/**
 * Masks secrets in JSON that clients sent or stored elsewhere, if they are too long to guess. A shorter secret reads
 * as it was sent: masking it would confirm a guess.
 */
export function maskSent<T extends Json>(json: T, bindings: readonly Binding[]): T;
export function maskSent(json: Json, bindings: readonly Binding[]): Json {
  const mask = sentMaskOf(bindings);
  return mask === null ? json : mapTexts(json, mask);
}

/** The mask for what clients sent to runs with these bindings; null where it would mask nothing. */
function sentMaskOf(bindings: readonly Binding[]): TextMask | null {
  let mask = sentMasks.get(bindings);
  if (mask === undefined) {
    const texts = secretsOf(bindings).texts.filter((text) => text.length >= UNGUESSABLE);
    mask = texts.length === 0 ? null : createTextMask(texts);
    sentMasks.set(bindings, mask);
  }
  return mask;
}

const sentMasks = new WeakMap<readonly Binding[], TextMask | null>();

/** The inputKeys of secret bindings. */
const secretInputs = (bindings: readonly Binding[]): Set<string> =>
  new Set(
    bindings
      .filter((binding) => binding.kind === 'secret' || isLiteralSecret(binding))
      .map(({ inputKey }) => inputKey),
  );

/** From this many characters, a secret is too long for a list of guesses. */
const UNGUESSABLE = 16;

/** The bindings with the values of named secrets, by name, as bindings with literal secrets. */
export const withSecretValues = (
  bindings: readonly Binding[],
  values: ReadonlyMap<string, string>,
): readonly Binding[] =>
  values.size === 0
    ? bindings
    : bindings.map((binding) =>
        binding.kind === 'secret' && values.has(binding.name)
          ? {
              kind: 'static',
              inputKey: binding.inputKey,
              value: values.get(binding.name)!,
              required: binding.required,
              secret: true,
            }
          : binding,
      );

export function isLiteralSecret(binding: Binding): binding is Extract<Binding, { kind: 'static' }> {
  return binding.kind === 'static' && binding.secret;
}

function collect(value: Json, texts: Set<string>, keys: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, texts, keys);
  else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!ORDINARY_NAME.test(key)) (isDistinctive(key) ? texts : keys).add(key);
      collect(item, texts, keys);
    }
  } else {
    const text = leafText(value);
    if (text !== null && text !== '') texts.add(text);
  }
}

// Names of fields, such as user, clientSecret, private_key_id and X-Api-Key: masking them would hide results.
const ORDINARY_NAME = /^[A-Za-z]?[a-z]{1,20}(?:[A-Z][a-z]{0,20}|[_-][A-Za-z]?[a-z]{0,20}){0,5}$/;

/** Whether a key is distinctive, so that it does not occur in other texts by chance. */
const isDistinctive = (key: string): boolean => key.length >= 8 && !/^[\d.-]+$/.test(key);

/**
 * A list or object with shorter JSON occurs in others by chance; one with longer JSON than LONGEST_JSON is masked by
 * its parts.
 */
const LONG_JSON = 12;
const LONGEST_JSON = 16 * 1024;

/** The text of a string or a number; null for other values. */
export function leafText(value: Json): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return isRawNumber(value) ? value.rawJSON : null;
}

function mapTexts(value: Json, mask: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, mask));
  if (isJsonObject(value)) {
    const keys = withMaskedKeys(value, mask);
    return Object.fromEntries(keys.map(([key, masked]) => [masked, mapTexts(value[key]!, mask)]));
  }
  if (typeof value === 'string') return mask(value);
  const text = leafText(value);
  return text !== null && mask(text) === MASK ? MASK : value;
}

/** Pairs each key of an object with its masked form, which is unique within the object. */
export function withMaskedKeys(object: JsonObject, mask: (key: string) => string): [string, string][] {
  const taken = new Set<string>();
  return Object.keys(object).map((key) => {
    const masked = mask(key);
    let unique = masked;
    for (let count = 2; masked !== key && (taken.has(unique) || Object.hasOwn(object, unique)); count += 1)
      unique = `${masked} ${count}`;
    taken.add(unique);
    return [key, unique];
  });
}
