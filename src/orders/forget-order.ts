import type pg from 'pg';
import { stateHash } from '../audit/audited-state.ts';
import { type Change, recordChange } from '../audit/record-change.ts';
import { invalid, ok, type Result, type UserError } from '../errors.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { inTransaction, type Queryable } from '../postgres/transaction.ts';
import { NO_ID } from '../postgres/uuid.ts';
import { erasePayloadsOfOrder } from '../runs/upkeep/erase.ts';

/** An order's id, in its shop if one is given, or its number and shop. */
type OrderKey = { id?: string; number?: string; shop?: string };

/** `runs` is the number of runs erased by this call. */
export type ForgottenOrder = { orderId: string; runs: number };

/**
 * Erases the data of an order's customer: the payloads of the order and its lines, what its groups share, and its
 * runs' payloads with every field that could quote them. Ids, hashes, keys and the history of statuses stay.
 * Rejected while a run of the order has not ended. Afterwards nothing can be enqueued, retried or replayed for the
 * order. A repeated call erases what an interrupted one left.
 */
export async function forgetOrder(
  pool: pg.Pool,
  key: OrderKey | null,
  author: Pick<Change, 'principal' | 'requestId'>,
): Promise<Result<ForgottenOrder>> {
  const change: Change = { ...author, action: 'forgetOrder', type: 'Order' };
  const order =
    key && (await inTransaction(pool, LOCK_TIMEOUT_MS, (client) => eraseOrder(client, key, change)));
  if (!order) return invalid(UNKNOWN);
  if (order.unended > 0) return invalid(inFlight(order.unended, order.id));

  let runs = 0;
  for (let after: string | null = NO_ID; after !== null; ) {
    const batch = await erasePayloadsOfOrder(pool, order.id, after);
    runs += batch.erased;
    after = batch.last;
  }
  await pool.query(ERASED_EVENTS);
  // A retry that began before the order was forgotten may have queued its run again.
  const unended = await countUnended(pool, order.id);
  return unended > 0 ? invalid(inFlight(unended, order.id)) : ok({ orderId: order.id, runs });
}

/**
 * Locks the order against being forgotten until the transaction ends, so that nothing is stored for the order after
 * its erasure. Returns true if the order is already forgotten.
 */
export async function isForgotten(client: Queryable, orderId: string): Promise<boolean> {
  return (await rowsOf(client, FORGOTTEN, [orderId]))[0]?.forgotten ?? false;
}

export const orderForgotten = (path: string[]): UserError => ({
  code: 'CONFLICT',
  message:
    'The order was forgotten: its payloads are erased, and nothing is enqueued for it. Use another order.',
  path,
});

async function eraseOrder(
  client: pg.PoolClient,
  { id, number, shop }: OrderKey,
  change: Change,
): Promise<{ id: string; unended: number } | null> {
  // Waits for all transactions that are storing something for the order.
  const [order] = await rowsOf(client, LOCKED, [id ?? null, number ?? null, shop ?? null]);
  if (!order) return null;
  const unended = await countUnended(client, order.id);
  if (unended === 0) {
    const before = await stateHash(client, 'Order', order.id);
    for (const statement of ERASE_ORDER) await client.query(statement, [order.id]);
    await recordChange(client, change, order.id, before);
  }
  return { id: order.id, unended };
}

async function countUnended(client: Queryable, orderId: string): Promise<number> {
  return (await rowsOf(client, UNENDED, [orderId]))[0]!.unended;
}

const LOCK_TIMEOUT_MS = 5_000;

const UNKNOWN: UserError = {
  code: 'NOT_FOUND',
  message: 'There is no such order. Correct its id or its number.',
  path: [],
};

const inFlight = (count: number, orderId: string): UserError => ({
  code: 'CONFLICT',
  message: `${count} runs of the order have not ended. Cancel them with bulkCancelRuns(where: {orderId: ["${orderId}"]}), wait for their end, and call again.`,
  path: [],
});

const FORGOTTEN = statement({
  name: 'order-forgotten',
  text: 'select forgotten_at is not null as forgotten from orders where id = $1 for key share',
  columns: { forgotten: 'bool' },
});

/** Uses the primary key or the unique (number, shop): it is planned with its values. */
const LOCKED = statement({
  text: `
  select id from orders
  where ($1::uuid is null or id = $1) and ($2::text is null or number = $2) and ($3::text is null or shop = $3) for update`,
  columns: { id: 'uuid' },
});

/** Counts active runs, and replays that a bulk operation is about to make. Uses the index (order_id, id). */
const UNENDED = statement({
  text: `
  select count(*)::int as unended from journey_runs r
  where r.order_id = $1 and (not exists (select from journey_run_outcomes s where s.run_id = r.id) or exists (
    select from journey_bulk_operations o join journey_bulk_operation_items i on i.operation_id = o.id
    where o.status = 'RUNNING' and i.status = 'PENDING' and i.run_id = r.id))`,
  columns: { unended: 'int4' },
});

const ERASE_ORDER = [
  `update orders set payload = '{}', forgotten_at = coalesce(forgotten_at, now()) where id = $1`,
  `update order_lines set payload = '{}' where order_id = $1`,
  `update journey_run_groups set shared_input = '{}', shared_context = '{}', erased_at = coalesce(erased_at, now())
   where order_id = $1`,
  // Erases the input that an operator sent for replays of the order's runs.
  `update journey_bulk_operations o set input = '{}'
   where o.kind = 'REPLAY' and o.status <> 'RUNNING' and o.input <> '{}' and exists (
     select from journey_bulk_operation_items i join journey_runs r on r.id = i.run_id
     where i.operation_id = o.id and r.order_id = $1)`,
];

/** Makes every reader of the feed drop the events in its memory. */
const ERASED_EVENTS = 'update journey_feed set erasures = erasures + 1 where id = 1';
