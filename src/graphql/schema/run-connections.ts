import type { GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import { channelsInUse } from '../../reads/channels.ts';
import { countRuns, listRuns } from '../../reads/run-list.ts';
import { findNewestRuns, type RunParent } from '../../reads/run-lookup.ts';
import { withCondition } from '../../runs/model/run-filter.ts';
import type { ListedRun } from '../../runs/model/run-row.ts';
import { type NarrowedFilter, narrowed } from '../../runs/model/run-scope.ts';
import type { Context } from '../context.ts';
import { newestFirst, type PageArgs, readPage } from '../selection/page.ts';
import { keysetCursor } from '../selection/page-cursor.ts';
import { selectedRunColumns } from '../selection/run-columns.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { ComponentType } from './component.ts';
import { bothWaysArgs, connectionType, forwardArgs } from './connection.ts';
import { OrderType } from './order.ts';
import { ProductType } from './product.ts';
import { RunType } from './run.ts';
import { checkedFilter, RunFilterInput } from './run-filter-input.ts';
import { RunGroupType } from './run-group-type.ts';

/** The default number of recentRuns. */
const RECENT = 10;

const RunConnection = connectionType('Run', RunType, { counted: true });

builder.queryFields((t) => ({
  runs: t.field({
    description: 'The runs, newest first.',
    type: RunConnection,
    weighs: { where: 500 },
    args: {
      ...bothWaysArgs(),
      where: t.arg({ description: 'Lists only the runs that match the filter.', type: RunFilterInput }),
    },
    resolve: (_, { where, ...args }, ctx, info) => readRuns(ctx, info, checkedFilter(ctx, where), args),
  }),
  channels: t.stringList({
    description:
      'The channels that attachments and runs use, in alphabetical order, at most 1,000: of these, the ones of the client, if it is held to channels. User interfaces can offer them for completion.',
    resolve: async (_, _args, { db, principal: { channels } }) =>
      (await channelsInUse(db.pool)).filter((channel) => channels?.has(channel) ?? true),
  }),
}));

for (const { type, noun, field } of [
  { type: ComponentType, noun: 'component', field: 'componentId' },
  { type: ProductType, noun: 'product', field: 'productId' },
  { type: OrderType, noun: 'order', field: 'orderId' },
  { type: RunGroupType, noun: 'group', field: 'groupId' },
] as const)
  builder.prismaObjectField(type as typeof ProductType, 'runs', (t) =>
    t.field({
      description: `The runs of the ${noun}, newest first.`,
      type: RunConnection,
      weighs: { where: 100 },
      args: {
        ...forwardArgs(),
        where: t.arg({ description: 'Lists only the runs that match the filter.', type: RunFilterInput }),
      },
      resolve: ({ id }, { where, ...args }, ctx, info) =>
        readRuns(ctx, info, withCondition(checkedFilter(ctx, where), field, id), args),
    }),
  );

builder.objectField(RunType, 'replays', (t) =>
  t.field({
    description: 'The replays of this run, newest first.',
    type: RunConnection,
    args: forwardArgs(),
    resolve: ({ id }, args, ctx, info) =>
      readRuns(ctx, info, narrowed(ctx.runScope, { replayOfId: [id] }), args),
  }),
);

for (const { type, noun, parent } of [
  { type: ProductType, noun: 'product', parent: 'product_id' },
  { type: AttachmentType, noun: 'attachment', parent: 'attachment_id' },
] as const)
  builder.prismaObjectField(type as typeof ProductType, 'recentRuns', (t) =>
    t.field({
      description: `The newest runs of the ${noun}, newest first.`,
      type: [RunType],
      args: {
        first: t.arg.int({
          description: 'The number of runs to return, from 1 to 100.',
          defaultValue: RECENT,
        }),
      },
      resolve: (row, { first }, ctx, info) => recentRuns(ctx, info, parent, row, first),
    }),
  );

const CURSOR = keysetCursor('runs', z.tuple([z.uuid()]));

/** Reads a page of the runs that match a filter. A filter of the client must have been checked (checkedFilter). */
function readRuns(context: Context, info: GraphQLResolveInfo, filter: NarrowedFilter, args: PageArgs) {
  const columns = selectedRunColumns(info);
  const { pool } = context.db;
  return readPage<ListedRun, [string]>(args, {
    cursor: CURSOR,
    keyOf: ({ id }) => [id],
    fetch: ({ after, before, ...slice }) =>
      listRuns(pool, filter, { ...slice, after: after?.[0] ?? null, before: before?.[0] ?? null }, columns),
    count: (atMost) => countRuns(pool, filter, atMost),
  });
}

/** Reads the newest runs of a product or an attachment; one statement reads those of all parents in an operation. */
async function recentRuns(
  { db, loaders, runScope }: Context,
  info: GraphQLResolveInfo,
  parent: RunParent,
  { id, recentRuns: known }: { id: string; recentRuns?: ListedRun[] },
  first: number | null | undefined,
): Promise<ListedRun[]> {
  const limit = newestFirst(first, RECENT);
  if (known) return known;
  const columns = selectedRunColumns(info);
  const newest = loaders.of(`newest runs ${parent} ${limit} ${columns}`, (ids) =>
    findNewestRuns(db.pool, runScope, parent, ids, limit, columns),
  );
  return (await newest.load(id)) ?? [];
}
