import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { OrderLine, Product } from '../db/generated/prisma/client.ts';
import type { JsonObject } from '../json/json.ts';
import { productIdsOf } from '../products/product-lookup.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { ProductType } from './product.ts';
import { placeOf, rowById } from './row-by-id.ts';
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
      resolve: async ({ sku }, _, ctx, info) => {
        const id = await ctx.loaders
          .of('products by sku', (skus) => productIdsOf(ctx.db.pool, skus))
          .load(sku);
        return id === undefined ? null : rowById<Product>(ctx, info, 'product', id);
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
    resolve: ({ orderId, orderLinePosition }, _, ctx, info) =>
      orderId === null || orderLinePosition === null ? null : lineAt(ctx, info, orderId, orderLinePosition),
  }),
);

/** A line of an order, with what is asked of it; those of one field of an operation come from one statement. */
export async function lineAt(
  ctx: Context,
  info: GraphQLResolveInfo,
  orderId: string,
  position: number,
): Promise<OrderLine | null> {
  const query = queryFromInfo({ context: ctx, info });
  const lines = ctx.loaders.of(`lines at ${placeOf(info)}`, async (keys) => {
    const found = await ctx.db.prisma.orderLine.findMany({ ...query, where: { OR: conditions(keys) } });
    return new Map(found.map((line) => [lineKey(line), line]));
  });
  return (await lines.load(lineKey({ orderId, position }))) ?? null;
}

const lineKey = ({ orderId, position }: Pick<OrderLine, 'orderId' | 'position'>) => `${orderId}:${position}`;

function conditions(keys: readonly string[]) {
  const places = Map.groupBy(
    keys.map((key) => key.split(':') as [string, string]),
    ([orderId]) => orderId,
  );
  return [...places].map(([orderId, ofOrder]) => ({
    orderId,
    position: { in: ofOrder.map(([, position]) => Number(position)) },
  }));
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
