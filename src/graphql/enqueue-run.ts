import { ServiceError } from '../errors.ts';
import type { ListedRun } from '../model/run.ts';
import type { EnqueueOutcome } from '../runs/enqueue-outcome.ts';
import { enqueueRun } from '../runs/enqueue-run.ts';
import { BindingInput } from './binding.ts';
import { builder } from './builder.ts';
import { TriggerType } from './definition.ts';
import { RunPriorityType, RunType } from './run.ts';
import { selectedRunColumns } from './run-columns.ts';
import { addUserErrors } from './user-error.ts';

export const EnqueueRunInput = builder.inputType('EnqueueRunInput', {
  fields: (t) => ({
    componentId: t.id({ required: true }),
    productId: t.id({
      description: 'Without an attachmentId, its single attachment of the component is taken.',
    }),
    attachmentId: t.id(),
    orderId: t.id(),
    channel: t.string({ description: 'One that the attachment takes, or `admin_preview`.' }),
    trigger: t.field({ type: TriggerType }),
    priority: t.field({ type: RunPriorityType, description: 'Unless given: NORMAL.' }),
    inputPayload: t.field({ type: 'JSONObject', description: 'At most 256 KiB, as metadata and context.' }),
    metadata: t.field({ type: 'JSONObject' }),
    context: t.field({ type: 'JSONObject' }),
    bindings: t.field({ type: [BindingInput], description: "In place of the attachment's." }),
    idempotencyKey: t.string({
      description:
        'Same key and same input: the first run again, deduplicated. Other input: IDEMPOTENCY_CONFLICT. At most 255 characters.',
    }),
    runAt: t.field({ type: 'DateTime', description: 'Not before; at most 366 days ahead.' }),
  }),
});

export const EnqueueRunPayload = builder.objectRef<EnqueueOutcome>('EnqueueRunPayload');
EnqueueRunPayload.implement({
  fields: (t) => ({
    run: t.field({
      type: RunType,
      nullable: true,
      resolve: ({ runId, deduplicated }, _, { readRun }, info) => {
        if (runId === null) return null;
        // What was stored a moment ago is known; most callers select no more.
        const known: Partial<ListedRun> = deduplicated ? { id: runId } : { id: runId, status: 'QUEUED' };
        const isKnown = selectedRunColumns(info).every((column) => column in known);
        return isKnown ? (known as ListedRun) : readRun(runId);
      },
    }),
    deduplicated: t.exposeBoolean('deduplicated', {
      description: 'Whether the run is that of an earlier request.',
    }),
  }),
});
addUserErrors(EnqueueRunPayload);

builder.mutationFields((t) => ({
  enqueueRun: t.field({
    type: EnqueueRunPayload,
    args: { input: t.arg({ type: EnqueueRunInput, required: true }) },
    resolve: (_, { input }, { db, enqueue, caller }) =>
      enqueueRun({ pool: db.pool, enqueue }, input, caller.name),
  }),
  enqueueRuns: t.field({
    description: `Up to 1,000; each stands on its own, and the answers are in their order.`,
    type: [EnqueueRunPayload],
    args: { inputs: t.arg({ type: [EnqueueRunInput], required: true }) },
    resolve: (_, { inputs }, { db, enqueue, caller }) => {
      if (inputs.length > INPUTS_AT_MOST)
        throw new ServiceError(
          'BAD_REQUEST',
          `inputs takes at most ${INPUTS_AT_MOST} runs; it was given ${inputs.length}. Send them in several calls.`,
        );
      return Promise.all(inputs.map((input) => enqueueRun({ pool: db.pool, enqueue }, input, caller.name)));
    },
  }),
}));

const INPUTS_AT_MOST = 1_000;
