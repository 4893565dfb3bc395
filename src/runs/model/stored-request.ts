import type { Json, JsonObject } from '../../json/json.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';
import { snapshotBinding } from '../../script-request/build.ts';
import type { SharedPayload } from './shared-payload.ts';

/** The payloads that the database stores besides a request: the own ones of its run, and those that its group shares. */
export type RequestSources = {
  own: { inputPayload: JsonObject; context: JsonObject; metadata: JsonObject; bindingSnapshot: Binding[] };
  shared: SharedPayload | null;
};

/**
 * A request's body in the form in which it is stored, so that it holds nothing large that the run or its group holds
 * already. Each such value in the body is replaced by its name, between characters that JSON always escapes.
 */
export function storedRequest(body: string, sources: RequestSources): string {
  const longestFirst = partsOf(sources)
    .filter(({ name }) => name.length < WORTH_NAMING)
    .toSorted((a, b) => b.text.length - a.text.length);
  return longestFirst.reduce(
    (stored, { name, text }) => stored.replaceAll(text, () => `${MARK}${name}${MARK}`),
    body,
  );
}

/** Restores the body from what storedRequest returned, byte for byte. */
export function wholeRequest(stored: string, sources: RequestSources): string {
  if (!stored.includes(MARK)) return stored;
  const texts = new Map(partsOf(sources).map(({ name, text }) => [name, text]));
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

function partsOf({ own, shared }: RequestSources): Part[] {
  const { inputPayload, context, metadata, bindingSnapshot } = own;
  return [
    ...(shared ? sharedParts(shared) : []),
    ...wholeAndValues('input', inputPayload),
    ...wholeAndValues('context', context),
    ...named(['run', 'metadata'], metadata),
    ...named(['run', 'bindings'], bindingSnapshot.map(snapshotBinding) as Json),
  ];
}

/** A group's parts are the same for all of its runs. */
function sharedParts(shared: SharedPayload): Part[] {
  const parts = known.get(shared) ?? [
    ...valuesOf(['input'], shared.input),
    ...valuesOf(['context'], shared.context),
  ];
  known.set(shared, parts);
  return parts;
}

/** A payload stands in the body as a whole, and its values in the inputs that are made of it. */
const wholeAndValues = (root: string, payload: JsonObject): Part[] => {
  const whole = named(['run', root], payload);
  return whole.length > 0 ? [...whole, ...valuesOf(['run', root], payload)] : [];
};

const valuesOf = (root: string[], payload: JsonObject): Part[] =>
  Object.entries(payload).flatMap(([key, value]) => named([...root, key], value));

function named(name: string[], value: Json): Part[] {
  const text = JSON.stringify(value);
  return text.length >= WORTH_NAMING ? [{ name: JSON.stringify(name), text }] : [];
}
