import { abortable } from '../../async/abortable.ts';
import {
  abortBulkOperation,
  type BulkOperation,
  type BulkOperationKind,
} from '../../bulk/bulk-operations.ts';
import { type BulkRequest, MAX_BULK_RUNS, startBulkOperation } from '../../bulk/start.ts';
import type { Result } from '../../errors.ts';
import type { BulkOperation as Row } from '../../postgres/generated/prisma/client.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { shownShop } from '../../shop.ts';
import type { Context } from '../context.ts';
import { ownBulkOperations } from '../rights/narrowing.ts';
import { builder } from './builder.ts';
import { NodeType } from './node.ts';
import { RunFilterInput } from './run-filter-input.ts';
import { ReplayRunInput } from './run-operations.ts';
import { addUserErrors } from './user-error.ts';

export const BulkOperationKindType = builder.enumType('BulkOperationKind', {
  description: 'The change that a bulk operation makes to each run.',
  values: {
    RETRY: { value: 'RETRY', description: 'Retries the runs, as retryRun does.' },
    CANCEL: { value: 'CANCEL', description: 'Cancels the runs, as cancelRun does.' },
    REPLAY: { value: 'REPLAY', description: 'Replays the runs, as replayRun does.' },
  } as const satisfies Record<BulkOperationKind, object>,
});

export const BulkOperationStatusType = builder.enumType('BulkOperationStatus', {
  description: 'The status of a bulk operation.',
  values: {
    RUNNING: { value: 'RUNNING', description: 'The operation is being processed in the background.' },
    COMPLETED: {
      value: 'COMPLETED',
      description: 'Every run of the operation was processed. Single runs may have failed or been skipped.',
    },
    ABORTED: {
      value: 'ABORTED',
      description: 'abortBulkOperation stopped the operation. Runs that were processed before stay changed.',
    },
  } as const satisfies Record<BulkOperation['status'], object>,
});

export const BulkOperationType = builder.prismaObject('BulkOperation', {
  description:
    'A retry, cancel or replay of many runs, processed in the background. Its set of runs is fixed when it starts.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the operation.' }),
    kind: t.expose('kind', {
      description: 'The change that the operation makes to each run.',
      type: BulkOperationKindType,
    }),
    shop: t.string({
      nullable: true,
      description:
        'The shop of the runs, if the filter named exactly one. null otherwise. The idempotencyKey is unique within it.',
      select: { shop: true },
      resolve: ({ shop }) => shownShop(shop),
    }),
    status: t.expose('status', {
      description: 'The status of the operation.',
      type: BulkOperationStatusType,
    }),
    expected: t.exposeInt('expected', {
      description: 'The number of runs that matched the filter when the operation started.',
    }),
    done: t.exposeInt('done', { description: 'The number of runs that the operation has changed so far.' }),
    failed: t.exposeInt('failed', { description: 'The number of runs for which the operation failed.' }),
    skipped: t.exposeInt('skipped', {
      description:
        'The number of runs that the operation did not apply to, such as a completed run in a cancel.',
    }),
    actor: t.string({
      nullable: true,
      description: 'The name of the API key that started the operation. null when the request had no key.',
      select: { caller: true },
      resolve: ({ caller }) => caller || null,
    }),
    createdAt: t.expose('createdAt', {
      description: 'The time at which the operation started.',
      type: 'DateTime',
    }),
    completedAt: t.expose('completedAt', {
      description: 'The time at which the operation completed or was aborted. null while it is running.',
      type: 'DateTime',
      nullable: true,
    }),
  }),
});

const BulkOperationPayload = builder.objectRef<Result<BulkOperation>>('BulkOperationPayload');
BulkOperationPayload.implement({
  description: 'The result of starting or aborting a bulk operation.',
  fields: (t) => ({
    operation: t.prismaField({
      description: 'The bulk operation. null when there are userErrors.',
      type: BulkOperationType,
      nullable: true,
      resolve: (_query, result) => (result.ok ? (result.value as Row) : null),
    }),
  }),
});
addUserErrors(BulkOperationPayload);

/** The weight of starting a bulk operation, which stores one item for each run that its filter finds. */
const BULK_WEIGHT = 5_000;

const SET = `The operation covers the runs that match the filter now, at most ${MAX_BULK_RUNS}; a filter without a condition is rejected. The mutation returns at once, and the operation continues in the background.`;
const KEY =
  'A key that makes the request safe to repeat, at most 255 characters. The same key with the same request returns the first operation. The same key with another request fails with IDEMPOTENCY_CONFLICT.';

builder.queryField('bulkOperation', (t) =>
  t.prismaField({
    description: 'The bulk operation with this id. null when there is none.',
    type: BulkOperationType,
    nullable: true,
    args: { id: t.arg.id({ description: 'The id of the bulk operation.', required: true }) },
    resolve: (query, _, { id }, ctx) =>
      isUuid(id)
        ? ctx.db.prisma.bulkOperation.findUnique({ ...query, where: { id, ...ownBulkOperations(ctx) } })
        : null,
  }),
);

builder.mutationFields((t) => ({
  bulkRetryRuns: t.field({
    description: `Retries many runs, as retryRun does. ${SET}`,
    type: BulkOperationPayload,
    audits: 'itself',
    weighs: { always: BULK_WEIGHT },
    args: {
      where: t.arg({
        description: 'Selects the runs to retry. At least one condition is required.',
        type: RunFilterInput,
        required: true,
      }),
      idempotencyKey: t.arg.string({ description: KEY }),
    },
    resolve: (_, args, ctx) => start(ctx, { kind: 'RETRY', ...args }),
  }),
  bulkCancelRuns: t.field({
    description: `Cancels many runs, as cancelRun does. ${SET}`,
    type: BulkOperationPayload,
    audits: 'itself',
    weighs: { always: BULK_WEIGHT },
    args: {
      where: t.arg({
        description: 'Selects the runs to cancel. At least one condition is required.',
        type: RunFilterInput,
        required: true,
      }),
      reason: t.arg.string({
        description: 'The reason to store with the events of the runs, at most 500 characters.',
      }),
      idempotencyKey: t.arg.string({ description: KEY }),
    },
    resolve: (_, args, ctx) => start(ctx, { kind: 'CANCEL', ...args }),
  }),
  bulkReplayRuns: t.field({
    description: `Replays many runs, as replayRun does, at LOW priority. ${SET}`,
    type: BulkOperationPayload,
    audits: 'itself',
    weighs: { always: BULK_WEIGHT },
    args: {
      where: t.arg({
        description: 'Selects the runs to replay. At least one condition is required.',
        type: RunFilterInput,
        required: true,
      }),
      input: t.arg({
        description:
          'The values that the new runs use instead of those of the old runs. Its idempotencyKey must not be set.',
        type: ReplayRunInput,
      }),
      idempotencyKey: t.arg.string({ description: KEY }),
    },
    resolve: (_, args, ctx) => start(ctx, { kind: 'REPLAY', ...args }),
  }),
  abortBulkOperation: t.field({
    description:
      'Stops a bulk operation after the batch that is being processed. Runs that were processed before stay changed. Aborting an aborted operation succeeds; for a completed one the error is CONFLICT.',
    type: BulkOperationPayload,
    audits: 'BulkOperation',
    args: { id: t.arg.id({ description: 'The id of the bulk operation.', required: true }) },
    resolve: (_, { id }, ctx) => abortBulkOperation(ctx.db.pool, id, ownBulkOperations(ctx)),
  }),
}));

builder.subscriptionField('bulkOperationUpdated', (t) =>
  t.prismaField({
    description:
      'Sends the bulk operation as it is now, and again after changes, at most twice a second. The subscription completes when the operation has ended.',
    type: BulkOperationType,
    args: {
      id: t.arg.id({
        description: 'The id of the bulk operation. An unknown id ends the subscription with NOT_FOUND.',
        required: true,
      }),
    },
    subscribe: (_, { id }, ctx) =>
      abortable((left) => ctx.watchBulkOperation(id, ownBulkOperations(ctx), left)),
    resolve: (_query, operation) => operation as Row,
  }),
);

const start = (
  { db, config, principal, runScope, requestId }: Context,
  request: BulkRequest,
): Promise<Result<BulkOperation>> =>
  startBulkOperation(db.pool, config.taskQueue, request, principal.id, runScope, requestId);
