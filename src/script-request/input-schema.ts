import { LRUCache } from 'lru-cache';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { CheckRun, type SchemaError, StepLimitError } from '../json/schema/check-run.ts';
import { type CompiledSchema, compile } from '../json/schema/compile.ts';
import { whyNoObjectFits } from '../json/schema/rejects-objects.ts';
import { escapePointer, SchemaMistake } from '../json/schema/schema-mistake.ts';
import { type CheckBudget, createCheckBudget, STEPS_A_CHECK, stepsLeft, takeSteps } from './check-budget.ts';

/** A place where `inputs` do not fit the schema. `path` is a JSON pointer from the inputs; '' is all of them. */
export type InputError = SchemaError;

/** The inputs could not be checked, so it is unknown whether they fit. The message is a sentence with the fix. */
export class UncheckedInputsError extends Error {}

/** Explains why a value cannot be an inputSchema (JSON Schema 2020-12), and how to fix it; null when it can. */
export function inputSchemaMistake(schema: unknown): string | null {
  if (!isJsonObject(schema)) return 'must be a JSON object; {} accepts everything';
  try {
    const run = new CheckRun(STEPS_A_CHECK, MAX_ERRORS);
    compile(schema).check({}, run, null);
    return null;
  } catch (error) {
    if (error instanceof StepLimitError) {
      return 'refers to itself or to others so often that checking an empty object takes too much work; simplify it';
    }
    return explain(error);
  }
}

/**
 * Explains why a stored schema accepts no object, so that every run fails; null when it may accept one, or cannot be
 * used at all.
 */
export function whyAllInputsFail(schema: JsonObject): string | null {
  try {
    return whyNoObjectFits(schema);
  } catch (error) {
    if (error instanceof SchemaMistake || error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Checks inputs against a schema; returns the first 50 errors. A version is immutable, so its id identifies the
 * compiled schema in the cache; null (a schema that is not stored) compiles it anew.
 * @throws UncheckedInputsError when the schema cannot be used, or the check takes more steps than the budget has
 * @throws ServiceError RATE_LIMITED when the request's budget is used up
 */
export function checkInputs(
  versionId: string | null,
  schema: JsonObject,
  inputs: JsonObject,
  budget: CheckBudget = createCheckBudget(),
): InputError[] {
  if (Object.keys(schema).length === 0) return [];
  const compiled = compiledFor(versionId, schema, budget);
  const steps = Math.max(stepsLeft(budget), 0);
  const run = new CheckRun(steps, MAX_ERRORS);
  try {
    compiled.check(inputs, run, null);
  } catch (error) {
    if (!(error instanceof StepLimitError)) throw error;
    takeSteps(budget, steps);
    throw new UncheckedInputsError(
      "The inputs could not be checked: the component's inputSchema takes too much work on inputs of this size. Simplify the schema, or send less.",
    );
  }
  takeSteps(budget, steps - run.steps);
  return run.errors;
}

/** The JSON pointer to an input. */
export const inputPointer = (inputKey: string) => `/${escapePointer(inputKey)}`;

const MAX_ERRORS = 50;
const MAX_CACHED_KIB = 100_000;
/** Compiling one KiB of a schema takes about as long as this many steps of a check. */
const STEPS_TO_COMPILE = 200;

const compiledByVersion = new LRUCache<string, CompiledSchema>({
  max: 2_000,
  maxSize: MAX_CACHED_KIB,
  sizeCalculation: ({ size }) => Math.ceil(size),
});

function compiledFor(versionId: string | null, schema: JsonObject, budget: CheckBudget): CompiledSchema {
  const known = versionId === null ? undefined : compiledByVersion.get(versionId);
  if (known) return known;
  const compiled = compileStored(schema);
  if (versionId !== null) compiledByVersion.set(versionId, compiled);
  // A check waits until its schema is compiled; a request compiles only as much as its budget allows.
  if (budget.request) takeSteps(budget.request, compiled.size * STEPS_TO_COMPILE);
  return compiled;
}

function compileStored(schema: JsonObject): CompiledSchema {
  try {
    return compile(schema);
  } catch (error) {
    throw new UncheckedInputsError(
      `The inputs could not be checked: the component's inputSchema ${explain(error)}. Register a new version of the component with another schema.`,
    );
  }
}

function explain(error: unknown): string {
  if (error instanceof SchemaMistake) {
    return `is not a valid JSON Schema: ${error.pointer || 'it'} ${error.message}`;
  }
  if (error instanceof RangeError) return 'is nested too deeply; make it flatter';
  throw error;
}
