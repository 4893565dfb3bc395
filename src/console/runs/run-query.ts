import type { Address } from '../address.ts';
import { isJsonObject } from '../api/exact-numbers.ts';
import type { RunFilter } from '../api/generated/graphql.ts';
import { FILTER_FIELDS } from './filter-fields.ts';
import { containing } from './json-path.ts';

/** The state of the list as its address says it. */
export type RunQuery = {
  /** The conditions of the API, except those on products, whose SKUs are looked up. */
  where: RunFilter;
  skus: string[];
  excludedSkus: string[];
  /** Parameters that were ignored, each with the reason. */
  ignored: string[];
};

const RANGES: Record<string, number> = {
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '24h': 24 * 3_600_000,
  '7d': 7 * 24 * 3_600_000,
};

/** Parameters of the address that have no field of their own. */
const OTHERS = new Set(['product', 'not.product', 'search', 'last', 'from', 'to', 'by']);

/**
 * Reads the filter of an address. `not.` before a name excludes its values. Bad parameters are ignored, and reported in
 * `ignored`: an address never fails.
 */
export function readRunQuery(address: Address, now: number): RunQuery {
  const ignored: string[] = [];
  const where: RunFilter = {};
  for (const [name, text] of Object.entries(address)) {
    if (OTHERS.has(name)) continue;
    const isExcluded = name.startsWith(EXCLUDED);
    const field = FILTER_FIELDS.find((one) => one.name === name.slice(isExcluded ? EXCLUDED.length : 0));
    const source = PAYLOADS[name.split('.', 1)[0]!];
    if (field) {
      const values = splitValues(text).filter((value) => field.isValid?.(value) ?? true);
      if (values.length < splitValues(text).length) ignored.push(`${name} has a value that does not exist`);
      if (values.length === 0) continue;
      if (isExcluded) where.not = [...(where.not ?? []), field.where(values)];
      else Object.assign(where, field.where(values));
    } else if (source) {
      const condition = containing(name.slice(name.indexOf('.') + 1), text);
      if (condition) where[source] = merge(where[source], condition);
      else ignored.push(`${name} is not a path`);
    } else ignored.push(`${name} is not a filter`);
  }
  if (address.search?.trim()) where.search = address.search.trim().slice(0, 255);
  Object.assign(where, readRange(address, now, ignored));
  const { product, 'not.product': excluded } = address;
  return { where, skus: splitValues(product), excludedSkus: splitValues(excluded), ignored };
}

/** The beginning of the names of parameters that exclude values. */
export const EXCLUDED = 'not.';

const PAYLOADS: Record<string, 'inputPayload' | 'metadata' | 'context'> = {
  input: 'inputPayload',
  metadata: 'metadata',
  context: 'context',
};

/** The conditions on a time: the last hours, or from and to. They are on the enqueueing, or the end with by=completed. */
function readRange(address: Address, now: number, ignored: string[]): RunFilter {
  const { last, from, to, by } = address;
  const [after, before] =
    by === 'completed'
      ? (['completedAfter', 'completedBefore'] as const)
      : (['queuedAfter', 'queuedBefore'] as const);
  const range: RunFilter = {};
  const length = last === undefined ? undefined : RANGES[last];
  if (last !== undefined && length === undefined) ignored.push('last is not one of 15m, 1h, 24h and 7d');
  if (length !== undefined) range[after] = new Date(now - length).toISOString();
  for (const [text, name] of [
    [from, after],
    [to, before],
  ] as const) {
    if (text === undefined) continue;
    const time = Date.parse(text);
    if (Number.isNaN(time)) ignored.push(`${text} is not a time`);
    else range[name] = new Date(time).toISOString();
  }
  return range;
}

/** The part of a filter that never changes during the life of a run. By it the list follows the runs that may match. */
export function lastingPart(where: RunFilter): RunFilter {
  const { status, errorCode, priority, completedAfter, completedBefore, not, ...lasting } = where;
  const exclusions = not?.filter((exclusion) => !hasChangingPart(exclusion));
  return { ...lasting, ...(exclusions?.length && { not: exclusions }) };
}

/** Whether a run, as it is now, fulfils the part of a filter that changes. The other part is the feed's. */
export function matchesNow(where: RunFilter, run: RunState): boolean {
  return hasChanging(where, run) && !where.not?.some((one) => hasChangingPart(one) && hasChanging(one, run));
}

type Changing = Pick<RunFilter, 'status' | 'errorCode' | 'priority' | 'completedAfter' | 'completedBefore'>;

const hasChangingPart = ({ status, errorCode, priority, completedAfter, completedBefore }: Changing) =>
  Boolean(status || errorCode || priority || completedAfter || completedBefore);

function hasChanging(
  { status, errorCode, priority, completedAfter, completedBefore }: Changing,
  run: RunState,
): boolean {
  if (status && !status.includes(run.status)) return false;
  if (errorCode && !(run.error && errorCode.includes(run.error.code))) return false;
  if (priority && !priority.includes(run.priority)) return false;
  if (completedAfter && !(run.completedAt && run.completedAt >= completedAfter)) return false;
  if (completedBefore && !(run.completedAt && run.completedAt < completedBefore)) return false;
  return true;
}

type RunState = {
  status: NonNullable<RunFilter['status']>[number];
  priority: NonNullable<RunFilter['priority']>[number];
  error?: { code: NonNullable<RunFilter['errorCode']>[number] } | null;
  completedAt?: string | null;
};

/** The values of a parameter, which are separated by commas. A comma within a value has a backslash before it. */
export function splitValues(text: string | undefined): string[] {
  const values = text?.match(/(?:\\.|[^,\\])+/gs) ?? [];
  return values.map((value) => value.replace(/\\(.)/gs, '$1')).filter((value) => value.trim() !== '');
}

export function joinValues(values: readonly string[]): string {
  return values.map((value) => value.replace(/[\\,]/g, '\\$&')).join(',');
}

type Json = Record<string, unknown>;

/** Both conditions at once: objects are merged key by key. */
function merge(a: Json | null | undefined, b: Json): Json {
  const merged: Json = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const other = merged[key];
    merged[key] = isJsonObject(other) && isJsonObject(value) ? merge(other, value) : value;
  }
  return merged;
}
