import { rest } from '../../async/own-turn.ts';
import { ServiceError } from '../../errors.ts';
import type { EnqueueRunInput as RunInput } from '../../runs/enqueue/enqueue-input.ts';
import type { EnqueueResult } from '../../runs/enqueue/enqueue-outcome.ts';
import { enqueueRun } from '../../runs/enqueue/enqueue-run.ts';
import type { ListedRun } from '../../runs/model/run-row.ts';
import type { Context } from '../context.ts';
import { checkChannel } from '../rights/narrowing.ts';
import { selectedRunColumns } from '../selection/run-columns.ts';
import { BindingInput } from './binding.ts';
import { builder } from './builder.ts';
import { TriggerType } from './definition.ts';
import { RunType } from './run.ts';
import { RunPriorityType } from './run-status.ts';
import { SHOP_INPUT } from './shop-args.ts';
import { addUserErrors } from './user-error.ts';

export const EnqueueRunInput = builder.inputType('EnqueueRunInput', {
  description: 'The request to run a component once.',
  fields: (t) => ({
    shop: t.string({
      description: `${SHOP_INPUT} The component, and the product, the attachment and the order if they are set, must be of this shop: others are NOT_FOUND. The idempotencyKey is unique within it.`,
    }),
    componentId: t.id({
      description: 'The id of the component to run. The run uses its current version.',
      required: true,
    }),
    productId: t.id({
      description:
        "The id of the product that the script receives. Without an attachmentId, the run takes the product's attachment of the component if there is exactly one.",
    }),
    attachmentId: t.id({
      description:
        'The id of the attachment whose bindings and channels the run uses. It must be an attachment of the component and, if productId is set, of that product.',
    }),
    orderId: t.id({ description: 'The id of the order that the run belongs to.' }),
    channel: t.string({
      description:
        "The channel of the run, at most 128 characters: one of the attachment's channelEligibility, or `admin_preview`. Defaults to null, which skips the check of the channel.",
    }),
    trigger: t.field({
      description:
        'The trigger of the run. The service stores it and sends it to the script; it need not be a trigger of the component.',
      type: TriggerType,
    }),
    priority: t.field({ type: RunPriorityType, description: 'The priority of the run. Defaults to NORMAL.' }),
    inputPayload: t.field({
      type: 'JSONObject',
      description:
        'The input of the run, at most 256 KiB of JSON. Bindings read it as input, and its keys are inputs of the script unless a binding fills the same key. Defaults to {}.',
    }),
    metadata: t.field({
      description:
        'JSON for filters and bindings, at most 256 KiB. Bindings read it as metadata. Defaults to {}.',
      type: 'JSONObject',
    }),
    context: t.field({
      description:
        'JSON about the circumstances of the run, at most 256 KiB. Bindings read it as context. Defaults to {}.',
      type: 'JSONObject',
    }),
    bindings: t.field({
      type: [BindingInput],
      description:
        "The bindings of the run. They replace the bindings of the attachment. Defaults to the attachment's bindings.",
    }),
    idempotencyKey: t.string({
      description:
        'A key that makes the request safe to repeat, at most 255 characters. The same key with the same input returns the first run, with deduplicated: true. The same key with another input fails with IDEMPOTENCY_CONFLICT.',
    }),
    runAt: t.field({
      type: 'DateTime',
      description: 'The earliest time at which the run may start, at most 366 days ahead. Defaults to now.',
    }),
  }),
});

export const EnqueueRunPayload = builder.objectRef<EnqueueResult>('EnqueueRunPayload');
EnqueueRunPayload.implement({
  description: 'The result of enqueueing one run.',
  fields: (t) => ({
    run: t.field({
      description:
        'The enqueued run, or the run of the earlier request with the same idempotencyKey. null when there are userErrors.',
      type: RunType,
      nullable: true,
      resolve: (result, _, { readRun }, info) => {
        if (!result.ok) return null;
        const { runId, deduplicated } = result.value;
        // The id and status of a run that was just stored are known without a read; most callers select nothing else.
        const known: Partial<ListedRun> = deduplicated ? { id: runId } : { id: runId, status: 'QUEUED' };
        const isKnown = selectedRunColumns(info).every((column) => column in known);
        return isKnown ? (known as ListedRun) : readRun(runId);
      },
    }),
    deduplicated: t.boolean({
      description: 'True if an earlier request with the same idempotencyKey enqueued the run.',
      resolve: (result) => result.ok && result.value.deduplicated,
    }),
  }),
});
addUserErrors(EnqueueRunPayload);

builder.mutationFields((t) => ({
  enqueueRun: t.field({
    description:
      'Enqueues one run of a component. When the response arrives, the run is stored, and it will reach a terminal status.',
    type: EnqueueRunPayload,
    audits: 'itself',
    args: { input: t.arg({ description: 'The run to enqueue.', type: EnqueueRunInput, required: true }) },
    resolve: (_, { input }, ctx, { fieldName }) => enqueue(ctx, input, fieldName),
  }),
  enqueueRuns: t.field({
    takesLargeInput: true,
    description:
      'Enqueues up to 1,000 runs. Each succeeds or fails on its own. The payloads are in the order of the inputs.',
    type: [EnqueueRunPayload],
    audits: 'itself',
    args: {
      inputs: t.arg({
        description: 'The runs to enqueue, at most 1,000. A longer list fails with BAD_REQUEST.',
        type: [EnqueueRunInput],
        required: true,
      }),
    },
    resolve: (_, { inputs }, ctx, { fieldName }) => {
      if (inputs.length > INPUTS_AT_MOST)
        throw new ServiceError(
          'BAD_REQUEST',
          `inputs takes at most ${INPUTS_AT_MOST} runs; it was given ${inputs.length}. Send them in several calls.`,
        );
      for (const { channel } of inputs) checkChannel(ctx.principal, channel);
      return Promise.all(
        inputs.map(async (input) => {
          await rest();
          return enqueue(ctx, input, fieldName);
        }),
      );
    },
  }),
}));

function enqueue(
  { db, enqueue, principal, requestId }: Context,
  input: RunInput,
  action: string,
): Promise<EnqueueResult> {
  checkChannel(principal, input.channel);
  return enqueueRun({ pool: db.pool, enqueue }, input, principal.id, { action, requestId });
}

const INPUTS_AT_MOST = 1_000;
