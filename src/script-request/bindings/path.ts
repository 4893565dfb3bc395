import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { isRawNumber } from '../../json/number.ts';

/** A path from a named root to a value. Strings are keys of objects, numbers are indexes of lists. */
export type Path = { root: string; steps: (string | number)[] };
export type ParsedPath = { ok: true; path: Path } | { ok: false; message: string };
export type Lookup = { found: true; value: Json } | { found: false; reason: string };

export const PRODUCT_FIELD_ROOTS = ['product', 'productComponent', 'component'] as const;
export const RUNTIME_ROOTS = ['input', 'context', 'metadata', 'trigger'] as const;

/** Parses `root.key.list[0].key`. The message of an error says what would be right. */
export function parsePath(text: string, roots: readonly string[]): ParsedPath {
  const root = /^[^.[\]]*/.exec(text)?.[0] ?? '';
  if (!roots.includes(root)) return mistake(`must begin with ${listed(roots)}`);
  if (text.length > MAX_PATH_LENGTH) return mistake(`is longer than ${MAX_PATH_LENGTH} characters`);
  const steps: (string | number)[] = [];
  let at = root.length;
  while (at < text.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(text);
    if (!step) return mistake(shape(roots));
    if (FORBIDDEN.has(step[1] ?? ''))
      return mistake(`must not contain ${step[1]}; no prototype is ever read`);
    steps.push(step[1] ?? Number(step[2]));
    at = STEP.lastIndex;
  }
  if (typeof steps[0] !== 'string') return mistake(shape(roots));
  return { ok: true, path: { root, steps } };
}

/** Looks up a value by own keys only. A null value counts as found. The reason of a miss names keys, never values. */
export function lookup(path: Path, scope: { readonly [root: string]: JsonObject | null }): Lookup {
  let value: Json | undefined = Object.hasOwn(scope, path.root) ? scope[path.root] : null;
  if (value === null) return miss(`the run has no ${path.root}`);
  let reached = path.root;
  for (const step of path.steps) {
    if (typeof step === 'number') {
      if (!Array.isArray(value))
        return miss(`${reached} is ${kindOf(value)}, not a list${isJsonObject(value) ? keysOf(value) : ''}`);
      if (step >= value.length) return miss(`${reached} has ${value.length} items, none at [${step}]`);
      value = value[step];
      reached += `[${step}]`;
    } else {
      if (Array.isArray(value)) return miss(`${reached} is a list: name an item, like ${reached}[0]`);
      if (!isJsonObject(value)) {
        return miss(`${reached} is ${kindOf(value)}, so it has no key ${JSON.stringify(step)}`);
      }
      if (!Object.hasOwn(value, step))
        return miss(`${reached} has no key ${JSON.stringify(step)}${keysOf(value)}`);
      value = value[step];
      reached += `.${step}`;
    }
  }
  return value === undefined ? miss(`${reached} does not exist`) : { found: true, value };
}

const MAX_PATH_LENGTH = 512;
const MAX_KEYS = 12;
const MAX_KEY_LENGTH = 40;
const STEP = /\.([^.[\]]+)|\[(0|[1-9]\d{0,8})\]/y;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const mistake = (message: string): ParsedPath => ({ ok: false, message });
const miss = (reason: string): Lookup => ({ found: false, reason });

function listed(roots: readonly string[]): string {
  const names = roots.map((root) => `${root}.`);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

const shape = (roots: readonly string[]) =>
  `must be keys between dots, with [n] for a place in a list, like ${roots[0]}.sizes[0].name`;

/** The keys that a path may take instead, so that its author sees which one was meant. */
function keysOf(value: JsonObject): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return '; it is empty';
  const shown = keys.slice(0, MAX_KEYS).map((key) => JSON.stringify(shortened(key)));
  const more = keys.length > MAX_KEYS ? ` and ${keys.length - MAX_KEYS} more` : '';
  return `; its keys are ${shown.join(', ')}${more}`;
}

const shortened = (key: string) =>
  (key.length > MAX_KEY_LENGTH ? `${key.slice(0, MAX_KEY_LENGTH)}…` : key).toWellFormed();

function kindOf(value: Json | undefined): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (isRawNumber(value)) return 'a number';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
