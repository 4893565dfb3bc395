import type { OrderLine, Product } from '../db/generated/prisma/client.ts';
import type { JsonObject } from '../json/json.ts';
import { findLines, productIdsOf } from '../orders/line-lookup.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { ProductType } from './product.ts';
import { RunType } from './run.ts';

export const OrderLineType = builder.prismaObject('OrderLine', {
  select: { orderId: true, position: true },
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: 'Its place in the order, from 0, as in input.orderItems.',
    }),
    sku: t.exposeString('sku'),
    product: t.field({
      description: 'The one that has the sku now.',
      type: ProductType,
      nullable: true,
      select: { sku: true },
      resolve: async ({ sku }, _, { db, loaders }) => {
        const id = await loaders.of('products by sku', (skus) => productIdsOf(db.pool, skus)).load(sku);
        return id === undefined ? null : ({ id } as Product);
      },
    }),
    quantity: t.exposeInt('quantity'),
    payload: t.field({
      description: "The shop's own. Scripts read it, with sku and quantity laid over it, as input.orderItem.",
      type: 'JSONObject',
      select: { payload: true },
      resolve: ({ payload }) => payload as JsonObject,
    }),
  }),
});

builder.objectField(RunType, 'orderLine', (t) =>
  t.field({
    type: OrderLineType,
    nullable: true,
    resolve: ({ orderId, orderLinePosition }, _, ctx) =>
      orderId === null || orderLinePosition === null ? null : loadLine(ctx, orderId, orderLinePosition),
  }),
);

/** A line of an order; those that an operation asks for within a tick come from one statement. */
export async function loadLine(
  { db, loaders }: Context,
  orderId: string,
  position: number,
): Promise<OrderLine | null> {
  const lines = loaders.of('order lines', (keys) => findLines(db.pool, keys));
  return ((await lines.load(`${orderId}:${position}`)) as OrderLine | undefined) ?? null;
}

export const OrderLineInput = builder.inputType('OrderLineInput', {
  fields: (t) => ({
    sku: t.string({
      required: true,
      description: 'One without a product is no mistake: the line runs nothing.',
    }),
    quantity: t.int({ required: true, description: 'From 1 to 1,000,000.' }),
    payload: t.field({ type: 'JSONObject', description: "The shop's own; at most 256 KiB." }),
  }),
});
