import { z } from 'zod';
import { ownTurn } from '../../async/own-turn.ts';
import { invalid, ok, type Result } from '../../errors.ts';
import { inputErrors, jsonObject, list, mistakeErrors } from '../../input-errors.ts';
import type { JsonObject } from '../../json/json.ts';
import { newId } from '../../postgres/new-id.ts';
import { type CheckBudget, createCheckBudget } from '../../script-request/check-budget.ts';
import {
  checkInputs,
  type InputError,
  inputSchemaMistake,
  UncheckedInputsError,
} from '../../script-request/input-schema.ts';

export const SAMPLES_AT_MOST = 50;

const input = z.object({
  inputSchema: jsonObject<JsonObject>(),
  samples: list(jsonObject<JsonObject>(), SAMPLES_AT_MOST),
});

/** The errors of each sample under a schema that may not be stored yet, found by the check that workers make. */
export async function checkSamples(
  given: z.infer<typeof input>,
  requestBudget: CheckBudget,
): Promise<Result<InputError[][]>> {
  const mistakes = inputErrors(input, given);
  if (mistakes.length > 0) return invalid(...mistakes);
  const { inputSchema, samples } = given;
  const message = await inputSchemaMistake(inputSchema);
  if (message !== null) return invalid(...mistakeErrors(['inputSchema'], [{ path: [], message }]));
  // The schema is compiled once for all samples: compiled schemas are cached by the id of their version.
  const versionId = newId();
  const errors: InputError[][] = [];
  for (const sample of samples) {
    await ownTurn();
    errors.push(await errorsOf(versionId, inputSchema, sample, requestBudget));
  }
  return ok(errors);
}

async function errorsOf(
  versionId: string,
  inputSchema: JsonObject,
  sample: JsonObject,
  requestBudget: CheckBudget,
): Promise<InputError[]> {
  try {
    return await checkInputs(versionId, inputSchema, sample, createCheckBudget(requestBudget));
  } catch (error) {
    if (error instanceof UncheckedInputsError) return [{ path: '', message: error.message }];
    throw error;
  }
}
