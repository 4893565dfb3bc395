import type pg from 'pg';
import type { UserError, Written } from '../errors.ts';
import { inputErrors } from '../input-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { unnestSql, unnestValues } from '../postgres/unnest.ts';
import { orderHash, orderInput, orderLines, type RecordOrderInput } from './order-input.ts';
import { inSureTransaction } from './retried-transaction.ts';

/**
 * Records an order with its lines. Sent again under its number it is the same order; another one under that number is
 * IDEMPOTENCY_CONFLICT, with nothing written.
 */
export async function recordOrder(pool: pg.Pool, input: RecordOrderInput): Promise<Written> {
  const userErrors = inputErrors(orderInput, input);
  if (userErrors.length > 0) return { id: null, userErrors };
  const id = await inSureTransaction(pool, (client) => storeOrder(client, input));
  return id === null ? { id, userErrors: [numberTaken(input.number, ['number'])] } : { id, userErrors: [] };
}

/**
 * The id of the order of that number, stored now or before; null where that is another order. Within a transaction:
 * whoever stores the same number at the same time waits for its end. Leans on the unique number.
 */
export async function storeOrder(client: pg.PoolClient, input: RecordOrderInput): Promise<string | null> {
  const { number, placedAt = null, payload, lines } = input;
  const hash = orderHash(input);
  const stored = await client.query<{ id: string }>({
    name: 'store-order',
    text: STORE,
    values: [
      ...unnestValues(LINE, orderLines(lines)),
      newId(),
      number,
      placedAt,
      JSON.stringify(payload),
      hash,
    ],
  });
  if (stored.rows[0]) return stored.rows[0].id;
  const same = await client.query<{ id: string; same: boolean }>({
    name: 'same-order',
    text: SAME,
    values: [number, hash, placedAt],
  });
  return same.rows[0]?.same ? same.rows[0].id : null;
}

export function numberTaken(number: string, path: string[]): UserError {
  const message = `Another order was recorded under the number "${number}". Give this one a number of its own, or send that one unchanged.`;
  return { code: 'IDEMPOTENCY_CONFLICT', message, path };
}

const LINE = { position: 'int', sku: 'text', quantity: 'numeric', payload: 'jsonb' } as const;

const STORE = `
  with stored as (
    insert into orders (id, number, placed_at, payload, request_hash)
    values ($5, $6, coalesce($7::timestamptz, now()), $8::jsonb, $9)
    on conflict (number) do nothing
    returning id
  ), lines as (
    insert into order_lines (order_id, position, sku, quantity, payload)
    select stored.id, i.position, i.sku, i.quantity, i.payload from stored cross join ${unnestSql(LINE, 'i')}
  )
  select id from stored`;

const SAME = `
  select id, request_hash = $2 and placed_at = coalesce($3::timestamptz(3), placed_at) as same
  from orders where number = $1`;
