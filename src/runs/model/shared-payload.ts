import type { Json, JsonObject } from '../../json/json.ts';
import { inOrderOfKeys } from '../../json/jsonb-order.ts';

/** The part of the payloads that the runs of a group share. */
export type SharedPayload = { input: JsonObject; context: JsonObject };

/**
 * The keys that a group stores for its runs; its runs do not store them. Filters depend on this: they look for each
 * key in one place (json-conditions.ts).
 */
export const SHARED_KEYS = { input: ['order', 'orderItems', 'cart'], context: ['checkout'] } as const;

/** The parts of a SharedPayload that a group may store. */
export type SharedInput = { [key in (typeof SHARED_KEYS)['input'][number]]?: Json };
export type SharedContext = { [key in (typeof SHARED_KEYS)['context'][number]]?: Json };

/** The whole payload of a run: its own part laid over what its group shares, as SHARED_JOIN (run.ts) does it. */
export const withShared = (shared: JsonObject, own: JsonObject): JsonObject =>
  inOrderOfKeys({ ...shared, ...own });

/**
 * A request's body in the form in which it is stored, so that a thousand runs of a group do not store their shared
 * values a thousand times. Each shared value in the body is replaced by its name, between characters that JSON
 * always escapes.
 */
export function storedRequest(body: string, shared: SharedPayload | null): string {
  if (!shared) return body;
  const longestFirst = partsOf(shared)
    .filter(({ name }) => name.length < WORTH_NAMING)
    .toSorted((a, b) => b.text.length - a.text.length);
  return longestFirst.reduce(
    (stored, { name, text }) => stored.replaceAll(text, () => `${MARK}${name}${MARK}`),
    body,
  );
}

/** Restores the body from what storedRequest returned, byte for byte. */
export function wholeRequest(stored: string, shared: SharedPayload | null): string {
  if (!shared) return stored;
  const texts = new Map(partsOf(shared).map(({ name, text }) => [name, text]));
  return stored.replace(NAMED, (marked, name: string) => texts.get(name) ?? marked);
}

const MARK = '\u0001';
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes it, so that no body holds it.
const NAMED = /\u0001([^\u0001]*)\u0001/g;
/**
 * Values shorter than this stay in the body. So do values with a longer name, which could itself contain a named
 * value.
 */
const WORTH_NAMING = 64;

type Part = { name: string; text: string };
const known = new WeakMap<SharedPayload, Part[]>();

function partsOf(shared: SharedPayload): Part[] {
  const parts = known.get(shared) ?? [
    ...namedTexts('input', shared.input),
    ...namedTexts('context', shared.context),
  ];
  known.set(shared, parts);
  return parts;
}

function namedTexts(root: string, payload: JsonObject): Part[] {
  return Object.entries(payload)
    .map(([key, value]) => ({ name: JSON.stringify([root, key]), text: JSON.stringify(value) }))
    .filter(({ text }) => text.length >= WORTH_NAMING);
}
