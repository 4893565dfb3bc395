import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { isRawNumber } from '../../json/number.ts';
import type { Binding } from '../bindings/binding-model.ts';
import { createTextMask, MASK } from './text-mask.ts';

export { MASK } from './text-mask.ts';

/** What is secret in a run: the values of its secret bindings, and the service's own secrets. */
export type Secrets = {
  /** The secret bindings' values by inputKey. */
  byInput: ReadonlyMap<string, Json>;
  /** The texts, numbers and telling keys within them, as text, and the service's own. */
  texts: readonly string[];
  /** Short and numeric keys of objects within them: secret only as a key, or as a whole text. */
  keys: readonly string[];
};

/** `service` are the process's own secrets (service-secrets.ts), which a script host may send back as well. */
export function secretsOf(bindings: readonly Binding[], service: readonly string[] = []): Secrets {
  const byInput = new Map<string, Json>();
  const texts = new Set(service);
  const keys = new Set<string>();
  for (const binding of bindings) {
    if (!isSecret(binding)) continue;
    const { inputKey, value } = binding;
    byInput.set(inputKey, value);
    collect(value, texts, keys);
    // As it stands in the request's bytes, which a host may quote.
    const json = typeof value === 'object' ? JSON.stringify(value) : '';
    if (json.length >= LONG_JSON && json.length <= LONGEST_JSON) texts.add(json);
  }
  return { byInput, texts: [...texts], keys: [...keys] };
}

/** Values by inputKey (inputs, resolved bindings) with those of secret bindings masked, whatever they are. */
export function maskInputs(values: JsonObject, bindings: readonly Binding[]): JsonObject {
  const keys = secretInputs(bindings);
  if (keys.size === 0) return values;
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, keys.has(key) ? MASK : value]),
  );
}

/** The bindings with the value of each secret one null. */
export function hideSecrets(bindings: readonly Binding[]): Binding[] {
  return bindings.map((binding) => (isSecret(binding) ? { ...binding, value: null } : binding));
}

/** Stored bindings as clients read them: as hideSecrets, with the other values masked as maskSent does. */
export function maskBindings(bindings: readonly Binding[]): Binding[] {
  return hideSecrets(bindings).map((binding) =>
    binding.kind === 'static' ? { ...binding, value: maskSent(binding.value, bindings) } : binding,
  );
}

/**
 * Masks, in what clients sent or stored in other places, the secrets that nobody can guess. A shorter one reads as it was
 * sent: masking it would confirm a guess.
 */
export function maskSent<T extends Json>(json: T, bindings: readonly Binding[]): T;
export function maskSent(json: Json, bindings: readonly Binding[]): Json {
  const texts = secretsOf(bindings).texts.filter((text) => text.length >= UNGUESSABLE);
  return texts.length === 0 ? json : mapTexts(json, createTextMask(texts));
}

/** The inputKeys of secret bindings. */
export const secretInputs = (bindings: readonly Binding[]): Set<string> =>
  new Set(bindings.filter(isSecret).map(({ inputKey }) => inputKey));

/** Characters from which a secret is too long for a list of guesses. */
const UNGUESSABLE = 16;

function isSecret(binding: Binding): binding is Extract<Binding, { kind: 'static' }> {
  return binding.kind === 'static' && binding.secret;
}

function collect(value: Json, texts: Set<string>, keys: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, texts, keys);
  else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!ORDINARY_NAME.test(key)) (isTelling(key) ? texts : keys).add(key);
      collect(item, texts, keys);
    }
  } else {
    const text = leafText(value);
    if (text !== null && text !== '') texts.add(text);
  }
}

// Names of fields, such as user, clientSecret, private_key_id and X-Api-Key: masking them would hide results.
const ORDINARY_NAME = /^[A-Za-z]?[a-z]{1,20}(?:[A-Z][a-z]{0,20}|[_-][A-Za-z]?[a-z]{0,20}){0,5}$/;

/** Whether a key stands in other texts by no chance. */
const isTelling = (key: string): boolean => key.length >= 8 && !/^[\d.-]+$/.test(key);

/** A shorter list or object stands in others by chance; a longer one is masked by its parts. */
const LONG_JSON = 12;
const LONGEST_JSON = 16 * 1024;

/** The text of a text or a number; null of what is neither. */
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

/** Each key of an object with its masked form, which no other key of it has. */
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
