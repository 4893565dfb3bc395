import { isJsonObject, type Json } from '../json.ts';
import { type Keyword, mistake, objectIn, textIn } from './keyword.ts';

const reference: Keyword = (place) => {
  const { check } = place.refer(textIn(place));
  return (value, run, seen) => run.reference(check, value, seen);
};

/** $dynamicRef: resolves to the outermost resource entered so far that has the anchor. */
const dynamicReference: Keyword = (place) => {
  const { check, dynamic } = place.refer(textIn(place));
  if (!dynamic) return (value, run, seen) => run.reference(check, value, seen);
  return (value, run, seen) => {
    run.spend(1 + run.scope.length / 8);
    const outermost = run.scope.find((resource) => dynamic.has(resource));
    return run.reference((outermost && dynamic.get(outermost)) ?? check, value, seen);
  };
};

/** $defs: schemas that references may use. All must be valid, used or not. */
const definitions: Keyword = (place) => {
  for (const [key, schema] of objectIn(place)) place.subschema(schema, key);
  return null;
};

const DIALECT = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;

const dialect: Keyword = (place) => {
  if (DIALECT.test(textIn(place))) return null;
  throw mistake(
    place,
    'must be JSON Schema 2020-12; leave $schema out or set it to https://json-schema.org/draft/2020-12/schema',
  );
};

/** A keyword that does not restrict values. */
const annotation =
  (isRight: (value: Json) => boolean, message: string): Keyword =>
  (place) => {
    if (!isRight(place.value)) throw mistake(place, message);
    return null;
  };

const text = annotation((value) => typeof value === 'string', 'must be a string');
const flag = annotation((value) => typeof value === 'boolean', 'must be true or false');
const unsupported = (message: string) => annotation(() => false, message);

export const KEYWORDS_OF_REFERENCES: Record<string, Keyword> = {
  $ref: reference,
  $dynamicRef: dynamicReference,
  $defs: definitions,
  definitions,
  $schema: dialect,
  $id: text,
  $anchor: text,
  $dynamicAnchor: text,
  $comment: text,
  $vocabulary: annotation(isJsonObject, 'must be an object'),
  $recursiveRef: unsupported('belongs to an older draft; use $ref or $dynamicRef'),
  $recursiveAnchor: unsupported('belongs to an older draft; use $dynamicAnchor'),
  $async: unsupported('must not be $async; inputs are checked at once'),
  title: text,
  description: text,
  contentEncoding: text,
  contentMediaType: text,
  deprecated: flag,
  readOnly: flag,
  writeOnly: flag,
  examples: annotation(Array.isArray, 'must be an array'),
};
