import { lineId, loadLinePayloads } from '../../reads/order-payloads.ts';
import { loadRow } from '../selection/load-row.ts';
import { builder } from './builder.ts';
import { ProductType } from './product.ts';
import { RunType } from './run.ts';

export const OrderLineType = builder.prismaObject('OrderLine', {
  description: 'A line of an order.',
  select: { orderId: true, position: true },
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: 'The position of the line in the order, counted from 0, as in input.orderItems.',
    }),
    sku: t.exposeString('sku', {
      nullable: true,
      description:
        'The SKU of the line, without surrounding white space. null for a line without one, such as a fee.',
    }),
    product: t.prismaField({
      description: 'The product of the shop that has the SKU now. null when no product has it.',
      type: ProductType,
      nullable: true,
      select: { sku: true, order: { select: { shop: true } } },
      resolve: (query, { sku, order }, _, ctx) =>
        sku === null ? null : loadRow(ctx, 'product', query, { sku, shop: order.shop }),
    }),
    quantity: t.float({
      description: 'The ordered quantity. Decimals are exact to 6 places.',
      select: { quantity: true },
      resolve: ({ quantity }) => quantity.toNumber(),
    }),
    payload: t.field({
      description:
        'The JSON that the shop sent with the line. Scripts read it as input.orderItem, where sku and quantity are those of the order. It is {} after forgetOrder.',
      type: 'JSONObject',
      resolve: async (line, _, { db, loaders }) =>
        (await loaders.of('payload of lines', (ids) => loadLinePayloads(db.pool, ids)).load(lineId(line)))!,
    }),
  }),
});

builder.objectField(RunType, 'orderLine', (t) =>
  t.prismaField({
    description: 'The order line that the run was enqueued for. null when it was not enqueued for a line.',
    type: OrderLineType,
    nullable: true,
    extensions: { columns: ['orderId', 'orderLinePosition'] },
    resolve: (query, { orderId, orderLinePosition: position }, _, ctx) =>
      orderId === null || position === null ? null : loadRow(ctx, 'orderLine', query, { orderId, position }),
  }),
);

export const OrderLineInput = builder.inputType('OrderLineInput', {
  description: 'A line of an order.',
  fields: (t) => ({
    sku: t.string({
      description:
        'The SKU of the line, at most 200 characters. Surrounding white space is removed. Lines with no SKU, or one that no product has, are stored, and skipped with PRODUCT_NOT_FOUND.',
    }),
    quantity: t.float({
      required: true,
      description:
        'The ordered quantity: 0, as for a refunded line, or from 0.000001 to 1,000,000. Decimals, as for goods sold by weight, are stored exactly.',
    }),
    payload: t.field({
      type: 'JSONObject',
      description:
        'JSON about the line, at most 256 KiB. Scripts read it as input.orderItem, where sku and quantity are those of the order. Defaults to {}.',
    }),
  }),
});
