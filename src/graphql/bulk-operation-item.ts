import { z } from 'zod';
import { BULK_ITEM_STATUSES, type BulkOperationItem, listBulkItems } from '../bulk/items.ts';
import { builder } from './builder.ts';
import { BulkOperationType } from './bulk-operation.ts';
import { connectionType, forwardArgs } from './connection.ts';
import { keysetCursor } from './cursor.ts';
import { readPage } from './page.ts';
import { loadRun, RunType } from './run.ts';

const ItemStatusType = builder.enumType('BulkOperationItemStatus', { values: BULK_ITEM_STATUSES });

const ItemType = builder.objectRef<BulkOperationItem>('BulkOperationItem').implement({
  description: "One run of a bulk operation's set.",
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'From 1, in the order in which they are worked on.' }),
    runId: t.exposeID('runId'),
    run: t.field({
      description: 'As it is now; null once it was deleted.',
      type: RunType,
      nullable: true,
      resolve: ({ runId }, _, ctx, info) => loadRun(ctx, info, runId),
    }),
    status: t.expose('status', { type: ItemStatusType }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it failed or was skipped.' }),
  }),
});

const ItemConnection = connectionType('BulkOperationItem', ItemType, { counted: false });

builder.objectField(BulkOperationType, 'items', (t) =>
  t.field({
    description: 'The runs of the set and what became of each, in the order in which they are worked on.',
    type: ItemConnection,
    args: { ...forwardArgs(), status: t.arg({ type: [ItemStatusType] }) },
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
