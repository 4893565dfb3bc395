import type { Json } from '../../json/json.ts';
import type { RunPreview } from '../../previews/preview.ts';
import { previewRun } from '../../previews/preview-run.ts';
import type { BindingResolution } from '../../script-request/bindings/resolve.ts';
import type { InputError } from '../../script-request/input-schema.ts';
import { AttachmentInput } from './attachment.ts';
import { BindingType } from './binding.ts';
import { builder } from './builder.ts';
import { EnqueueRunInput } from './enqueue.ts';
import { SaveProductInput } from './product.ts';
import { addUserErrors } from './user-error.ts';

const BindingResolutionType = builder.objectRef<BindingResolution>('BindingResolution').implement({
  description: 'The value that a binding finds.',
  fields: (t) => ({
    binding: t.expose('binding', { description: 'The binding.', type: BindingType }),
    resolved: t.exposeBoolean('resolved', {
      description: 'True if the binding found a value. null counts as a value.',
    }),
    value: t.expose('value', {
      description: 'The value that the binding found. null when it found none, and for a secret.',
      type: 'JSON',
      nullable: true,
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason why the binding found no value. null when it found one.',
    }),
  }),
});

export const InputErrorType = builder.objectRef<InputError>('InputError').implement({
  description: 'A place where the inputs do not match the inputSchema of the component.',
  fields: (t) => ({
    path: t.exposeString('path', {
      description:
        'The JSON Pointer (RFC 6901) of the faulty value in the inputs. The empty string points to the inputs as a whole.',
    }),
    message: t.exposeString('message', { description: 'A text that says what the inputSchema requires.' }),
  }),
});

export const RunPreviewType = builder.objectRef<RunPreview>('RunPreview');
RunPreviewType.implement({
  description:
    'A preview of a run, made by the code that workers use. Nothing is enqueued, and the script runner is not called. Secrets are masked.',
  fields: (t) => ({
    accepted: t.exposeBoolean('accepted', { description: 'True if enqueueRun would accept the run.' }),
    bindings: t.field({
      description: 'The bindings of the run, with the values that they find.',
      type: [BindingResolutionType],
      resolve: ({ bindings }) => bindings,
    }),
    inputs: t.expose('inputs', {
      type: 'JSONObject',
      nullable: true,
      description:
        'The inputs of the script: the inputPayload, with the values of the bindings laid over it. They are checked against the inputSchema. null when there are userErrors.',
    }),
    inputErrors: t.field({
      description:
        'The places where the inputs do not match the inputSchema, at most 50. If the inputs cannot be checked, the list has one error with an empty path, and a run would fail with INPUT_UNCHECKED.',
      type: [InputErrorType],
      resolve: ({ inputErrors }) => inputErrors,
    }),
    request: t.field({
      description:
        'The JSON that the script runner would receive (JourneyScriptRequest). Its runId is not that of the later run. null when there are userErrors.',
      type: 'JSON',
      nullable: true,
      resolve: ({ request }) => request as Json,
    }),
  }),
});
addUserErrors(RunPreviewType);

builder.queryField('previewRun', (t) =>
  t.field({
    description: 'Shows what enqueueRun would do with this input. Nothing is enqueued.',
    type: RunPreviewType,
    weighs: { always: 500 },
    args: {
      input: t.arg({ description: 'The input of enqueueRun.', type: EnqueueRunInput, required: true }),
      product: t.arg({
        description: 'A product that has not been saved yet, to use instead of the stored one.',
        type: SaveProductInput,
      }),
      attachment: t.arg({
        description: 'An attachment that has not been saved yet, to use instead of the stored one.',
        type: AttachmentInput,
      }),
    },
    resolve: (_, { input, product, attachment }, { db, principal, checkBudget }) =>
      previewRun(db, input, { product, attachment }, principal.id, checkBudget),
  }),
);
