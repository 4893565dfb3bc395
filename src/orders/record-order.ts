import type pg from 'pg';
import type { SaveResult, UserError } from '../errors.ts';
import { inputErrors } from '../input-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { withRetriedTransaction } from '../postgres/retried-transaction.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { unnestSql, unnestValues } from '../postgres/unnest.ts';
import { orderHash, orderInput, orderLines, type RecordOrderInput } from './order-input.ts';

/**
 * Records an order with its lines. Sent again under its number it is the same order; another one under that number is
 * IDEMPOTENCY_CONFLICT, with nothing written.
 */
export async function recordOrder(pool: pg.Pool, input: RecordOrderInput): Promise<SaveResult> {
  const userErrors = inputErrors(orderInput, input);
  if (userErrors.length > 0) return { id: null, userErrors };
  const id = await withRetriedTransaction(pool, (client) => storeOrder(client, input));
  return id === null ? { id, userErrors: [numberTaken(input.number, ['number'])] } : { id, userErrors: [] };
}

/**
 * The id of the order of that number, stored now or before; null where that is another order. Within a transaction:
 * whoever stores the same number at the same time waits for its end. Leans on the unique number.
 */
export async function storeOrder(client: pg.PoolClient, input: RecordOrderInput): Promise<string | null> {
  const { number, placedAt = null, payload, lines } = input;
  const hash = orderHash(input);
  const own = [newId(), number, placedAt, JSON.stringify(payload), hash];
  const [stored] = await rowsOf(client, STORE, [...unnestValues(LINE, orderLines(lines)), ...own]);
  if (stored) return stored.id;
  const [known] = await rowsOf(client, SAME, [number, hash, placedAt]);
  return known?.same ? known.id : null;
}

export function numberTaken(number: string, path: string[]): UserError {
  const message = `Another order was recorded under the number "${number}". Give this one a number of its own, or send that one unchanged.`;
  return { code: 'IDEMPOTENCY_CONFLICT', message, path };
}

const LINE = { position: 'int', sku: 'text', quantity: 'numeric', payload: 'jsonb' } as const;

const STORE = statement({
  name: 'store-order',
  text: `
  with stored as (
    insert into orders (id, number, placed_at, payload, request_hash)
    values ($5, $6, coalesce($7::timestamptz, now()), $8::jsonb, $9)
    on conflict (number) do nothing
    returning id
  ), lines as (
    insert into order_lines (order_id, position, sku, quantity, payload)
    select stored.id, i.position, i.sku, i.quantity, i.payload from stored cross join ${unnestSql(LINE, 'i')}
  )
  select id from stored`,
  columns: { id: 'uuid' },
});

const SAME = statement({
  name: 'same-order',
  text: `
  select id, request_hash = $2 and placed_at = coalesce($3::timestamptz(3), placed_at) as same
  from orders where number = $1`,
  columns: { id: 'uuid', same: 'bool' },
});
