import { isJsonObject } from '../api/exact-numbers.ts';

/** The JSON value with the keys of its objects in alphabetical order. The service does not store their order. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, withSortedKeys(value[key])]));
}

/** A text that two JSON values share if they mean the same. */
export const meaningOf = (value: unknown): string => JSON.stringify(withSortedKeys(value)) ?? '';
