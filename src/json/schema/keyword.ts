import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Check } from './check-run.ts';
import { compareNumbers, isJsonNumber, isWholeNumber, type JsonNumber } from './decimal.ts';
import type { Pattern } from './ecma-pattern.ts';
import type { Resource } from './resources.ts';
import { SchemaMistake } from './schema-mistake.ts';

/** A keyword where it stands in a schema. */
export type KeywordPlace = {
  name: string;
  value: Json;
  /** The schema that it stands in. */
  schema: JsonObject;
  pointer: string;
  /** The check of a schema within the keyword. `steps` lead from the keyword. */
  subschema: (value: Json, ...steps: (string | number)[]) => Check;
  /** As `subschema`, for one that is applied to the same value. */
  inPlace: (value: Json, ...steps: (string | number)[]) => Check;
  /** The check of another keyword's schema, applied to the same value; null where it is not there. */
  sibling: (name: string) => Check | null;
  /** The schema that a reference leads to, and those that a dynamic one may lead to instead. */
  refer: (reference: string) => Reference;
  pattern: (source: string, ...steps: (string | number)[]) => Pattern;
};

type Reference = {
  check: Check;
  /** The checks by the resource that has the same dynamic anchor; null where the reference names none. */
  dynamic: ReadonlyMap<Resource, Check> | null;
};

/** Makes a keyword's check; null where it demands nothing. @throws SchemaMistake where its value is wrong */
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

/** Schemas in a list that is not empty. */
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
