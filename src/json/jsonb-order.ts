import { isJsonObject, type Json, type JsonObject } from './json.ts';

/**
 * Sorts a value's keys in the order in which PostgreSQL's jsonb returns them (shorter first, then by bytes), so that
 * the value serializes to the same bytes before and after it is stored. What is in order already is not copied.
 */
export function inJsonbOrder<T extends Json>(value: T): T;
export function inJsonbOrder(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => inJsonbOrder(item));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isJsonObject(value)) return value;
  const keys = keysInOrder(value);
  const members = keys.map((key): [string, Json] => [key, inJsonbOrder(value[key]!)]);
  const given = Object.keys(value);
  const isSame = members.every(([key, child], index) => key === given[index] && child === value[key]);
  return isSame ? value : Object.fromEntries(members);
}

/** Like inJsonbOrder, for the object's own keys only. */
export function inOrderOfKeys(value: JsonObject): JsonObject {
  return Object.fromEntries(keysInOrder(value).map((key) => [key, value[key]!]));
}

function keysInOrder(value: JsonObject): string[] {
  const keys = Object.keys(value);
  return keys.every((key) => ASCII.test(key))
    ? keys.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    : keys
        .map((key) => ({ key, bytes: Buffer.from(key) }))
        .sort((a, b) => a.bytes.length - b.bytes.length || a.bytes.compare(b.bytes))
        .map(({ key }) => key);
}

/** A character is one byte, so texts need not be encoded to be compared. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are characters of ASCII too.
const ASCII = /^[\x00-\x7f]*$/;
