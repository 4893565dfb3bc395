import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../../json/json.ts';
import { CheckRun, type SchemaError, StepLimitError } from '../../json/schema/check-run.ts';
import { type CompiledSchema, compile } from '../../json/schema/compile.ts';
import { whyNoObjectFits } from '../../json/schema/rejects-objects.ts';
import { SchemaMistake } from '../../json/schema/schema-mistake.ts';

/** The most work of a call: the size of a schema to compile, some 15 µs each, and the steps of a check. */
export type Limits = { size: number; steps: number };

/** More work than the limits allow is needed. */
export const OVER_LIMIT = 'over-limit';

/** Explains why a schema cannot be used; null when it can. */
export function schemaMistake(schema: JsonObject, limits: Limits): string | null | typeof OVER_LIMIT {
  try {
    compile(schema, limits.size).check({}, new CheckRun(limits.steps, MAX_ERRORS), null);
    return null;
  } catch (error) {
    return error instanceof StepLimitError ? OVER_LIMIT : explain(error);
  }
}

/**
 * Explains why a stored schema accepts no object; null when it may accept one, or cannot be used at all. The work is
 * linear in the schema.
 */
export function rejection(schema: JsonObject): string | null {
  try {
    return whyNoObjectFits(schema);
  } catch (error) {
    if (error instanceof SchemaMistake || error instanceof RangeError) return null;
    throw error;
  }
}

/** The result of a check. `compiled` is the size of the schema if it was compiled for this check, otherwise 0. */
export type Checked =
  | { kind: 'checked'; errors: SchemaError[]; steps: number; compiled: number }
  | { kind: typeof OVER_LIMIT; compiled: number }
  | { kind: 'unusable'; reason: string };

/**
 * Checks inputs; reports the first 50 errors. A version is immutable, so its id identifies the compiled schema in the
 * cache; null (a schema that is not stored) compiles it anew.
 */
export function checkWithin(
  versionId: string | null,
  schema: JsonObject,
  inputs: JsonObject,
  limits: Limits,
): Checked {
  const known = versionId === null ? undefined : compiledByVersion.get(versionId);
  const schemaCheck = known ?? compiledOrNot(schema, limits);
  if (versionId !== null && known === undefined) compiledByVersion.set(versionId, schemaCheck);
  if (schemaCheck === OVER_LIMIT) return { kind: OVER_LIMIT, compiled: 0 };
  if (typeof schemaCheck === 'string') return { kind: 'unusable', reason: schemaCheck };
  const compiled = known ? 0 : schemaCheck.size;
  const run = new CheckRun(limits.steps, MAX_ERRORS);
  try {
    schemaCheck.check(inputs, run, null);
    return { kind: 'checked', errors: run.errors, steps: limits.steps - run.steps, compiled };
  } catch (error) {
    if (error instanceof StepLimitError) return { kind: OVER_LIMIT, compiled };
    throw error;
  }
}

const MAX_ERRORS = 50;
const MAX_CACHED_KIB = 100_000;

/** The compiled schema, or why there is none. */
type SchemaCheck = CompiledSchema | string;

const compiledByVersion = new LRUCache<string, SchemaCheck>({
  max: 2_000,
  maxSize: MAX_CACHED_KIB,
  sizeCalculation: (one) => (typeof one === 'string' ? 1 : Math.ceil(one.size)),
});

function compiledOrNot(schema: JsonObject, { size }: Limits): SchemaCheck {
  try {
    return compile(schema, size);
  } catch (error) {
    return error instanceof StepLimitError ? OVER_LIMIT : explain(error);
  }
}

function explain(error: unknown): string {
  if (error instanceof SchemaMistake) {
    return `is not a valid JSON Schema: ${error.pointer || 'it'} ${error.message}`;
  }
  if (error instanceof RangeError) return 'is nested too deeply; make it flatter';
  throw error;
}
