import { ServiceError } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import type { SchemaError } from '../json/schema/check-run.ts';
import { escapePointer } from '../json/schema/schema-mistake.ts';
import { type CheckBudget, createCheckBudget, STEPS_A_CHECK, stepsLeft, takeSteps } from './check-budget.ts';
import { CheckThreadError, inCheckThread } from './checks/check-thread.ts';
import { checkWithin, type Limits, OVER_LIMIT, rejection, schemaMistake } from './checks/schema-check.ts';

/** A place where `inputs` do not fit the schema. `path` is a JSON pointer from the inputs; '' is all of them. */
export type InputError = SchemaError;

/** The inputs could not be checked, so it is unknown whether they fit. The message is a sentence with the fix. */
export class UncheckedInputsError extends Error {}

/** The work that is done at once, up to about 20 ms. More is done in the thread of checks. */
const QUICK: Limits = { size: 1_000, steps: 100_000 };
/** Compiling one unit of a schema's size takes about as long as this many steps of a check. */
const STEPS_TO_COMPILE = 200;

/**
 * Explains why a value cannot be an inputSchema (JSON Schema 2020-12), and how to fix it; null when it can.
 * @throws ServiceError UNAVAILABLE when the check could not be completed
 */
export async function inputSchemaMistake(schema: unknown): Promise<string | null> {
  if (!isJsonObject(schema)) return 'must be a JSON object; {} accepts everything';
  const quick = schemaMistake(schema, QUICK);
  if (quick !== OVER_LIMIT) return quick;
  const task = { kind: 'mistake', schema: JSON.stringify(schema), steps: STEPS_A_CHECK } as const;
  const mistake = await inCheckThread(task).catch((cause: unknown) => {
    if (cause instanceof CheckThreadError) throw new ServiceError('UNAVAILABLE', NOT_COMPLETED, { cause });
    throw cause;
  });
  return mistake === OVER_LIMIT
    ? 'refers to itself or to others so often that checking an empty object takes too much work; simplify it'
    : mistake;
}

/**
 * Explains why a stored schema accepts no object, so that every run fails; null when it may accept one, or cannot be
 * used at all.
 */
export async function whyAllInputsFail(schema: JsonObject): Promise<string | null> {
  const text = JSON.stringify(schema);
  if (text.length <= SMALL_SCHEMA) return rejection(schema);
  return inCheckThread({ kind: 'rejection', schema: text });
}

const SMALL_SCHEMA = 16 * 1024;

/**
 * Checks inputs against a schema; returns the first 50 errors. A version is immutable, so its id identifies the
 * compiled schema in the cache; null (a schema that is not stored) compiles it anew.
 * @throws UncheckedInputsError when the schema cannot be used, or the check takes more steps than the budget has
 * @throws ServiceError RATE_LIMITED when the request's budget is used up
 */
export async function checkInputs(
  versionId: string | null,
  schema: JsonObject,
  inputs: JsonObject,
  budget: CheckBudget = createCheckBudget(),
): Promise<InputError[]> {
  if (Object.keys(schema).length === 0) return [];
  const steps = Math.max(stepsLeft(budget), 0);
  const quick = checkWithin(versionId, schema, inputs, { ...QUICK, steps: Math.min(QUICK.steps, steps) });
  const checked =
    quick.kind === OVER_LIMIT
      ? await inCheckThread({
          kind: 'check',
          versionId,
          schema: JSON.stringify(schema),
          inputs: JSON.stringify(inputs),
          steps,
        }).catch(asUnchecked)
      : quick;
  if (checked.kind === 'unusable') {
    throw new UncheckedInputsError(
      `The inputs could not be checked: the component's inputSchema ${checked.reason}. Register a new version of the component with another schema.`,
    );
  }
  // A check waits until its schema is compiled; a request compiles only as much as its budget allows.
  if (budget.request) takeSteps(budget.request, checked.compiled * STEPS_TO_COMPILE);
  takeSteps(budget, checked.kind === 'checked' ? checked.steps : steps);
  if (checked.kind === 'checked') return checked.errors;
  throw new UncheckedInputsError(
    "The inputs could not be checked: the component's inputSchema takes too much work on inputs of this size. Simplify the schema, or send less.",
  );
}

/** The JSON pointer to an input. */
export const inputPointer = (inputKey: string) => `/${escapePointer(inputKey)}`;

const NOT_COMPLETED = 'The inputSchema could not be checked in time. Try again, or simplify it.';

function asUnchecked(cause: unknown): never {
  if (!(cause instanceof CheckThreadError)) throw cause;
  throw new UncheckedInputsError(
    "The inputs could not be checked in time. Try again, or simplify the component's inputSchema.",
    { cause },
  );
}
