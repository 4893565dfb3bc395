import { type NestedRows, rowsWhere, type Selection, type Table } from '../db/table.ts';
import type { Queryable } from '../db/transaction.ts';
import type { Order, OrderLine } from './order.ts';

/** An order as stored, without its lines. */
export type OrderRow = Omit<Order, 'lines'> & { forgottenAt: Date | null };
export type OrderLineRow = OrderLine & { orderId: string };

export const ORDERS: Table<OrderRow> = {
  from: 'orders o',
  columns: {
    id: 'o.id',
    number: 'o.number',
    placedAt: 'o.placed_at',
    payload: 'o.payload',
    forgottenAt: 'o.forgotten_at',
  },
};

export const ORDER_LINES: Table<OrderLineRow> = {
  from: 'order_lines l',
  columns: {
    orderId: 'l.order_id',
    position: 'l.position',
    sku: 'l.sku',
    quantity: 'l.quantity::float8',
    payload: 'l.payload',
  },
};

/** The lines of an order `o`. */
export const LINES_OF_ORDER: NestedRows = {
  table: ORDER_LINES,
  where: () => 'l.order_id = o.id',
  order: 'l.position',
};

/** The lines that stand at these places, as far as there are any. */
export function linesAt(
  pool: Queryable,
  places: readonly Pick<OrderLineRow, 'orderId' | 'position'>[],
  selection: Selection<OrderLineRow>,
): Promise<OrderLineRow[]> {
  const orders = places.map(({ orderId }) => orderId);
  const positions = places.map(({ position }) => position);
  return rowsWhere(
    pool,
    ORDER_LINES,
    selection,
    (bind) =>
      `(l.order_id, l.position) in (select * from unnest(${bind(orders)}::uuid[], ${bind(positions)}::int[]))`,
  );
}
