import type { InputError } from '../bindings/input-schema.ts';
import type { BindingResolution } from '../bindings/resolve.ts';
import type { Json } from '../json/json.ts';
import type { RunPreview } from '../previews/preview.ts';
import { previewRun } from '../previews/preview-run.ts';
import { AttachmentInput } from './attachment.ts';
import { BindingType } from './binding.ts';
import { builder } from './builder.ts';
import { EnqueueRunInput } from './enqueue-run.ts';
import { SaveProductInput } from './product.ts';
import { addUserErrors } from './user-error.ts';

const BindingResolutionType = builder.objectRef<BindingResolution>('BindingResolution').implement({
  description: 'What a binding finds.',
  fields: (t) => ({
    binding: t.expose('binding', { type: BindingType }),
    resolved: t.exposeBoolean('resolved', { description: 'true for a null that is there.' }),
    value: t.expose('value', { type: 'JSON', nullable: true }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it found nothing.' }),
  }),
});

const InputErrorType = builder.objectRef<InputError>('InputError').implement({
  description: "Where the inputs break the component's inputSchema.",
  fields: (t) => ({
    path: t.exposeString('path', { description: "A JSON pointer into the inputs; '' is all of them." }),
    message: t.exposeString('message'),
  }),
});

export const RunPreviewType = builder.objectRef<RunPreview>('RunPreview');
RunPreviewType.implement({
  description: "What enqueueRun would do, by the worker's own code, without doing it. Secrets are masked.",
  fields: (t) => ({
    accepted: t.exposeBoolean('accepted', { description: 'Whether enqueueRun would take it.' }),
    bindings: t.field({ type: [BindingResolutionType], resolve: ({ bindings }) => bindings }),
    inputs: t.expose('inputs', {
      type: 'JSONObject',
      nullable: true,
      description: 'inputPayload overlaid by the resolved bindings; what inputSchema judges.',
    }),
    inputErrors: t.field({
      description:
        "Where the inputs break the inputSchema, at most 50 places. Where they cannot be checked, one error with the path '' says why; a run would fail with INPUT_UNCHECKED.",
      type: [InputErrorType],
      resolve: ({ inputErrors }) => inputErrors,
    }),
    request: t.field({
      description: 'The JourneyScriptRequest that the runner would get, but for runId.',
      type: 'JSON',
      nullable: true,
      resolve: ({ request }) => request as Json,
    }),
  }),
});
addUserErrors(RunPreviewType);

builder.queryField('previewRun', (t) =>
  t.field({
    description:
      'What enqueueRun would do with this input. `product` and `attachment` stand in for what is not saved yet.',
    type: RunPreviewType,
    weighs: { always: 500 },
    args: {
      input: t.arg({ type: EnqueueRunInput, required: true }),
      product: t.arg({ type: SaveProductInput }),
      attachment: t.arg({ type: AttachmentInput }),
    },
    resolve: (_, { input, product, attachment }, { db, caller, checkBudget }) =>
      previewRun(db, input, { product, attachment }, caller.name, checkBudget),
  }),
);
