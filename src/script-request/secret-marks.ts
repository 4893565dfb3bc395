import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../json/json.ts';
import type { JourneyScriptRequest } from './build.ts';
import { MASK } from './masking/text-mask.ts';

/** A stored version of a named secret. */
type Version = { id: string; name: string };

// JSON always escapes this character, so no value in a body can look like a mark.
const MARK = '\u0001';
// biome-ignore lint/suspicious/noControlCharactersInRegex: see MARK.
const MARKED = /\u0001secret:([0-9a-f-]{36})\u0001/g;

/**
 * The request's body with a mark in the place of each named secret. It is stored so: the mark names the secret's
 * version, and a repeat of the call has the same bytes after the secret was saved anew.
 */
export function markedBody(request: JourneyScriptRequest, versions: readonly Version[]): string {
  const idByName = new Map(versions.map(({ id, name }) => [name, id]));
  // A client that sends a placeholder would have to guess it.
  const places = request.bindingSnapshot.flatMap((binding) =>
    binding.kind === 'secret' && idByName.has(binding.name)
      ? [{ key: binding.inputKey, id: idByName.get(binding.name)!, placeholder: randomUUID() }]
      : [],
  );
  if (places.length === 0) return JSON.stringify(request);
  const placeholders = Object.fromEntries(places.map(({ key, placeholder }) => [key, placeholder]));
  const filled = (values: JsonObject) => ({ ...values, ...placeholders });
  return places.reduce(
    (body, { id, placeholder }) =>
      body.replaceAll(JSON.stringify(placeholder), () => `${MARK}secret:${id}${MARK}`),
    JSON.stringify({ ...request, inputs: filled(request.inputs), bindings: filled(request.bindings) }),
  );
}

/** The ids of the versions that the marks of a body name. */
export const markedVersions = (body: string): string[] => [
  ...new Set([...body.matchAll(MARKED)].map(([, id]) => id!)),
];

/** The body to send, with the values in the places of their marks. */
export const bodyWithValues = (body: string, valueById: ReadonlyMap<string, string>): string =>
  body.replaceAll(MARKED, (mark, id: string) =>
    valueById.has(id) ? JSON.stringify(valueById.get(id)) : mark,
  );

/** The body as it may be shown. */
export const maskedBody = (body: string): string => body.replaceAll(MARKED, JSON.stringify(MASK));
