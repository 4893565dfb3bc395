import { isJsonObject } from '../api/exact-numbers.ts';

/** A path as filters have it, such as `order.lines[].sku`, with values that were found there, as they are typed. */
export type PayloadPath = { path: string; values: string[] };

const PATHS_AT_MOST = 500;
const VALUES_AT_MOST = 20;
const LONGEST_VALUE = 200;

/** The paths to texts, numbers, booleans and nulls within payloads, in the order in which they are found. */
export function payloadPaths(payloads: readonly unknown[]): PayloadPath[] {
  const found = new Map<string, Set<string>>();
  for (const payload of payloads) collect('', payload, found);
  return [...found].map(([path, values]) => ({ path, values: [...values] }));
}

function collect(path: string, value: unknown, found: Map<string, Set<string>>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(`${path}[]`, item, found);
  } else if (isJsonObject(value)) {
    for (const [key, child] of Object.entries(value))
      if (isStep(key)) collect(path === '' ? key : `${path}.${key}`, child, found);
  } else if (path !== '') add(path, typedText(value), found);
}

function add(path: string, text: string, found: Map<string, Set<string>>): void {
  const values = found.get(path) ?? new Set();
  if (!found.has(path) && found.size < PATHS_AT_MOST) found.set(path, values);
  if (values.size < VALUES_AT_MOST && text.length <= LONGEST_VALUE) values.add(text);
}

/** A path has no way to write other keys. */
const isStep = (key: string) => key !== '' && !/[.[\]]/.test(key);

/** The value as a filter reads it: a text that would be read as another JSON value has quotes. */
function typedText(value: unknown): string {
  const json = JSON.stringify(value) ?? '';
  if (typeof value !== 'string') return json;
  try {
    JSON.parse(value);
    return json;
  } catch {
    return value;
  }
}
