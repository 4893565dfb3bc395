import type { Queryable } from '../db/transaction.ts';
import { isUuid } from '../db/uuid.ts';
import type { Order } from './order.ts';

/** The order with its lines, or null where there is none of that id. */
export async function readOrder(client: Queryable, id: string): Promise<Order | null> {
  if (!isUuid(id)) return null;
  const { rows } = await client.query<Order>({ name: 'read-order', text: READ, values: [id] });
  return rows[0] ?? null;
}

const READ = `
  select o.id, o.number, o.placed_at as "placedAt", o.payload, array(
    select jsonb_build_object('position', l.position, 'sku', l.sku, 'quantity', l.quantity, 'payload', l.payload)
    from order_lines l where l.order_id = o.id order by l.position
  ) as lines
  from orders o where o.id = $1`;
