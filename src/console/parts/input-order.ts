import { isJsonObject } from '../api/exact-numbers.ts';

type Schema = { [keyword: string]: unknown };

/**
 * The schema with its required inputs first. The database sorts the keys of `properties`, but stores the list `required`
 * in the order that people gave it.
 */
export function requiredFirst(schema: Schema): Schema {
  const { properties, required } = schema;
  if (!isJsonObject(properties) || !Array.isArray(required)) return schema;
  const first = required.filter((name) => Object.hasOwn(properties, name));
  const names = new Set<string>([...first, ...Object.keys(properties)]);
  return { ...schema, properties: Object.fromEntries([...names].map((name) => [name, properties[name]])) };
}
