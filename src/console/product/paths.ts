import { isJsonObject } from '../api/exact-numbers.ts';

/** A value of a request that a binding may point to. */
export type PathOption = {
  path: string;
  value: unknown;
  /** Why no binding can point to it; null where one can. */
  obstacle: string | null;
};

/** The parts of a request by the kind of binding that may point into them. */
export const ROOTS = {
  product: ['product', 'productComponent', 'component'],
  run: ['input', 'context', 'metadata', 'trigger'],
} as const;

/**
 * The values within a request that a binding of the kind may point to, in the order of the request. It stops after
 * `atMost`: a payload may have many thousands.
 */
export function pathOptions(request: unknown, kind: keyof typeof ROOTS, atMost = 500): PathOption[] {
  const options: PathOption[] = [];
  if (!isJsonObject(request)) return options;
  for (const root of ROOTS[kind]) collect(root, request[root], null, options, atMost);
  return options;
}

function collect(
  path: string,
  value: unknown,
  obstacle: string | null,
  options: PathOption[],
  atMost: number,
): void {
  if (options.length >= atMost || value === undefined) return;
  const isRoot = !/[.[]/.test(path);
  if (!isRoot) options.push({ path, value, obstacle });
  if (Array.isArray(value))
    for (const [index, item] of value.entries())
      collect(`${path}[${index}]`, item, obstacle, options, atMost);
  else if (isJsonObject(value))
    for (const [key, child] of Object.entries(value))
      collect(`${path}.${key}`, child, obstacle ?? obstacleOf(key), options, atMost);
}

/** Why a path cannot go through a key: paths have no way to write it. */
function obstacleOf(key: string): string | null {
  if (key === '') return 'the key is empty';
  if (/[.[\]]/.test(key)) return `the key ${JSON.stringify(key)} has a dot or a bracket`;
  if (['__proto__', 'constructor', 'prototype'].includes(key)) return `the key ${key} is reserved`;
  return null;
}
