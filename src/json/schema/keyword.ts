import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Check } from './check-run.ts';
import { compareNumbers, isJsonNumber, isWholeNumber, type JsonNumber } from './decimal.ts';
import type { Pattern } from './ecma-pattern.ts';
import type { Resource } from './resources.ts';
import { SchemaMistake } from './schema-mistake.ts';

/** A keyword at its place in a schema. */
export type KeywordPlace = {
  name: string;
  value: Json;
  /** The schema that contains the keyword. */
  schema: JsonObject;
  pointer: string;
  /** Returns the check of a schema inside the keyword's value. `steps` lead from the keyword to it. */
  subschema: (value: Json, ...steps: (string | number)[]) => Check;
  /** Like `subschema`, for a schema that is applied to the same value. */
  inPlace: (value: Json, ...steps: (string | number)[]) => Check;
  /** Returns the check of another keyword's schema, applied to the same value; null when that keyword is absent. */
  sibling: (name: string) => Check | null;
  /** Resolves a reference to its schema, and to the schemas that a dynamic reference may lead to instead. */
  refer: (reference: string) => Reference;
  pattern: (source: string, ...steps: (string | number)[]) => Pattern;
};

type Reference = {
  check: Check;
  /**
   * The checks by resource, for resources with the same dynamic anchor; null when the reference names no dynamic
   * anchor.
   */
  dynamic: ReadonlyMap<Resource, Check> | null;
};

/**
 * Compiles a keyword to its check; null when it does not restrict values.
 * @throws SchemaMistake when the keyword's value is wrong
 */
export type Keyword = (place: KeywordPlace) => Check | null;

export function mistake({ pointer }: KeywordPlace, message: string): SchemaMistake {
  return new SchemaMistake(pointer, message);
}

export function numberIn(place: KeywordPlace): JsonNumber {
  if (!isJsonNumber(place.value)) throw mistake(place, 'must be a number');
  return place.value;
}

/** A length or a count. */
export function countIn(place: KeywordPlace): number {
  const value = numberIn(place);
  if (!isWholeNumber(value) || compareNumbers(value, 0) < 0) {
    throw mistake(place, 'must be a whole number, 0 or greater');
  }
  return typeof value === 'number' ? value : Number(value.rawJSON);
}

export function textIn(place: KeywordPlace): string {
  if (typeof place.value !== 'string') throw mistake(place, 'must be a string');
  return place.value;
}

export function objectIn(place: KeywordPlace): [string, Json][] {
  if (!isJsonObject(place.value)) throw mistake(place, 'must be an object');
  return Object.entries(place.value);
}

/** Reads a list of at least one schema. */
export function schemasIn(place: KeywordPlace): Json[] {
  if (!Array.isArray(place.value) || place.value.length === 0) {
    throw mistake(place, 'must be an array of at least one schema');
  }
  return place.value;
}

export function namesIn(place: KeywordPlace, value: Json): string[] {
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (!isList) throw mistake(place, 'must be an array of property names');
  if (new Set(value).size !== value.length) throw mistake(place, 'names a property twice');
  return value as string[];
}
