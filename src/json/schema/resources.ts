import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { escapePointer, SchemaMistake, unescapePointer } from './schema-mistake.ts';

/** A schema with an $id, or the root schema. References and anchors are resolved within a resource. */
export type Resource = {
  uri: string;
  root: JsonObject;
  anchors: Map<string, JsonObject>;
  dynamicAnchors: Map<string, JsonObject>;
};

/** A schema that a reference leads to, and its place. */
export type Target = {
  schema: Json;
  resource: Resource;
  pointer: string;
  /** The dynamic anchor that the reference names, if it names one. */
  dynamicAnchor?: string;
};

export type Resources = {
  root: Resource;
  /** The resource that a schema within the root belongs to. */
  of: (schema: JsonObject) => Resource | undefined;
  /**
   * Resolves a reference; `pointer` is its own place.
   * @throws SchemaMistake when `ref` leads out of the schema, or to nothing
   */
  resolve: (ref: string, from: Resource, pointer: string) => Target;
  /** The schemas that have this dynamic anchor, one for each of their resources. */
  withDynamicAnchor: (name: string) => Target[];
  hasDynamicAnchors: boolean;
};

/** Keywords whose value is a schema, a list of schemas, or an object of schemas. */
const SCHEMA_KEYWORDS = {
  one: [
    'additionalProperties',
    'contains',
    'contentSchema',
    'else',
    'if',
    'items',
    'not',
    'propertyNames',
    'then',
    'unevaluatedItems',
    'unevaluatedProperties',
  ],
  list: ['allOf', 'anyOf', 'oneOf', 'prefixItems'],
  map: ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'],
} as const;

/** Finds every resource and anchor of a schema. Only places of schemas count: an $id within an enum is data. */
export function findResources(schema: JsonObject): Resources {
  const byUri = new Map<string, Resource>();
  const owners = new Map<JsonObject, { resource: Resource; pointer: string }>();

  function resourceAt(uri: string, root: JsonObject, pointer: string): Resource {
    if (byUri.has(uri)) throw new SchemaMistake(`${pointer}/$id`, 'is the $id of another schema too');
    const resource: Resource = { uri, root, anchors: new Map(), dynamicAnchors: new Map() };
    byUri.set(uri, resource);
    return resource;
  }

  function visit(value: Json | undefined, parent: Resource | null, pointer: string): void {
    if (!isJsonObject(value)) return;
    let resource = parent;
    if (typeof value.$id === 'string' || parent === null) {
      resource = resourceAt(identify(value.$id, parent?.uri ?? DEFAULT_BASE, pointer), value, pointer);
    }
    const owner = resource as Resource;
    owners.set(value, { resource: owner, pointer });
    addAnchor(owner.anchors, value, '$anchor', owner, pointer);
    addAnchor(owner.dynamicAnchors, value, '$dynamicAnchor', owner, pointer);
    forEachSubschema(value, (child, steps) => visit(child, owner, pointer + steps));
  }

  visit(schema, null, '');
  const root = owners.get(schema)!.resource;

  return {
    root,
    of: (one) => owners.get(one)?.resource,
    hasDynamicAnchors: [...byUri.values()].some(({ dynamicAnchors }) => dynamicAnchors.size > 0),
    withDynamicAnchor: (name) =>
      [...byUri.values()].flatMap(({ dynamicAnchors }) => anchored(dynamicAnchors.get(name)) ?? []),
    resolve(ref, from, pointer) {
      const uri = resolveUri(ref, from.uri);
      const [base = '', fragment = ''] = uri === null ? [] : split(uri);
      const resource = byUri.get(base);
      if (!resource) throw leadsOut(ref, pointer);
      const place = owners.get(resource.root)!.pointer;
      if (fragment === '') return { schema: resource.root, resource, pointer: place };
      const name = decode(fragment);
      const dynamic = anchored(resource.dynamicAnchors.get(name));
      const found = name.startsWith('/')
        ? walk(resource, name, place)
        : (anchored(resource.anchors.get(name)) ?? (dynamic && { ...dynamic, dynamicAnchor: name }));
      if (!found) throw leadsOut(ref, pointer);
      return found;
    },
  };

  function anchored(found: JsonObject | undefined): Target | null {
    return found ? { schema: found, ...owners.get(found)! } : null;
  }

  /** Follows a JSON pointer by own keys, also through values that are not schemas. */
  function walk(from: Resource, pointer: string, place: string): Target | null {
    let [value, resource]: [Json | undefined, Resource] = [from.root, from];
    for (const step of pointer.slice(1).split('/')) {
      const key = unescapePointer(step);
      value = child(value, key);
      if (value === undefined) return null;
      if (isJsonObject(value)) resource = owners.get(value)?.resource ?? resource;
    }
    if (typeof value !== 'boolean' && !isJsonObject(value)) return null;
    return { schema: value, resource, pointer: place + pointer };
  }
}

/** Calls `visit` with each schema directly within another, and the pointer's steps to it. */
function forEachSubschema(schema: JsonObject, visit: (child: Json | undefined, steps: string) => void): void {
  for (const keyword of SCHEMA_KEYWORDS.one) visit(own(schema, keyword), `/${keyword}`);
  for (const keyword of SCHEMA_KEYWORDS.list) {
    const list = own(schema, keyword);
    if (Array.isArray(list)) list.forEach((child, index) => void visit(child, `/${keyword}/${index}`));
  }
  for (const keyword of SCHEMA_KEYWORDS.map) {
    const map = own(schema, keyword);
    if (!isJsonObject(map)) continue;
    for (const [key, child] of Object.entries(map)) visit(child, `/${keyword}/${escapePointer(key)}`);
  }
}

const DEFAULT_BASE = 'json-schema://inputs/';
const ANCHOR = /^[A-Za-z_][-A-Za-z0-9._]*$/;

const own = (object: JsonObject, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined);

function child(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
  return isJsonObject(value) ? own(value, key) : undefined;
}

function identify(id: Json | undefined, base: string, pointer: string): string {
  if (id === undefined) return base;
  const uri = typeof id === 'string' ? resolveUri(id, base) : null;
  const [absolute = '', fragment = ''] = uri === null ? [] : split(uri);
  if (uri === null || fragment !== '') {
    throw new SchemaMistake(`${pointer}/$id`, 'must be a URI reference without a fragment');
  }
  return absolute;
}

function addAnchor(
  anchors: Map<string, JsonObject>,
  schema: JsonObject,
  keyword: '$anchor' | '$dynamicAnchor',
  { anchors: fixed, dynamicAnchors }: Resource,
  pointer: string,
): void {
  const name = own(schema, keyword);
  if (name === undefined) return;
  const place = `${pointer}/${keyword}`;
  if (typeof name !== 'string' || !ANCHOR.test(name)) {
    throw new SchemaMistake(
      place,
      'must begin with a letter or "_", and hold letters, digits, "-", "_" and "." only',
    );
  }
  const other = fixed.get(name) ?? dynamicAnchors.get(name);
  if (other && other !== schema) throw new SchemaMistake(place, `is an anchor twice: "${name}"; rename one`);
  anchors.set(name, schema);
}

function resolveUri(ref: string, base: string): string | null {
  return URL.canParse(ref, base) ? new URL(ref, base).href : null;
}

function split(uri: string): [string, string] {
  const at = uri.indexOf('#');
  return at < 0 ? [uri, ''] : [uri.slice(0, at), uri.slice(at + 1)];
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function leadsOut(ref: string, pointer: string): SchemaMistake {
  return new SchemaMistake(
    pointer,
    `leads out of it, or to nothing: "${ref.slice(0, 200)}"; only references within the schema are followed, like #/$defs/name`,
  );
}
