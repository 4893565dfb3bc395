import type { JsonObject } from '../../json/json.ts';
import { parseStoredJson } from '../../json/parse.ts';
import { checkWithin, rejection, schemaMistake } from './schema-check.ts';

/**
 * Work for the thread of checks. JSON is passed as text, because a copy of a value would lose the digits of its
 * RawNumbers.
 */
export type CheckTask =
  | { kind: 'mistake'; schema: string; steps: number }
  | { kind: 'rejection'; schema: string }
  | { kind: 'check'; versionId: string | null; schema: string; inputs: string; steps: number };

const TASKS = {
  mistake: ({ schema, steps }: Task<'mistake'>) => schemaMistake(parsed(schema), unlimitedSize(steps)),
  rejection: ({ schema }: Task<'rejection'>) => rejection(parsed(schema)),
  check: ({ versionId, schema, inputs, steps }: Task<'check'>) =>
    checkWithin(versionId, parsed(schema), parsed(inputs), unlimitedSize(steps)),
};

type Task<Kind extends CheckTask['kind']> = Extract<CheckTask, { kind: Kind }>;
export type CheckResult<Kind extends CheckTask['kind']> = ReturnType<(typeof TASKS)[Kind]>;

export const resultOf = (task: CheckTask): CheckResult<CheckTask['kind']> => TASKS[task.kind](task as never);

const parsed = (text: string) => parseStoredJson(text) as JsonObject;
/** The compiler bounds a schema itself. */
const unlimitedSize = (steps: number) => ({ size: Number.POSITIVE_INFINITY, steps });
