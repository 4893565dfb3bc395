import { z } from 'zod';
import type { Order } from '../db/generated/prisma/client.ts';
import type { Written } from '../errors.ts';
import { narrowed } from '../model/run-filter.ts';
import { forgetOrder } from '../orders/forget-order.ts';
import { recordOrder } from '../orders/record-order.ts';
import { builder } from './builder.ts';
import { bothWaysArgs, connectionType, forwardArgs } from './connection.ts';
import { NodeType } from './node.ts';
import { oneKey } from './one-key.ts';
import { OrderLineInput } from './order-line.ts';
import { prismaList, readPrismaPage } from './prisma-list.ts';
import { RunType } from './run.ts';
import { checkedFilter, RunFilterInput } from './run-filter.ts';
import { RunConnection, readRuns } from './run-list.ts';
import { searchPrefix } from './search.ts';
import { addUserErrors } from './user-error.ts';

export const OrderType = builder.prismaObject('Order', {
  select: { id: true },
  description: "A shop's order, as it was recorded.",
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeString('number', { description: "The shop's own; unique." }),
    placedAt: t.expose('placedAt', { type: 'DateTime' }),
    payload: t.expose('payload', {
      description: "The shop's snapshot, which scripts read as input.order.",
      type: 'JSONObject',
    }),
    forgottenAt: t.expose('forgottenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When forgetOrder erased its payloads; null for every other order.',
    }),
    lines: t.relation('lines', { query: { orderBy: { position: 'asc' } } }),
    runs: t.field({
      description: 'Newest first.',
      type: RunConnection,
      weighs: { where: 100 },
      args: { ...forwardArgs(), where: t.arg({ type: RunFilterInput }) },
      resolve: ({ id }, { where, ...args }, ctx, info) =>
        readRuns(ctx, info, narrowed(checkedFilter(where), 'orderId', id), args),
    }),
  }),
});

builder.objectField(RunType, 'order', (t) =>
  t.prismaField({
    type: OrderType,
    nullable: true,
    extensions: { columns: ['orderId'] },
    resolve: (query, { orderId }, _, { db }) =>
      orderId === null ? null : db.prisma.order.findUnique({ ...query, where: { id: orderId } }),
  }),
);

const OrderConnection = connectionType('Order', OrderType, { counted: true });

const ORDER_LIST = prismaList<Order>('orders', { placedAt: z.iso.datetime(), id: z.uuid() }, 'desc');

builder.queryFields((t) => ({
  order: t.prismaField({
    type: OrderType,
    nullable: true,
    args: { id: t.arg.id(), number: t.arg.string() },
    resolve: (query, _, keys, { db }) => {
      const where = oneKey(keys);
      return where && db.prisma.order.findUnique({ ...query, where });
    },
  }),

  orders: t.field({
    description: 'By the time at which they were placed, newest first.',
    type: OrderConnection,
    weighs: { search: 100 },
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({ description: 'What the number begins with.' }),
      placedAfter: t.arg({ type: 'DateTime', description: 'This moment included.' }),
      placedBefore: t.arg({ type: 'DateTime', description: 'This moment excluded.' }),
    },
    resolve: (_, { search, placedAfter, placedBefore, ...args }, ctx, info) => {
      const where = {
        ...searchPrefix(search, 'number'),
        placedAt: { ...(placedAfter && { gte: placedAfter }), ...(placedBefore && { lt: placedBefore }) },
      };
      return readPrismaPage(ctx, info, ctx.db.prisma.order, ORDER_LIST, where, args);
    },
  }),
}));

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
        id === null ? null : db.prisma.order.findUnique({ ...query, where: { id } }),
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

type Forgotten = Written & { runs: number };
const ForgetOrderPayload = builder.objectRef<Forgotten>('ForgetOrderPayload');
ForgetOrderPayload.implement({
  description: 'What forgetOrder erased.',
  fields: (t) => ({
    order: t.prismaField({
      type: OrderType,
      nullable: true,
      description: 'The order without its payloads; null beside userErrors.',
      resolve: (query, { id }, _, { db }) =>
        id === null ? null : db.prisma.order.findUnique({ ...query, where: { id } }),
    }),
    runs: t.exposeInt('runs', {
      description: 'How many runs this call erased the payloads of; 0 when an earlier call did.',
    }),
  }),
});
addUserErrors(ForgetOrderPayload);

builder.mutationField('forgetOrder', (t) =>
  t.field({
    description:
      "Erases what is stored of an order's customer: the payloads of the order and its lines, what its checkout and automations share, and its runs' payloads, results, bindings, requests, previews, and the texts of their errors and events. Ids, keys, hashes and the history of statuses stay. Give the order's id or its number. Refused with CONFLICT while a run of the order has not ended. Afterwards no run of the order can be retried, replayed or enqueued. Idempotent.",
    type: ForgetOrderPayload,
    args: {
      id: t.arg.id({ description: "The order's id." }),
      number: t.arg.string({ description: "The shop's own number of the order." }),
    },
    resolve: async (_, { id, number }, { db, feed, ring }): Promise<Forgotten> => {
      const outcome = await forgetOrder(db.pool, oneKey({ id, number }));
      ring();
      // This process's reader drops what it holds before the answer; those of others do so within a second.
      await feed.latest();
      return outcome.ok
        ? { id: outcome.value.orderId, runs: outcome.value.runs, userErrors: [] }
        : { id: null, runs: 0, userErrors: outcome.userErrors };
    },
  }),
);
