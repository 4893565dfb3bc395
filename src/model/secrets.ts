import type { Binding } from '../bindings/binding.ts';
import { type InputError, inputPointer } from '../bindings/input-schema.ts';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';

/** What readers see in a secret's place. */
export const MASK = '••••••';

/** The texts and numbers within secret bindings, as text. Booleans and nulls tell nothing by themselves. */
export function secretValues(bindings: readonly Binding[]): string[] {
  const found = new Set<string>();
  for (const binding of bindings) if (isSecret(binding)) collect(binding.value, found);
  return [...found].sort((a, b) => b.length - a.length);
}

/** A copy in which no value is, or contains, a secret. Keys stay as they are. */
export function maskSecrets<T extends Json>(json: T, secrets: readonly string[]): T;
export function maskSecrets(json: Json, secrets: readonly string[]): Json {
  return secrets.length === 0 ? json : maskLeaves(json, textMask(secrets));
}

/**
 * Masks secrets in texts: one that is a secret, or contains one, also escaped in JSON or encoded in URLs. Those under 4
 * characters are masked where they stand alone only.
 */
export function textMask(secrets: readonly string[]): (text: string) => string {
  if (secrets.length === 0) return (text) => text;
  const exact = new Set(secrets);
  const parts = spellings(secrets);
  return (text) =>
    exact.has(text) ? MASK : parts.reduce((masked, part) => masked.replaceAll(part, MASK), text);
}

/** Values by inputKey (inputs, resolved bindings) with those of secret bindings masked, whatever they are. */
export function maskInputs(values: JsonObject, bindings: readonly Binding[]): JsonObject {
  const masked = maskSecrets(values, secretValues(bindings));
  const keys = new Set(bindings.filter(isSecret).map(({ inputKey }) => inputKey));
  return Object.fromEntries(
    Object.entries(masked).map(([key, value]) => [key, keys.has(key) ? MASK : value]),
  );
}

/** The bindings as clients read them: a secret's value is null. */
export function maskBindings(bindings: readonly Binding[]): Binding[] {
  const secrets = secretValues(bindings);
  return bindings.map((binding) => {
    if (binding.kind !== 'static') return binding;
    return { ...binding, value: binding.secret ? null : maskSecrets(binding.value, secrets) };
  });
}

/** Where inputs break their schema. A place within a secret is told as the secret's own: its keys are no less secret. */
export function maskInputErrors<E extends InputError>(
  errors: readonly E[],
  bindings: readonly Binding[],
): E[] {
  const places = new Set(bindings.filter(isSecret).map(({ inputKey }) => inputPointer(inputKey)));
  return errors.map((error) => {
    const input = error.path.split('/', 2).join('/');
    return places.has(input) ? { ...error, path: input } : error;
  });
}

// A shorter text turns up in others by chance, and masking it there would tell it rather than hide it.
const SHORTEST_WITHIN_TEXT = 4;

function isSecret(binding: Binding): binding is Extract<Binding, { kind: 'static' }> {
  return binding.kind === 'static' && binding.secret;
}

function collect(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (isJsonObject(value)) for (const item of Object.values(value)) collect(item, found);
  else if (typeof value === 'number' || (typeof value === 'string' && value !== '')) found.add(String(value));
}

function maskLeaves(value: Json, mask: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => maskLeaves(item, mask));
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, maskLeaves(child, mask)]));
  }
  if (typeof value === 'string') return mask(value);
  return typeof value === 'number' && mask(String(value)) === MASK ? MASK : value;
}

/** Longest first, so that a secret within another does not leave the other's rest. */
function spellings(secrets: readonly string[]): string[] {
  const all = secrets.filter((secret) => secret.length >= SHORTEST_WITHIN_TEXT).flatMap(spellingsOf);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/** JSON within JSON escapes twice, PHP escapes slashes too, some write %2f and not %2F, and forms write + for a space. */
function spellingsOf(secret: string): string[] {
  const inJson = [secret, escaped(secret), escaped(secret).replaceAll('/', '\\/')];
  const inUrls = [
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ '': secret }).toString().slice(1),
  ];
  return [
    ...inJson,
    ...inJson.map(escaped),
    ...inUrls,
    ...inUrls.map((text) => text.replace(/%../g, (code) => code.toLowerCase())),
  ];
}

const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
