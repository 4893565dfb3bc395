import type { Json, JsonObject } from '../../json/json.ts';
import { inOrderOfKeys } from '../../json/jsonb-order.ts';

/** What the runs of a group share of their payloads. */
export type SharedPayload = { input: JsonObject; context: JsonObject };

/**
 * The keys that a group stores for its runs, and that none of its runs stores itself. Filters rely on it: they look for each
 * key in one place (json-conditions.ts).
 */
export const SHARED_KEYS = { input: ['order', 'orderItems', 'cart'], context: ['checkout'] } as const;

/** What a group may store: SharedPayload, with no keys but those. */
export type SharedInput = { [key in (typeof SHARED_KEYS)['input'][number]]?: Json };
export type SharedContext = { [key in (typeof SHARED_KEYS)['context'][number]]?: Json };

/** The whole payload of a run, as SHARED_JOIN (run.ts) composes it: its own part laid over what its group shares. */
export const withShared = (shared: JsonObject, own: JsonObject): JsonObject =>
  inOrderOfKeys({ ...shared, ...own });

/**
 * A request's body as it is kept: a thousand runs of a group do not keep a thousand times what they share. Where it
 * stands in the body, its name stands instead, between characters that JSON never holds as they are.
 */
export function keptRequest(body: string, shared: SharedPayload | null): string {
  if (!shared) return body;
  const longestFirst = partsOf(shared)
    .filter(({ name }) => name.length < WORTH_NAMING)
    .toSorted((a, b) => b.text.length - a.text.length);
  return longestFirst.reduce(
    (kept, { name, text }) => kept.replaceAll(text, () => `${MARK}${name}${MARK}`),
    body,
  );
}

/** The body that keptRequest was given, byte for byte. */
export function wholeRequest(kept: string, shared: SharedPayload | null): string {
  if (!shared) return kept;
  const texts = new Map(partsOf(shared).map(({ name, text }) => [name, text]));
  return kept.replace(NAMED, (marked, name: string) => texts.get(name) ?? marked);
}

const MARK = '\u0001';
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes it, so that no body holds it.
const NAMED = /\u0001([^\u0001]*)\u0001/g;
/** What is shorter is left where it is; so is what has a longer name, which could hold what has a name itself. */
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
