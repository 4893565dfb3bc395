import { builder } from './builder.ts';
import { ProviderDependencyInput, RetryPolicyInput, ScriptInput, TriggerType } from './definition.ts';
import { SHOP_INPUT } from './shop-args.ts';

type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

const optionalFields = (t: InputFields) => ({
  description: t.string({
    description: 'A text about the component, for people, at most 10,000 characters.',
  }),
  inputSchema: t.field({
    type: 'JSONObject',
    description:
      'The JSON Schema (draft 2020-12) that the inputs of the script must match, at most 256 KiB. Defaults to {}, which accepts every object. docs/json-schema.md lists what is supported.',
  }),
  providerDependencies: t.field({
    description: 'The external providers that the script uses: at most 100, each key once. Defaults to none.',
    type: [ProviderDependencyInput],
  }),
  retryPolicy: t.field({
    type: RetryPolicyInput,
    description: 'The rules by which failed attempts are retried. Defaults to 1 attempt, without retries.',
  }),
  timeoutSeconds: t.float({
    description:
      "The time limit of one attempt at the script runner, from 0.1 to 3600 seconds. Defaults to the service's JOURNEY_RUNTIME_RUNNER_TIMEOUT_SECONDS.",
  }),
});

export const RegisterComponentInput = builder.inputType('RegisterComponentInput', {
  description: 'The definition of a new component.',
  fields: (t) => ({
    shop: t.string({ description: SHOP_INPUT }),
    key: t.string({
      description:
        'The key of the component, unique within its shop: 1 to 128 of a-z, 0-9, ".", "_" and "-", beginning with a letter or a digit, like gift-note. It never changes.',
      required: true,
    }),
    name: t.string({
      description: 'The name of the component, for people, at most 200 characters.',
      required: true,
    }),
    triggers: t.field({
      description: 'The events that may start a run of the component. Duplicates are removed.',
      type: [TriggerType],
      required: true,
    }),
    script: t.field({
      description: 'The script that the script runner executes.',
      type: ScriptInput,
      required: true,
    }),
    ...optionalFields(t),
  }),
});

export const UpdateComponentInput = builder.inputType('UpdateComponentInput', {
  description:
    'The changes of a component. Fields you omit keep their stored values. null clears description and timeoutSeconds; for other fields, null is the same as omitting them.',
  fields: (t) => ({
    expectedVersion: t.int({
      description:
        'The version that you expect to be current. If another one is, the result is CONFLICT with the stored component, and nothing is changed. Omit it to update any version.',
    }),
    name: t.string({ description: 'The name of the component, for people, at most 200 characters.' }),
    triggers: t.field({
      description: 'The events that may start a run of the component. Duplicates are removed.',
      type: [TriggerType],
    }),
    script: t.field({
      description: 'The script that the script runner executes. It replaces the stored script as a whole.',
      type: ScriptInput,
    }),
    ...optionalFields(t),
  }),
});
