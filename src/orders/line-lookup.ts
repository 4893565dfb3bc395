import type { Queryable } from '../db/transaction.ts';
import type { JsonObject } from '../json/json.ts';
import type { OrderLine } from './order.ts';

/** The lines of these keys, each `<order id>:<position>`, that exist, by key. Leans on the primary key. */
export async function findLines(
  pool: Queryable,
  keys: readonly string[],
): Promise<Map<string, OrderLine & { orderId: string; payload: JsonObject }>> {
  const places = keys.map((key) => key.split(':'));
  const { rows } = await pool.query<OrderLine & { orderId: string }>({
    name: 'order-lines',
    text: LINES,
    values: [places.map(([orderId]) => orderId), places.map(([, position]) => position)],
  });
  return new Map(rows.map((row) => [`${row.orderId}:${row.position}`, row]));
}

/** The ids of the products that have these skus now, by sku. */
export async function productIdsOf(pool: Queryable, skus: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ sku: string; id: string }>({
    name: 'product-ids-by-sku',
    text: 'select sku, id from products where sku = any($1::text[])',
    values: [skus],
  });
  return new Map(rows.map(({ sku, id }) => [sku, id]));
}

const LINES = `
  select l.order_id as "orderId", l.position, l.sku, l.quantity, l.payload
  from unnest($1::uuid[], $2::int[]) k(order_id, position) join order_lines l using (order_id, position)`;
