import { z } from 'zod';
import type { Result } from '../../errors.ts';
import { thenRing } from '../../feed/live/doorbell.ts';
import { type ForgottenOrder, forgetOrder } from '../../orders/forget-order.ts';
import { recordOrder } from '../../orders/record-order.ts';
import type { Order, Prisma } from '../../postgres/generated/prisma/client.ts';
import { loadOrderPayloads } from '../../reads/order-payloads.ts';
import { shownShop } from '../../shop.ts';
import { checkAllChannels } from '../rights/narrowing.ts';
import { loadRow } from '../selection/load-row.ts';
import { oneKey, uniqueWhere } from '../selection/one-key.ts';
import { prismaList, readPrismaPage } from '../selection/prisma-list.ts';
import { searchPrefix } from '../selection/search.ts';
import { builder } from './builder.ts';
import { bothWaysArgs, connectionType } from './connection.ts';
import { NodeType } from './node.ts';
import { OrderLineInput } from './order-line.ts';
import { RunType } from './run.ts';
import { ofShop, SHOP_INPUT, shopArg, shopFilterArg } from './shop-args.ts';
import { addUserErrors } from './user-error.ts';

export const OrderType = builder.prismaObject('Order', {
  select: { id: true },
  description: 'An order of a shop, as it was recorded.',
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the order.' }),
    shop: t.string({
      description: 'The shop of the order. null when it was stored without one.',
      nullable: true,
      select: { shop: true },
      resolve: ({ shop }) => shownShop(shop),
    }),
    number: t.exposeString('number', {
      description: 'The order number that the shop gave, unique within the shop.',
    }),
    placedAt: t.expose('placedAt', {
      description: 'The time at which the order was placed.',
      type: 'DateTime',
    }),
    payload: t.field({
      description:
        'The JSON of the order that the shop sent. Scripts read it as input.order. It is {} after forgetOrder.',
      type: 'JSONObject',
      resolve: async ({ id }, _, { db, loaders }) =>
        (await loaders.of('payload of orders', (ids) => loadOrderPayloads(db.pool, ids)).load(id))!,
    }),
    forgottenAt: t.expose('forgottenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which forgetOrder erased the payloads of the order. null for other orders.',
    }),
    lines: t.relation('lines', {
      description: 'The lines of the order, by position.',
      query: { orderBy: { position: 'asc' } },
    }),
  }),
});

builder.objectField(RunType, 'order', (t) =>
  t.prismaField({
    description: 'The order of the run. null when it was enqueued without one.',
    type: OrderType,
    nullable: true,
    extensions: { columns: ['orderId'] },
    resolve: (query, { orderId }, _, ctx) =>
      orderId === null ? null : loadRow(ctx, 'order', query, { id: orderId }),
  }),
);

const OrderConnection = connectionType('Order', OrderType, { counted: true });

const ORDER_LIST = prismaList<Order>('orders', { placedAt: z.iso.datetime(), id: z.uuid() }, 'desc');

builder.queryFields((t) => ({
  order: t.prismaField({
    description:
      'The order with this id or number. null when there is none. Set exactly one argument; otherwise the error is BAD_REQUEST.',
    type: OrderType,
    nullable: true,
    args: {
      id: t.arg.id({ description: 'The id of the order.' }),
      number: t.arg.string({ description: 'The order number.' }),
      shop: shopArg('order'),
    },
    resolve: (query, _, { shop, ...keys }, { db, principal }) => {
      checkAllChannels(principal);
      const key = oneKey(keys, shop);
      return (
        key && db.prisma.order.findUnique({ ...query, where: uniqueWhere<Prisma.OrderWhereUniqueInput>(key) })
      );
    },
  }),

  orders: t.field({
    description: 'The orders, by placedAt, newest first.',
    type: OrderConnection,
    weighs: { search: 100 },
    args: {
      ...bothWaysArgs(),
      search: t.arg.string({
        description: 'The beginning of the order number, case-sensitive. At most 200 characters.',
      }),
      shop: shopFilterArg('orders'),
      placedAfter: t.arg({
        type: 'DateTime',
        description: 'Lists only the orders placed at or after this time.',
      }),
      placedBefore: t.arg({
        type: 'DateTime',
        description: 'Lists only the orders placed before this time.',
      }),
    },
    resolve: (_, { search, shop, placedAfter, placedBefore, ...args }, ctx, info) => {
      checkAllChannels(ctx.principal);
      const where = {
        ...ofShop(shop),
        ...searchPrefix(search, 'number'),
        placedAt: { ...(placedAfter && { gte: placedAfter }), ...(placedBefore && { lt: placedBefore }) },
      };
      return readPrismaPage(ctx, info, ctx.db.prisma.order, ORDER_LIST, where, args);
    },
  }),
}));

export const RecordOrderInput = builder.inputType('RecordOrderInput', {
  description: 'An order to record, at most 4 MiB of JSON.',
  fields: (t) => ({
    shop: t.string({ description: SHOP_INPUT }),
    number: t.string({
      required: true,
      description: 'The order number, unique within its shop, at most 200 characters.',
    }),
    placedAt: t.field({
      type: 'DateTime',
      description: 'The time at which the order was placed. Defaults to now.',
    }),
    payload: t.field({
      type: 'JSONObject',
      required: true,
      description:
        'The JSON of the order, in the shape that the shop uses, at most 256 KiB. Scripts read it as input.order.',
    }),
    lines: t.field({
      type: [OrderLineInput],
      required: true,
      description: 'The lines of the order, at most 1,000.',
    }),
  }),
});

const OrderPayload = builder.objectRef<Result<string>>('OrderPayload');
OrderPayload.implement({
  description: 'The result of recording an order.',
  fields: (t) => ({
    order: t.prismaField({
      description: 'The recorded order. null when there are userErrors.',
      type: OrderType,
      nullable: true,
      resolve: (query, result, _, { db }) =>
        result.ok ? db.prisma.order.findUnique({ ...query, where: { id: result.value } }) : null,
    }),
  }),
});
addUserErrors(OrderPayload);

builder.mutationField('recordOrder', (t) =>
  t.field({
    takesLargeInput: true,
    description:
      'Records an order with its lines, without enqueueing runs. Idempotent by order number and shop: the same order returns the stored one; a different order with that number fails with IDEMPOTENCY_CONFLICT.',
    type: OrderPayload,
    audits: 'Order',
    args: { input: t.arg({ description: 'The order to record.', type: RecordOrderInput, required: true }) },
    resolve: (_, { input }, { db }) => recordOrder(db.pool, input),
  }),
);

const ForgetOrderPayload = builder.objectRef<Result<ForgottenOrder>>('ForgetOrderPayload');
ForgetOrderPayload.implement({
  description: 'The result of forgetOrder.',
  fields: (t) => ({
    order: t.prismaField({
      type: OrderType,
      nullable: true,
      description: 'The order, without its payloads. null when there are userErrors.',
      resolve: (query, result, _, { db }) =>
        result.ok ? db.prisma.order.findUnique({ ...query, where: { id: result.value.orderId } }) : null,
    }),
    runs: t.int({
      description: 'The number of runs whose payloads this call erased. 0 when an earlier call erased them.',
      resolve: (result) => (result.ok ? result.value.runs : 0),
    }),
  }),
});
addUserErrors(ForgetOrderPayload);

builder.mutationField('forgetOrder', (t) =>
  t.field({
    description:
      'Erases the personal data of an order: the payloads of the order and its lines, the cart and the checkout, and the payloads, results, bindings, requests, previews, error texts and event texts of its runs. Ids, keys, hashes and the history of statuses remain. Set exactly one of id and number. The error is CONFLICT while a run of the order has not ended. Afterwards no run of the order can be retried, replayed or enqueued. Forgetting a forgotten order succeeds.',
    type: ForgetOrderPayload,
    audits: 'itself',
    args: {
      id: t.arg.id({ description: 'The id of the order.' }),
      number: t.arg.string({ description: 'The order number.' }),
      shop: shopArg('order'),
    },
    resolve: async (_, { id, number, shop }, { db, feed, ring, principal, requestId }) => {
      checkAllChannels(principal);
      const key = oneKey({ id, number }, shop);
      const result = await thenRing(
        ring,
        forgetOrder(db.pool, key, { principal: principal.id, requestId }),
        ({ ok }) => ok,
      );
      // This process's reader drops its buffered events before the response is sent; other processes' readers do so
      // within a second.
      await feed.latest();
      return result;
    },
  }),
);
