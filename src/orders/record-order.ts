import type pg from 'pg';
import { invalid, ok, type Result, type UserError } from '../errors.ts';
import { inputErrors } from '../input-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { withRetriedTransaction } from '../postgres/retried-transaction.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { unnestSql, unnestValues } from '../postgres/unnest.ts';
import { shopOf } from '../shop.ts';
import { orderHash, orderInput, orderLines, type RecordOrderInput } from './order-input.ts';

/**
 * Records an order with its lines, and returns its id. Idempotent by order number within the shop: the same order returns the stored one; a
 * different order with that number fails with IDEMPOTENCY_CONFLICT, and nothing is written.
 */
export async function recordOrder(pool: pg.Pool, input: RecordOrderInput): Promise<Result<string>> {
  const userErrors = inputErrors(orderInput, input);
  if (userErrors.length > 0) return invalid(...userErrors);
  const hash = await orderHash(input);
  const id = await withRetriedTransaction(pool, (client) => storeOrder(client, input, hash));
  return id === null ? invalid(numberTaken(input.number, ['number'])) : ok(id);
}

/**
 * Stores the order, whose orderHash is `hash`, unless it exists, and returns its id; null if a different order has its number. Runs
 * within a transaction: other transactions that store the same number wait until it ends. Uses the unique (number, shop).
 */
export async function storeOrder(
  client: pg.PoolClient,
  input: RecordOrderInput,
  hash: Buffer,
): Promise<string | null> {
  const { number, placedAt = null, payload, lines } = input;
  const shop = shopOf(input.shop);
  const own = [newId(), number, placedAt, JSON.stringify(payload), hash, shop];
  const [stored] = await rowsOf(client, STORE, [...unnestValues(LINE, orderLines(lines)), ...own]);
  if (stored) return stored.id;
  const [known] = await rowsOf(client, SAME, [number, hash, placedAt, shop]);
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
    insert into orders (id, number, placed_at, payload, request_hash, shop)
    values ($5, $6, coalesce($7::timestamptz, now()), $8::jsonb, $9, $10)
    on conflict (number, shop) do nothing
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
  from orders where number = $1 and shop = $4`,
  columns: { id: 'uuid', same: 'bool' },
});
