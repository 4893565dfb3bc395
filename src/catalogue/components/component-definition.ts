import { z } from 'zod';
import type { UserError } from '../../errors.ts';
import { anyText, inputErrors, jsonObject, list, mistakeErrors, text } from '../../input-errors.ts';
import type { JsonObject } from '../../json/json.ts';
import { Trigger } from '../../postgres/generated/prisma/enums.ts';
import { normaliseRetryPolicy, type RetryPolicy, retryPolicyInput } from '../../runs/model/retry-policy.ts';
import { inputSchemaMistake } from '../../script-request/input-schema.ts';
import { shopInput } from '../../shop.ts';

/** The part of a component that a version fixes: everything but its key, its name and its description. */
export type Definition = {
  triggers: Trigger[];
  script: { slug: string; runtime: string; version: string | null; metadata: JsonObject };
  inputSchema: JsonObject;
  providerDependencies: { key: string; optional: boolean }[];
  retryPolicy: RetryPolicy;
  /** The timeout of one attempt at the runner, in seconds; null: the service's default. */
  timeoutSeconds: number | null;
};

/** In an update, null leaves a field unchanged, except `description` and `timeoutSeconds`, which it clears. */
export type DefinitionInput = z.infer<typeof definition>;

/** The definition of an input; missing fields are taken from `stored` or from the defaults. */
export function normaliseDefinition(input: DefinitionInput, stored: Definition = DEFAULTS): Definition {
  const { triggers, script, inputSchema, providerDependencies, retryPolicy, timeoutSeconds } = input;
  return {
    triggers: triggers ? [...new Set(triggers)] : stored.triggers,
    script: script
      ? { ...script, version: script.version ?? null, metadata: script.metadata ?? {} }
      : stored.script,
    inputSchema: inputSchema ?? stored.inputSchema,
    providerDependencies:
      providerDependencies?.map(({ key, optional }) => ({ key, optional: optional ?? false })) ??
      stored.providerDependencies,
    retryPolicy: retryPolicy ? normaliseRetryPolicy(retryPolicy) : stored.retryPolicy,
    timeoutSeconds: timeoutSeconds === undefined ? stored.timeoutSeconds : timeoutSeconds,
  };
}

const DEFAULTS: Definition = {
  triggers: [],
  script: { slug: '', runtime: '', version: null, metadata: {} },
  inputSchema: {},
  providerDependencies: [],
  retryPolicy: normaliseRetryPolicy(null),
  timeoutSeconds: null,
};

const KEY = /^[a-z0-9][a-z0-9._-]{0,127}$/;
const TIMEOUT_SECONDS = { min: 0.1, max: 3600 };
const wrongTimeout = `must be from ${TIMEOUT_SECONDS.min} to ${TIMEOUT_SECONDS.max} seconds`;

const provider = z.object({ key: text(128), optional: z.boolean().nullish() });

const definition = z.object({
  triggers: z.array(z.enum(Trigger)).nullish(),
  script: z
    .object({
      slug: text(200),
      runtime: text(100),
      version: text(100).nullish(),
      metadata: jsonObject<JsonObject>().nullish(),
    })
    .nullish(),
  inputSchema: jsonObject<JsonObject>().nullish(),
  providerDependencies: list(provider, 100)
    .refine(haveDistinctKeys, 'names a key twice; keep one of them')
    .nullish(),
  retryPolicy: retryPolicyInput.nullish(),
  timeoutSeconds: z
    .number()
    .min(TIMEOUT_SECONDS.min, wrongTimeout)
    .max(TIMEOUT_SECONDS.max, wrongTimeout)
    .nullish(),
});

const about = { name: text(200), description: anyText(10_000).nullish() };

/** The input of registerComponent and updateComponent. GraphQL has already validated the types. */
export const registration = definition.extend({
  ...about,
  shop: shopInput,
  key: z
    .string()
    .regex(
      KEY,
      'must be 1 to 128 of a-z, 0-9, ".", "_" and "-", and begin with a letter or a digit, like gift-note',
    ),
});
export const change = definition.extend({
  ...about,
  name: about.name.nullish(),
  expectedVersion: z.int().nullish(),
});

/** Returns every mistake in the input of a registration or a change. */
export async function definitionErrors(schema: z.ZodType, input: DefinitionInput): Promise<UserError[]> {
  const userErrors = inputErrors(schema, input);
  const { inputSchema } = input;
  if (inputSchema == null || userErrors.some(({ path }) => path[0] === 'inputSchema')) return userErrors;
  const message = await inputSchemaMistake(inputSchema);
  return message === null
    ? userErrors
    : [...userErrors, ...mistakeErrors(['inputSchema'], [{ path: [], message }])];
}

function haveDistinctKeys(providers: { key: string }[]): boolean {
  return new Set(providers.map(({ key }) => key)).size === providers.length;
}
