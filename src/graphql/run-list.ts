import type { GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import { channelsInUse } from '../history/channels.ts';
import { countRuns, listRuns } from '../history/run-list.ts';
import { newestRunsOf } from '../history/run-lookup.ts';
import { type ListedRun, RUNS } from '../model/run.ts';
import { narrowed, type RunFilter } from '../model/run-filter.ts';
import { asked, nestedIn } from './asked.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { ComponentType } from './component.ts';
import { bothWaysArgs, connectionType, forwardArgs } from './connection.ts';
import type { Context } from './context.ts';
import { keysetCursor } from './cursor.ts';
import { newestFirst, PAGE_AT_MOST, type PageArgs, readPage } from './page.ts';
import { ProductType } from './product.ts';
import { RunType } from './run.ts';
import { checkedFilter, RunFilterInput } from './run-filter.ts';

export const RunConnection = connectionType('Run', RunType, { counted: true });

builder.queryFields((t) => ({
  runs: t.field({
    description: 'Newest first.',
    type: RunConnection,
    weighs: { where: 500 },
    args: { ...bothWaysArgs(), where: t.arg({ type: RunFilterInput }) },
    resolve: (_, { where, ...args }, ctx, info) => readRuns(ctx, info, checkedFilter(where), args),
  }),
  channels: t.stringList({
    description: 'Those in use, for completion.',
    resolve: (_, _args, { db }) => channelsInUse(db.pool),
  }),
}));

builder.objectFields(ComponentType, (t) => ({
  runs: t.field({
    description: 'Newest first.',
    type: RunConnection,
    weighs: { where: 100 },
    args: { ...forwardArgs(), where: t.arg({ type: RunFilterInput }) },
    reads: ['id'],
    resolve: ({ id }, { where, ...args }, ctx, info) =>
      readRuns(ctx, info, narrowed(checkedFilter(where), 'componentId', id), args),
  }),
}));

builder.objectFields(ProductType, (t) => ({
  runs: t.field({
    description: 'Newest first.',
    type: RunConnection,
    weighs: { where: 100 },
    args: { ...forwardArgs(), where: t.arg({ type: RunFilterInput }) },
    reads: ['id'],
    resolve: ({ id }, { where, ...args }, ctx, info) =>
      readRuns(ctx, info, narrowed(checkedFilter(where), 'productId', id), args),
  }),
  recentRuns: t.field({
    description: 'Newest first, at most 100.',
    type: [RunType],
    args: { first: t.arg.int({ defaultValue: RECENT }) },
    nests: ({ first }) => newestRunsOf('p.id', 'product_id', within(first)),
    resolve: (parent, args, _, info) => recentRuns(parent, args, info),
  }),
}));

builder.objectField(AttachmentType, 'recentRuns', (t) =>
  t.field({
    description: 'Newest first, at most 100.',
    type: [RunType],
    args: { first: t.arg.int({ defaultValue: RECENT }) },
    nests: ({ first }) => newestRunsOf('a.id', 'attachment_id', within(first)),
    resolve: (parent, args, _, info) => recentRuns(parent, args, info),
  }),
);

builder.objectField(RunType, 'replays', (t) =>
  t.field({
    description: 'The runs that repeat this one, newest first.',
    type: RunConnection,
    args: forwardArgs(),
    reads: ['id'],
    resolve: ({ id }, args, ctx, info) => readRuns(ctx, info, { replayOfId: [id] }, args),
  }),
);

const RECENT = 10;
const CURSOR = keysetCursor('runs', z.tuple([z.uuid()]));

/** A page of the runs that a filter lets through; the filter must have been checked. */
export function readRuns({ db }: Context, info: GraphQLResolveInfo, filter: RunFilter, args: PageArgs) {
  const selection = asked(info, RUNS, 'id');
  return readPage<ListedRun, [string]>(args, {
    cursor: CURSOR,
    keyOf: ({ id }) => [id],
    fetch: ({ after, before, ...slice }) =>
      listRuns(
        db.pool,
        filter,
        { ...slice, after: after?.[0] ?? null, before: before?.[0] ?? null },
        selection,
      ),
    count: (atMost) => countRuns(db.pool, filter, atMost),
  });
}

/** A size that is refused is refused where the field is resolved; what is read before that stays small. */
const within = (first: number | null | undefined) => Math.min(Math.max(first ?? RECENT, 1), PAGE_AT_MOST);

function recentRuns(parent: object, args: { first?: number | null }, info: GraphQLResolveInfo): ListedRun[] {
  newestFirst(args.first, RECENT);
  return nestedIn<ListedRun[]>(parent, args, info);
}
