import type { Outcome, UserError } from '../errors.ts';
import { previewReplay } from '../previews/preview-replay.ts';
import { cancelRun } from '../runs/cancel.ts';
import { replayRun } from '../runs/replay.ts';
import { retryRun } from '../runs/retry.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { EnqueueRunPayload } from './enqueue-run.ts';
import { loadRun, RunType } from './run.ts';
import { RunPreviewType } from './run-preview.ts';
import { addUserErrors } from './user-error.ts';

type Changed = { runId: string | null; userErrors: UserError[] };

const RunPayload = builder.objectRef<Changed>('RunPayload');
RunPayload.implement({
  fields: (t) => ({
    run: t.field({
      description: 'As it is after the change.',
      type: RunType,
      nullable: true,
      resolve: ({ runId }, _, ctx, info) => (runId === null ? null : loadRun(ctx, info, runId)),
    }),
  }),
});
addUserErrors(RunPayload);

export const ReplayRunInput = builder.inputType('ReplayRunInput', {
  description: "What the replay takes instead of the old run's.",
  fields: (t) => ({
    inputPayload: t.field({ type: 'JSONObject' }),
    metadata: t.field({ type: 'JSONObject' }),
    context: t.field({ type: 'JSONObject' }),
    useCurrentBindings: t.boolean({
      description: "The attachment's bindings as they are now, instead of the run's snapshot.",
    }),
    useLatestVersion: t.boolean({
      description: "The component's current version, instead of the run's.",
    }),
    idempotencyKey: t.string({ description: "As enqueueRun's; not in bulkReplayRuns, which has its own." }),
  }),
});

builder.mutationFields((t) => ({
  cancelRun: t.field({
    description:
      'A QUEUED run is CANCELED at once; the call of a RUNNING one is aborted within two seconds, and if its answer came first, that stands. Canceling a canceled run is a success.',
    type: RunPayload,
    args: {
      id: t.arg.id({ required: true }),
      reason: t.arg.string({ description: 'Kept with the event; at most 500 characters.' }),
    },
    resolve: async (_, { id, reason = null }, ctx) =>
      changed(ctx, await cancelRun(ctx.db.pool, id, { caller: ctx.caller.name, reason })),
  }),
  retryRun: t.field({
    description: 'Queues a FAILED or CANCELED run again: the same run, for one attempt more.',
    type: RunPayload,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_, { id }, ctx) =>
      changed(ctx, await retryRun(ctx.db.pool, ctx.config.taskQueue, id, ctx.caller.name)),
  }),
  replayRun: t.field({
    description:
      "Makes a new run with `replayOf`: the old one's payloads, bindings and version unless told otherwise, the product as it is now.",
    type: EnqueueRunPayload,
    args: { id: t.arg.id({ required: true }), input: t.arg({ type: ReplayRunInput }) },
    resolve: (_, { id, input }, { db, enqueue, caller }) =>
      replayRun({ pool: db.pool, enqueue }, id, input ?? {}, caller.name),
  }),
}));

builder.queryField('previewReplay', (t) =>
  t.field({
    description: 'What replayRun would do, without doing it.',
    type: RunPreviewType,
    weighs: { always: 500 },
    args: { id: t.arg.id({ required: true }), input: t.arg({ type: ReplayRunInput }) },
    resolve: (_, { id, input }, { db, caller, checkBudget }) =>
      previewReplay(db, id, input ?? {}, caller.name, checkBudget),
  }),
);

function changed({ ring }: Context, outcome: Outcome<string>): Changed {
  if (!outcome.ok) return { runId: null, userErrors: outcome.userErrors };
  ring();
  return { runId: outcome.value, userErrors: [] };
}
