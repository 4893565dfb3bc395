import { z } from 'zod';
import { type BulkOperationItem, listBulkItems } from '../../bulk/items.ts';
import { readPage } from '../selection/page.ts';
import { keysetCursor } from '../selection/page-cursor.ts';
import { builder } from './builder.ts';
import { BulkOperationType } from './bulk-operation.ts';
import { connectionType, forwardArgs } from './connection.ts';
import { loadRun, RunType } from './run.ts';

const ItemStatusType = builder.enumType('BulkOperationItemStatus', {
  description: 'The result of a bulk operation for one run.',
  values: {
    PENDING: {
      value: 'PENDING',
      description: 'The run has not been processed. It stays so if the operation is aborted.',
    },
    DONE: { value: 'DONE', description: 'The run was changed.' },
    SKIPPED: {
      value: 'SKIPPED',
      description: 'The operation does not apply to the run, such as a cancel of a completed run.',
    },
    FAILED: { value: 'FAILED', description: 'The operation failed for the run.' },
  } as const satisfies Record<BulkOperationItem['status'], object>,
});

const ItemType = builder.objectRef<BulkOperationItem>('BulkOperationItem').implement({
  description: 'One run of a bulk operation, and what the operation did to it.',
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: 'The position of the item in the operation, from 1. Items are processed in this order.',
    }),
    runId: t.exposeID('runId', { description: 'The id of the run.' }),
    run: t.field({
      description: 'The run as it is now. null after retention deleted the run.',
      type: RunType,
      nullable: true,
      resolve: ({ runId }, _, ctx, info) => loadRun(ctx, info, runId),
    }),
    status: t.expose('status', {
      description: 'The result of the operation for this run.',
      type: ItemStatusType,
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason why the operation failed for this run, or skipped it. null for other items.',
    }),
  }),
});

const ItemConnection = connectionType('BulkOperationItem', ItemType, { counted: false });

builder.objectField(BulkOperationType, 'items', (t) =>
  t.field({
    description:
      'The runs of the operation and the result for each, in the order in which they are processed.',
    type: ItemConnection,
    args: {
      ...forwardArgs(),
      status: t.arg({
        description: 'Lists only the items with one of these statuses. null lists all items.',
        type: [ItemStatusType],
      }),
    },
    resolve: ({ id }, { status, ...args }, { db }) =>
      readPage<BulkOperationItem, [number]>(args, {
        cursor: CURSOR,
        keyOf: ({ position }) => [position],
        fetch: ({ after, before, ...slice }) =>
          listBulkItems(db.pool, id, status ?? null, {
            ...slice,
            after: after?.[0] ?? null,
            before: before?.[0] ?? null,
          }),
      }),
  }),
);

const CURSOR = keysetCursor('bulk-items', z.tuple([z.int32()]));
