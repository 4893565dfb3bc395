import { queryFromInfo } from '@pothos/plugin-prisma';
import { z } from 'zod';
import type { Order } from '../db/generated/prisma/client.ts';
import type { Written } from '../errors.ts';
import type { JsonObject } from '../json/json.ts';
import { narrowed } from '../model/run-filter.ts';
import { recordOrder } from '../orders/record-order.ts';
import { builder } from './builder.ts';
import { bothWaysArgs, connectionType, forwardArgs, NODE_PATHS } from './connection.ts';
import { keysetCursor } from './cursor.ts';
import { keysetArgs } from './keyset.ts';
import { oneKey } from './one-key.ts';
import { OrderLineInput, OrderLineType } from './order-line.ts';
import { readPage } from './page.ts';
import { rowById } from './row-by-id.ts';
import { RunType } from './run.ts';
import { checkedFilter, RunFilterInput } from './run-filter.ts';
import { RunConnection, readRuns } from './run-list.ts';
import { searchPrefix } from './search.ts';
import { addUserErrors } from './user-error.ts';

export const OrderType = builder.prismaObject('Order', {
  description: "A shop's order, as it was recorded.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeString('number', { description: "The shop's own; unique." }),
    placedAt: t.expose('placedAt', { type: 'DateTime' }),
    payload: t.field({
      description: "The shop's snapshot, which scripts read as input.order.",
      type: 'JSONObject',
      select: { payload: true },
      resolve: ({ payload }) => payload as JsonObject,
    }),
    lines: t.relation('lines', { type: OrderLineType, query: { orderBy: { position: 'asc' } } }),
    runs: t.field({
      description: 'Newest first.',
      type: RunConnection,
      args: { ...forwardArgs(), where: t.arg({ type: RunFilterInput }) },
      resolve: ({ id }, { where, ...args }, ctx) =>
        readRuns(ctx, narrowed(checkedFilter(where), 'orderId', id), args),
    }),
  }),
});

builder.objectField(RunType, 'order', (t) =>
  t.field({
    type: OrderType,
    nullable: true,
    resolve: ({ orderId }, _, ctx, info) =>
      orderId === null ? null : rowById<Order>(ctx, info, 'order', orderId),
  }),
);

const OrderConnection = connectionType('Order', OrderType, { counted: true });

builder.queryFields((t) => ({
  order: t.prismaField({
    type: OrderType,
    nullable: true,
    args: { id: t.arg.id(), number: t.arg.string() },
    resolve: (query, _, { id, number }, { db }) => {
      const where = oneKey({ id, number });
      return where && db.prisma.order.findFirst({ ...query, where });
    },
  }),

  orders: t.field({
    description: 'By the time at which they were placed, newest first.',
    type: OrderConnection,
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({ description: 'What the number begins with.' }),
      placedAfter: t.arg({ type: 'DateTime', description: 'This moment included.' }),
      placedBefore: t.arg({ type: 'DateTime', description: 'This moment excluded.' }),
    },
    resolve: (_, { search, placedAfter, placedBefore, ...args }, context, info) => {
      const number = searchPrefix(search);
      const where = {
        ...(number ? { number } : {}),
        placedAt: {
          ...(placedAfter ? { gte: placedAfter } : {}),
          ...(placedBefore ? { lt: placedBefore } : {}),
        },
      };
      const { order } = context.db.prisma;
      const query = queryFromInfo({ context, info, paths: NODE_PATHS, select: { id: true, placedAt: true } });
      return readPage<Order, [string, string]>(args, {
        cursor: BY_TIME,
        keyOf: ({ placedAt, id }) => [placedAt.toISOString(), id],
        fetch: (slice) => {
          const page = keysetArgs(NEWEST_FIRST, slice);
          // The page's own bounds are alternatives; these are what the index can begin and end its walk with.
          const bounds = {
            placedAt: {
              ...(slice.after ? { lte: slice.after[0] } : {}),
              ...(slice.before ? { gte: slice.before[0] } : {}),
            },
          };
          return order.findMany({
            ...query,
            ...page,
            where: { AND: [where, bounds, page.where] },
          }) as Promise<Order[]>;
        },
        count: (take) => order.count({ where, take }),
      });
    },
  }),
}));

const BY_TIME = keysetCursor('orders', z.tuple([z.iso.datetime(), z.uuid()]));
const NEWEST_FIRST = [
  { name: 'placedAt', direction: 'desc' },
  { name: 'id', direction: 'desc' },
] as const;

export const RecordOrderInput = builder.inputType('RecordOrderInput', {
  fields: (t) => ({
    number: t.string({ required: true, description: "The shop's own." }),
    placedAt: t.field({ type: 'DateTime', description: 'Unless given, now.' }),
    payload: t.field({
      type: 'JSONObject',
      required: true,
      description: "The shop's own snapshot; at most 256 KiB.",
    }),
    lines: t.field({
      type: [OrderLineInput],
      required: true,
      description: 'At most 1,000; the whole order is at most 4 MiB.',
    }),
  }),
});

const OrderPayload = builder.objectRef<Written>('OrderPayload');
OrderPayload.implement({
  fields: (t) => ({
    order: t.prismaField({
      type: OrderType,
      nullable: true,
      resolve: (query, { id }, _, { db }) =>
        id ? db.prisma.order.findUnique({ ...query, where: { id } }) : null,
    }),
  }),
});
addUserErrors(OrderPayload);

builder.mutationField('recordOrder', (t) =>
  t.field({
    description: 'The same order under its number, again, is the same; another one is IDEMPOTENCY_CONFLICT.',
    type: OrderPayload,
    args: { input: t.arg({ type: RecordOrderInput, required: true }) },
    resolve: (_, { input }, { db }) => recordOrder(db.pool, input),
  }),
);
