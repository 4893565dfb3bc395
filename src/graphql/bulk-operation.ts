import { abortBulkOperation, type BulkOperation, type BulkOperationKind } from '../bulk/operation.ts';
import { type BulkRequest, MAX_BULK_RUNS, startBulkOperation } from '../bulk/start.ts';
import type { BulkOperation as Row } from '../db/generated/prisma/client.ts';
import { isUuid } from '../db/uuid.ts';
import type { Outcome, UserError } from '../errors.ts';
import { leavable } from '../feed/leavable.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { NodeType } from './node.ts';
import { RunFilterInput } from './run-filter.ts';
import { ReplayRunInput } from './run-operations.ts';
import { addUserErrors } from './user-error.ts';

const BulkOperationKindType = builder.enumType('BulkOperationKind', {
  values: ['RETRY', 'CANCEL', 'REPLAY'] as const satisfies BulkOperationKind[],
});

const BulkOperationStatusType = builder.enumType('BulkOperationStatus', {
  values: {
    RUNNING: { value: 'RUNNING', description: 'Is worked through in the background.' },
    COMPLETED: { value: 'COMPLETED', description: 'Each run of the set has met its outcome.' },
    ABORTED: { value: 'ABORTED', description: 'Was stopped before that; what was done stands.' },
  } as const satisfies Record<BulkOperation['status'], object>,
});

export const BulkOperationType = builder.prismaObject('BulkOperation', {
  description: 'What an operator asked of many runs at once.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.expose('kind', { type: BulkOperationKindType }),
    status: t.expose('status', { type: BulkOperationStatusType }),
    expected: t.exposeInt('expected', { description: 'How many runs were found when it was asked.' }),
    done: t.exposeInt('done'),
    failed: t.exposeInt('failed', { description: 'Where it went wrong.' }),
    skipped: t.exposeInt('skipped', {
      description: 'To which it did not apply, as a cancel to a completed run.',
    }),
    actor: t.string({
      nullable: true,
      description: 'Who asked.',
      select: { caller: true },
      resolve: ({ caller }) => caller || null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true }),
  }),
});

type Payload = { operation: BulkOperation | null; userErrors: UserError[] };

const BulkOperationPayload = builder.objectRef<Payload>('BulkOperationPayload');
BulkOperationPayload.implement({
  fields: (t) => ({
    operation: t.prismaField({
      type: BulkOperationType,
      nullable: true,
      resolve: (_query, { operation }) => operation as Row | null,
    }),
  }),
});
addUserErrors(BulkOperationPayload);

/** It stores as many items as its filter finds. */
const BULK_WEIGHT = 5_000;

const SET = `Of the runs that are found now, at most ${MAX_BULK_RUNS}; a filter without a condition is refused. Answers at once and goes on in the background.`;
const KEY = 'Same key and same request: the first operation again. Other request: IDEMPOTENCY_CONFLICT.';

builder.queryField('bulkOperation', (t) =>
  t.prismaField({
    type: BulkOperationType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (query, _, { id }, { db }) =>
      isUuid(id) ? db.prisma.bulkOperation.findUnique({ ...query, where: { id } }) : null,
  }),
);

builder.mutationFields((t) => ({
  bulkRetryRuns: t.field({
    description: `retryRun of many. ${SET}`,
    type: BulkOperationPayload,
    weighs: { always: BULK_WEIGHT },
    args: {
      where: t.arg({ type: RunFilterInput, required: true }),
      idempotencyKey: t.arg.string({ description: KEY }),
    },
    resolve: (_, args, ctx) => start(ctx, { kind: 'RETRY', ...args }),
  }),
  bulkCancelRuns: t.field({
    description: `cancelRun of many. ${SET}`,
    type: BulkOperationPayload,
    weighs: { always: BULK_WEIGHT },
    args: {
      where: t.arg({ type: RunFilterInput, required: true }),
      reason: t.arg.string({ description: 'Kept with the events; at most 500 characters.' }),
      idempotencyKey: t.arg.string({ description: KEY }),
    },
    resolve: (_, args, ctx) => start(ctx, { kind: 'CANCEL', ...args }),
  }),
  bulkReplayRuns: t.field({
    description: `replayRun of many, at LOW priority. ${SET}`,
    type: BulkOperationPayload,
    weighs: { always: BULK_WEIGHT },
    args: {
      where: t.arg({ type: RunFilterInput, required: true }),
      input: t.arg({ type: ReplayRunInput }),
      idempotencyKey: t.arg.string({ description: KEY }),
    },
    resolve: (_, args, ctx) => start(ctx, { kind: 'REPLAY', ...args }),
  }),
  abortBulkOperation: t.field({
    description: 'Stops an operation after the batch in work; what was done stands.',
    type: BulkOperationPayload,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_, { id }, { db }) => payload(await abortBulkOperation(db.pool, id)),
  }),
}));

builder.subscriptionField('bulkOperationUpdated', (t) =>
  t.prismaField({
    description:
      'The operation as it is, then again after changes, at most twice a second; completes when the operation has ended.',
    type: BulkOperationType,
    args: { id: t.arg.id({ required: true }) },
    subscribe: (_, { id }, { watchBulkOperation }) => leavable((left) => watchBulkOperation(id, left)),
    resolve: (_query, operation) => operation as Row,
  }),
);

const start = async ({ db, config, caller }: Context, request: BulkRequest): Promise<Payload> =>
  payload(await startBulkOperation(db.pool, config.taskQueue, request, caller.name));

const payload = (outcome: Outcome<BulkOperation>): Payload =>
  outcome.ok
    ? { operation: outcome.value, userErrors: [] }
    : { operation: null, userErrors: outcome.userErrors };
