import { isJsonObject, type Json, type JsonObject } from './json.ts';

/**
 * The value with its keys in the order in which PostgreSQL's jsonb gives them back (shorter first, then by bytes), so
 * that what has not been stored yet serialises to the same bytes as after it was.
 */
export function inJsonbOrder<T extends Json>(value: T): T;
export function inJsonbOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => inJsonbOrder(item));
  if (!isJsonObject(value)) return value;
  const ordered = Object.entries(inOrderOfKeys(value));
  return Object.fromEntries(ordered.map(([key, child]) => [key, inJsonbOrder(child)]));
}

/** As inJsonbOrder, for the object's own keys alone. */
export function inOrderOfKeys(value: JsonObject): JsonObject {
  const sorted = Object.entries(value)
    .map(([key, child]) => ({ key, child, bytes: Buffer.from(key) }))
    .sort((a, b) => a.bytes.length - b.bytes.length || a.bytes.compare(b.bytes));
  return Object.fromEntries(sorted.map(({ key, child }) => [key, child]));
}
