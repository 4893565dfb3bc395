import { isRawNumber, type RawNumber } from './number.ts';

/** A value that JSON can hold. Objects are read by their own keys only. */
export type Json = null | boolean | number | RawNumber | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Whether a value is an object in JSON's sense: neither null, nor a list, nor a number. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
}
