import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { isJsonNumber } from './decimal.ts';
import { findResources, type Resource, type Resources } from './resources.ts';

/**
 * Explains why a schema accepts no object at all; null when it may accept one. It looks at the root, allOf, anyOf,
 * oneOf and references. It does not find keywords that accept nothing only in combination.
 */
export function whyNoObjectFits(schema: JsonObject): string | null {
  const resources = findResources(schema);
  return why(schema, resources.root, { resources, visited: new Set(), path: '' });
}

type Search = { resources: Resources; visited: Set<Json>; path: string };

function why(schema: Json, from: Resource, search: Search): string | null {
  const { resources, visited, path } = search;
  const at = path || 'its root';
  if (schema === false) return `${at} is false`;
  if (!isJsonObject(schema) || visited.has(schema)) return null;
  visited.add(schema);
  const resource = resources.of(schema) ?? from;
  const step = (name: string, value: Json) => why(value, resource, { ...search, path: `${path}/${name}` });
  const own = ownReason(schema);
  if (own) return `${at} has ${own}`;
  for (const [index, one] of listOf(schema.allOf).entries()) {
    const reason = step(`allOf/${index}`, one);
    if (reason) return reason;
  }
  for (const name of ['anyOf', 'oneOf']) {
    const reasons = listOf(schema[name]).map((one, index) => step(`${name}/${index}`, one));
    if (reasons.length > 0 && reasons.every((reason) => reason !== null)) return reasons[0]!;
  }
  if (typeof schema.$ref !== 'string') return null;
  const target = resources.resolve(schema.$ref, resource, `${path}/$ref`);
  return why(target.schema, target.resource, { ...search, path: target.pointer });
}

function ownReason(schema: JsonObject): string | null {
  const { type, enum: values, not, minProperties, maxProperties } = schema;
  const isObject = (value: Json) => isJsonObject(value) && !isJsonNumber(value);
  if (type !== undefined && type !== 'object' && !listOf(type).includes('object')) {
    return `the type ${JSON.stringify(type)}, and inputs are an object`;
  }
  if (Array.isArray(values) && !values.some(isObject)) return 'an enum without an object';
  if (schema.const !== undefined && !isObject(schema.const)) return 'a const that is no object';
  if (
    not === true ||
    (isJsonObject(not) && Object.keys(not).every((key) => key === 'type') && allowsObject(not))
  )
    return 'a not that excludes every object';
  if (typeof minProperties === 'number' && typeof maxProperties === 'number' && minProperties > maxProperties)
    return 'minProperties above maxProperties';
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const impossible = listOf(schema.required).find(
    (name) => typeof name === 'string' && Object.hasOwn(properties, name) && properties[name] === false,
  );
  return impossible === undefined
    ? null
    : `the required property ${JSON.stringify(impossible)}, which is false`;
}

const allowsObject = ({ type }: JsonObject) =>
  type === undefined || type === 'object' || listOf(type).includes('object');
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
