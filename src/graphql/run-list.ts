import { z } from 'zod';
import { channelsInUse } from '../history/channels.ts';
import { countRuns, listRuns } from '../history/run-list.ts';
import { newestRunsOf, type RunParent } from '../history/run-lookup.ts';
import type { ListedRun } from '../model/run.ts';
import { narrowed, type RunFilter } from '../model/run-filter.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { ComponentType } from './component.ts';
import { bothWaysArgs, connectionType, forwardArgs } from './connection.ts';
import type { Context } from './context.ts';
import { keysetCursor } from './cursor.ts';
import { newestFirst, type PageArgs, readPage } from './page.ts';
import { ProductType } from './product.ts';
import { RunType } from './run.ts';
import { checkedFilter, RunFilterInput } from './run-filter.ts';

export const RunConnection = connectionType('Run', RunType, { counted: true });

builder.queryFields((t) => ({
  runs: t.field({
    description: 'Newest first.',
    type: RunConnection,
    args: { ...bothWaysArgs(), where: t.arg({ type: RunFilterInput }) },
    resolve: (_, { where, ...args }, ctx) => readRuns(ctx, checkedFilter(where), args),
  }),
  channels: t.stringList({
    description: 'Those in use, for completion.',
    resolve: (_, _args, { db }) => channelsInUse(db.pool),
  }),
}));

builder.prismaObjectFields(ComponentType, (t) => ({
  runs: t.field({
    description: 'Newest first.',
    type: RunConnection,
    args: { ...forwardArgs(), where: t.arg({ type: RunFilterInput }) },
    resolve: ({ id }, { where, ...args }, ctx) =>
      readRuns(ctx, narrowed(checkedFilter(where), 'componentId', id), args),
  }),
}));

builder.prismaObjectFields(ProductType, (t) => ({
  runs: t.field({
    description: 'Newest first.',
    type: RunConnection,
    args: { ...forwardArgs(), where: t.arg({ type: RunFilterInput }) },
    resolve: ({ id }, { where, ...args }, ctx) =>
      readRuns(ctx, narrowed(checkedFilter(where), 'productId', id), args),
  }),
  recentRuns: t.field({
    description: 'Newest first, at most 100.',
    type: [RunType],
    args: { first: t.arg.int({ defaultValue: RECENT }) },
    resolve: ({ id }, { first }, ctx) => recentRuns(ctx, 'product', id, first),
  }),
}));

builder.prismaObjectField(AttachmentType, 'recentRuns', (t) =>
  t.field({
    description: 'Newest first, at most 100.',
    type: [RunType],
    args: { first: t.arg.int({ defaultValue: RECENT }) },
    resolve: ({ id }, { first }, ctx) => recentRuns(ctx, 'attachment', id, first),
  }),
);

builder.objectField(RunType, 'replays', (t) =>
  t.field({
    description: 'The runs that repeat this one, newest first.',
    type: RunConnection,
    args: forwardArgs(),
    resolve: ({ id }, args, ctx) => readRuns(ctx, { replayOfId: [id] }, args),
  }),
);

const RECENT = 10;
const CURSOR = keysetCursor('runs', z.tuple([z.uuid()]));

/** A page of the runs that a filter lets through; the filter must have been checked. */
export function readRuns({ db }: Context, filter: RunFilter, args: PageArgs) {
  return readPage<ListedRun, [string]>(args, {
    cursor: CURSOR,
    keyOf: ({ id }) => [id],
    fetch: ({ after, before, ...slice }) =>
      listRuns(db.pool, filter, { ...slice, after: after?.[0] ?? null, before: before?.[0] ?? null }),
    count: (atMost) => countRuns(db.pool, filter, atMost),
  });
}

async function recentRuns({ db, loaders }: Context, parent: RunParent, id: string, asked?: number | null) {
  const first = newestFirst(asked, RECENT);
  const newest = loaders.of(`${first} recent runs of ${parent}`, (ids) =>
    newestRunsOf(db.pool, parent, ids, first),
  );
  return (await newest.load(id)) ?? [];
}
