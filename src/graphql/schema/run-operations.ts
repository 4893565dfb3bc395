import { invalid, type Result } from '../../errors.ts';
import { thenRing } from '../../feed/live/doorbell.ts';
import { emptyPreview } from '../../previews/preview.ts';
import { previewReplay } from '../../previews/preview-replay.ts';
import { cancelRun } from '../../runs/operate/cancel.ts';
import { unknownRun } from '../../runs/operate/explain-refusal.ts';
import { replayRun } from '../../runs/operate/replay.ts';
import { retryRun } from '../../runs/operate/retry.ts';
import type { Context } from '../context.ts';
import { seesRun } from '../rights/narrowing.ts';
import { builder } from './builder.ts';
import { EnqueueRunPayload } from './enqueue.ts';
import { loadRun, RunType } from './run.ts';
import { RunPreviewType } from './run-preview.ts';
import { addUserErrors } from './user-error.ts';

/** The id of the changed run. */
type ChangeResult = Result<string>;

const RunPayload = builder.objectRef<ChangeResult>('RunPayload');
RunPayload.implement({
  description: 'The result of a change of a run.',
  fields: (t) => ({
    run: t.field({
      description: 'The run after the change. null when there are userErrors.',
      type: RunType,
      nullable: true,
      resolve: (result, _, ctx, info) => (result.ok ? loadRun(ctx, info, result.value) : null),
    }),
  }),
});
addUserErrors(RunPayload);

export const ReplayRunInput = builder.inputType('ReplayRunInput', {
  description:
    'The values that a replay uses instead of those of the old run. Fields that are omitted or null use the values of the old run.',
  fields: (t) => ({
    inputPayload: t.field({
      description: 'The inputPayload of the new run, at most 256 KiB.',
      type: 'JSONObject',
    }),
    metadata: t.field({ description: 'The metadata of the new run, at most 256 KiB.', type: 'JSONObject' }),
    context: t.field({ description: 'The context of the new run, at most 256 KiB.', type: 'JSONObject' }),
    useCurrentBindings: t.boolean({
      description:
        'If true, the new run uses the current bindings of the attachment instead of the bindingSnapshot of the old run. Defaults to false.',
    }),
    useLatestVersion: t.boolean({
      description:
        'If true, the new run uses the current version of the component instead of the version of the old run. Defaults to false.',
    }),
    idempotencyKey: t.string({
      description:
        'A key that makes the request safe to repeat, as in EnqueueRunInput. It must not be set in bulkReplayRuns, which has its own.',
    }),
  }),
});

builder.mutationFields((t) => ({
  cancelRun: t.field({
    description:
      'Cancels a run. A QUEUED run is CANCELED immediately. For a RUNNING run, the call of the script runner is aborted within two seconds; if the result was recorded before, it stands. Canceling a canceled run succeeds. For a COMPLETED or FAILED run the error is NOT_CANCELABLE.',
    type: RunPayload,
    audits: 'Run',
    args: {
      id: t.arg.id({ description: 'The id of the run.', required: true }),
      reason: t.arg.string({ description: 'The reason to store with the event, at most 500 characters.' }),
    },
    resolve: (_, { id, reason = null }, ctx) =>
      ifSeen(ctx, id, () =>
        thenRing(ctx.ring, cancelRun(ctx.db.pool, id, { caller: ctx.principal.id, reason }), isOk),
      ),
  }),
  retryRun: t.field({
    description:
      'Queues a FAILED or CANCELED run again, for one more attempt. It remains the same run. For a run with another status, or of a forgotten order, the error is NOT_RETRYABLE.',
    type: RunPayload,
    audits: 'Run',
    args: { id: t.arg.id({ description: 'The id of the run.', required: true }) },
    resolve: (_, { id }, ctx) =>
      ifSeen(ctx, id, () => thenRing(ctx.ring, retryRun(ctx.db.pool, id, ctx.principal.id), isOk)),
  }),
  replayRun: t.field({
    description:
      'Enqueues a new run that repeats an old one. It uses the payloads, bindings and version of the old run, unless the input replaces them, and the product as it is now. replayOf of the new run is the old one.',
    type: EnqueueRunPayload,
    audits: 'itself',
    args: {
      id: t.arg.id({ description: 'The id of the run to repeat.', required: true }),
      input: t.arg({
        description: 'The values that the new run uses instead of those of the old run.',
        type: ReplayRunInput,
      }),
    },
    resolve: (_, { id, input }, ctx, { fieldName }) =>
      ifSeen(ctx, id, () =>
        replayRun({ pool: ctx.db.pool, enqueue: ctx.enqueue }, id, input ?? {}, ctx.principal.id, {
          action: fieldName,
          requestId: ctx.requestId,
        }),
      ),
  }),
}));

builder.queryField('previewReplay', (t) =>
  t.field({
    description: 'Shows what replayRun would do with this input. Nothing is enqueued.',
    type: RunPreviewType,
    weighs: { always: 500 },
    args: {
      id: t.arg.id({ description: 'The id of the run to repeat.', required: true }),
      input: t.arg({ description: 'The input of replayRun.', type: ReplayRunInput }),
    },
    resolve: async (_, { id, input }, ctx) =>
      (await seesRun(ctx, id))
        ? previewReplay(ctx.db, id, input ?? {}, ctx.principal.id, ctx.checkBudget)
        : emptyPreview([unknownRun(id)]),
  }),
);

/** Makes the change unless the client may not see the run, which is an unknown one for it then. */
const ifSeen = async <T>(ctx: Context, id: string, change: () => Promise<Result<T>>): Promise<Result<T>> =>
  (await seesRun(ctx, id)) ? change() : invalid(unknownRun(id));

const isOk = ({ ok }: ChangeResult): boolean => ok;
