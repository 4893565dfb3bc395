import type { JsonObject } from '../json/json.ts';
import { json, rowsOf, statement } from '../postgres/statement.ts';
import type { Queryable } from '../postgres/transaction.ts';
import { isUuid } from '../postgres/uuid.ts';
import type { Order, OrderLine } from './order-input.ts';

/** The order with its lines, or null if the shop has no order with that id. */
export async function readOrder(client: Queryable, shop: string, id: string): Promise<Order | null> {
  if (!isUuid(id)) return null;
  return (await rowsOf(client, READ, [id, shop]))[0] ?? null;
}

const READ = statement({
  name: 'read-order',
  text: `
  select o.id, o.shop, o.number, o.placed_at as "placedAt", o.payload, (
    select coalesce(json_agg(l order by l.position), '[]')
    from (select position, sku, quantity::float8, payload from order_lines where order_id = o.id) l
  ) as lines
  from orders o where o.id = $1 and o.shop = $2`,
  columns: {
    id: 'uuid',
    shop: 'text',
    number: 'text',
    placedAt: 'timestamptz',
    payload: json<JsonObject>(),
    lines: json<OrderLine[]>(),
  },
});
