import { checkSamples, SAMPLES_AT_MOST } from '../../catalogue/components/check-samples.ts';
import type { Result } from '../../errors.ts';
import type { InputError } from '../../script-request/input-schema.ts';
import { builder } from './builder.ts';
import { InputErrorType } from './run-preview.ts';
import { addUserErrors } from './user-error.ts';

const SampleResultType = builder.objectRef<InputError[]>('SampleResult').implement({
  description: 'The result of checking one sample.',
  fields: (t) => ({
    inputErrors: t.field({
      description:
        'The places where the sample does not match the inputSchema, at most 50. Empty if it matches.',
      type: [InputErrorType],
      resolve: (errors) => errors,
    }),
  }),
});

const SamplesCheckType = builder.objectRef<Result<InputError[][]>>('SamplesCheck');
SamplesCheckType.implement({
  description: 'The results of checking samples of inputs against an inputSchema.',
  fields: (t) => ({
    results: t.field({
      description: 'The result of each sample, in the order of the samples. Empty when there are userErrors.',
      type: [SampleResultType],
      resolve: (result) => (result.ok ? result.value : []),
    }),
  }),
});
addUserErrors(SamplesCheckType);

builder.queryField('checkSamples', (t) =>
  t.field({
    description:
      'Checks samples of inputs against an inputSchema, which may not be stored yet, as workers check the inputs of runs. The userErrors include those that a registration would return for the inputSchema.',
    type: SamplesCheckType,
    weighs: { always: 100 },
    args: {
      inputSchema: t.arg({ description: 'The inputSchema.', type: 'JSONObject', required: true }),
      samples: t.arg({
        description: `The samples, at most ${SAMPLES_AT_MOST}.`,
        type: ['JSONObject'],
        required: true,
      }),
    },
    resolve: (_, { inputSchema, samples }, { checkBudget }) =>
      checkSamples({ inputSchema, samples }, checkBudget),
  }),
);
