import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Check, type CheckRun, ownValue, type Seen } from './check-run.ts';
import { isJsonNumber } from './decimal.ts';
import { countIn, type Keyword, type KeywordPlace, namesIn, objectIn } from './keyword.ts';
import { counted, patternSteps } from './keywords-of-values.ts';

/** A check of objects; other values fit. */
const ofObjects =
  (check: (value: JsonObject, run: CheckRun, seen: Seen | null) => boolean): Check =>
  (value, run, seen) =>
    !isJsonObject(value) || isJsonNumber(value) || check(value, run, seen);

const properties: Keyword = (place) => {
  const checks = objectIn(place).map(([key, schema]) => [key, place.subschema(schema, key)] as const);
  return ofObjects((object, run, seen) => {
    run.spend(checks.length);
    let fits = true;
    for (const [key, check] of checks) {
      const value = ownValue(object, key);
      if (value === undefined) continue;
      seen?.properties.add(key);
      if (run.within(key, check, value)) continue;
      fits = false;
      if (run.isDone) return false;
    }
    return fits;
  });
};

const patternProperties: Keyword = (place) => {
  const checks = patternsIn(place).map(({ key, schema, ...pattern }) => ({
    ...pattern,
    check: place.subschema(schema, key),
  }));
  return ofObjects((object, run, seen) => {
    let fits = true;
    for (const key of Object.keys(object)) {
      for (const { test, size, check } of checks) {
        run.spend(patternSteps(key, size));
        if (!test(key)) continue;
        seen?.properties.add(key);
        if (run.within(key, check, object[key]!)) continue;
        fits = false;
        if (run.isDone) return false;
      }
    }
    return fits;
  });
};

function patternsIn(place: KeywordPlace) {
  return objectIn(place).map(([key, schema]) => ({ key, schema, ...place.pattern(key, key) }));
}

const additionalProperties: Keyword = (place) => {
  const check = place.subschema(place.value);
  const { properties: named, patternProperties: matched } = place.schema;
  const names = new Set(isJsonObject(named) ? Object.keys(named) : []);
  const patterns = isJsonObject(matched) ? Object.keys(matched).map((key) => place.pattern(key)) : [];
  return eachProperty(check, (key, run) => {
    if (names.has(key)) return true;
    return patterns.some(({ test, size }) => {
      run.spend(patternSteps(key, size));
      return test(key);
    });
  });
};

const unevaluatedProperties: Keyword = (place) =>
  eachProperty(place.subschema(place.value), (key, _, seen) => seen?.properties.has(key) === true);

/** Checks all properties except the skipped ones, and marks them as evaluated. */
function eachProperty(
  check: Check,
  skips: (key: string, run: CheckRun, seen: Seen | null) => boolean,
): Check {
  return ofObjects((object, run, seen) => {
    let fits = true;
    for (const key of Object.keys(object)) {
      run.spend(1);
      if (skips(key, run, seen)) continue;
      seen?.properties.add(key);
      if (run.within(key, check, object[key]!)) continue;
      fits = false;
      if (run.isDone) return false;
    }
    return fits;
  });
}

const propertyNames: Keyword = (place) => {
  const check = place.subschema(place.value);
  return ofObjects((object, run) => {
    let fits = true;
    for (const key of Object.keys(object)) {
      run.spend(1);
      if (run.silently(check, key, null)) continue;
      fits = run.fail('has a name that propertyNames does not allow', key);
      if (run.isDone) return false;
    }
    return fits;
  });
};

const required: Keyword = (place) => requires(namesIn(place, place.value));

function requires(names: string[]): Check {
  return ofObjects((object, run) => {
    run.spend(names.length);
    let fits = true;
    for (const name of names) {
      if (Object.hasOwn(object, name)) continue;
      fits = run.fail('is required', name);
      if (run.isDone) return false;
    }
    return fits;
  });
}

const dependentRequired: Keyword = (place) =>
  dependent(objectIn(place).map(([key, value]) => [key, requires(namesIn(place, value))]));

const dependentSchemas: Keyword = (place) =>
  dependent(objectIn(place).map(([key, value]) => [key, place.inPlace(value, key)]));

/** `dependencies` of older drafts: each member is a list of property names or a schema. */
const dependencies: Keyword = (place) =>
  dependent(
    objectIn(place).map(([key, value]) => [
      key,
      Array.isArray(value) ? requires(namesIn(place, value)) : place.inPlace(value, key),
    ]),
  );

/** Applies each check to objects that have its property. */
function dependent(checks: [string, Check][]): Check {
  return ofObjects((object, run, seen) => {
    run.spend(checks.length);
    let fits = true;
    for (const [key, check] of checks) {
      if (!Object.hasOwn(object, key) || check(object, run, seen)) continue;
      fits = false;
      if (run.isDone) return false;
    }
    return fits;
  });
}

const minProperties: Keyword = (place) => {
  const limit = countIn(place);
  const message = `must have at least ${counted(limit, 'property', 'properties')}`;
  return ofObjects((object, run) => sizeOf(object, run) >= limit || run.fail(message));
};

const maxProperties: Keyword = (place) => {
  const limit = countIn(place);
  const message = `must have at most ${counted(limit, 'property', 'properties')}`;
  return ofObjects((object, run) => sizeOf(object, run) <= limit || run.fail(message));
};

function sizeOf(object: Record<string, Json>, run: CheckRun): number {
  const { length } = Object.keys(object);
  run.spend(length / 8);
  return length;
}

export const KEYWORDS_OF_OBJECTS: Record<string, Keyword> = {
  properties,
  patternProperties,
  additionalProperties,
  propertyNames,
  required,
  dependentRequired,
  dependentSchemas,
  dependencies,
  minProperties,
  maxProperties,
  unevaluatedProperties,
};
