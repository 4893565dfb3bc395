import type { GraphQLResolveInfo } from 'graphql';
import { linesAt, ORDER_LINES, type OrderLineRow } from '../orders/order-row.ts';
import { productIdsOf } from '../products/product-lookup.ts';
import { PRODUCTS } from '../products/product-row.ts';
import { asked } from './asked.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { ProductType } from './product.ts';
import { rowById } from './row-by-id.ts';
import { RunType } from './run.ts';

export const OrderLineType = builder.objectRef<OrderLineRow>('OrderLine').implement({
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: 'Its place in the order, from 0, as in input.orderItems.',
    }),
    sku: t.exposeString('sku', {
      nullable: true,
      description: 'Without white space around it; null for a line without one.',
    }),
    product: t.field({
      description: 'The one that has the sku now.',
      type: ProductType,
      nullable: true,
      reads: ['sku'],
      resolve: async ({ sku }, _, ctx, info) => {
        if (sku === null) return null;
        const id = await ctx.loaders
          .of('products by sku', (skus) => productIdsOf(ctx.db.pool, skus))
          .load(sku);
        return id === undefined ? null : rowById(ctx, info, PRODUCTS, id);
      },
    }),
    quantity: t.exposeFloat('quantity'),
    payload: t.expose('payload', {
      description: "The shop's own. Scripts read it, with sku and quantity laid over it, as input.orderItem.",
      type: 'JSONObject',
    }),
  }),
});

builder.objectField(RunType, 'orderLine', (t) =>
  t.field({
    type: OrderLineType,
    nullable: true,
    reads: ['orderId', 'orderLinePosition'],
    resolve: ({ orderId, orderLinePosition }, _, ctx, info) =>
      orderId === null || orderLinePosition === null ? null : lineAt(ctx, info, orderId, orderLinePosition),
  }),
);

/** A line of an order, with what is asked of it; those that an operation asks for within a tick come from one statement. */
export async function lineAt(
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
  orderId: string,
  position: number,
): Promise<OrderLineRow | null> {
  const selection = asked(info, ORDER_LINES, 'orderId', 'position');
  const lines = loaders.of(`lines ${selection.key}`, async (keys) => {
    const found = await linesAt(db.pool, keys.map(placeOf), selection);
    return new Map(found.map((line) => [lineKey(line), line]));
  });
  return (await lines.load(lineKey({ orderId, position }))) ?? null;
}

type Place = Pick<OrderLineRow, 'orderId' | 'position'>;

const lineKey = ({ orderId, position }: Place) => `${orderId}:${position}`;

function placeOf(key: string): Place {
  const [orderId, position] = key.split(':') as [string, string];
  return { orderId, position: Number(position) };
}

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
