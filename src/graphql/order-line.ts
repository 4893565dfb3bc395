import { builder } from './builder.ts';
import { ProductType } from './product.ts';
import { RunType } from './run.ts';

export const OrderLineType = builder.prismaObject('OrderLine', {
  select: { orderId: true, position: true },
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: 'Its place in the order, from 0, as in input.orderItems.',
    }),
    sku: t.exposeString('sku', {
      nullable: true,
      description: 'Without white space around it; null for a line without one.',
    }),
    product: t.prismaField({
      description: 'The one that has the sku now.',
      type: ProductType,
      nullable: true,
      select: { sku: true },
      resolve: (query, { sku }, _, { db }) =>
        sku === null ? null : db.prisma.product.findUnique({ ...query, where: { sku } }),
    }),
    quantity: t.float({
      select: { quantity: true },
      resolve: ({ quantity }) => quantity.toNumber(),
    }),
    payload: t.expose('payload', {
      description: "The shop's own. Scripts read it, with sku and quantity laid over it, as input.orderItem.",
      type: 'JSONObject',
    }),
  }),
});

builder.objectField(RunType, 'orderLine', (t) =>
  t.prismaField({
    type: OrderLineType,
    nullable: true,
    extensions: { columns: ['orderId', 'orderLinePosition'] },
    resolve: (query, { orderId, orderLinePosition: position }, _, { db }) =>
      orderId === null || position === null
        ? null
        : db.prisma.orderLine.findUnique({ ...query, where: lineKey(orderId, position) }),
  }),
);

/** The key of the line at a position of an order. */
export const lineKey = (orderId: string, position: number) => ({ orderId_position: { orderId, position } });

export const OrderLineInput = builder.inputType('OrderLineInput', {
  fields: (t) => ({
    sku: t.string({
      description:
        'White space around it is removed. A line without a sku, with a blank one, or with one that no product has is stored and skipped with PRODUCT_NOT_FOUND.',
    }),
    quantity: t.float({
      required: true,
      description:
        '0, as for a refunded line, or from 0.000001 to 1,000,000; decimals, as for goods by weight, are stored exactly.',
    }),
    payload: t.field({ type: 'JSONObject', description: "The shop's own; at most 256 KiB." }),
  }),
});
