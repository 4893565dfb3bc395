import { RELEASED } from '../feed/log/event-xid.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { sqlList, TERMINAL_STATUSES } from '../runs/model/status.ts';
import type { Cell } from './cell.ts';
import { copyRows } from './copy-rows.ts';
import { readMove } from './move-state.ts';
import {
  BULK_TABLES,
  COMPONENT_TABLES,
  type MovedTable,
  ORDER_TABLES,
  PRODUCT_TABLES,
  RUN_TABLES,
  WAITING_TABLE,
} from './moved-tables.ts';

export type Copied = { source: Cell; target: Cell; shop: string; print: (line: string) => void };

/** Copies the history of a shop that is open: runs that have ended, orders and bulk operations. Goes on where it was stopped. */
export async function copyHistory(move: Copied): Promise<void> {
  await copyEnded(move, RELEASED_ENDS);
  await copyOrders(move);
  await copyChanged(move);
  await copyEnded(move, RELEASED_ENDS);
}

/** Copies what copyHistory could not: what changed since, waiting runs and the catalogue. The shop is closed and at rest. */
export async function copyRest(move: Copied): Promise<void> {
  const { source, target, shop } = move;
  // No transaction is writing events of the shop, so all of its events are in their places.
  await copyEnded(move, ALL_ENDS);
  await copyChanged(move);
  const forgotten = await rowsOf(source.client, FORGOTTEN, [shop]);
  await copyAll(move, RUN_TABLES, forgotten);
  await copyAll(move, [...RUN_TABLES, WAITING_TABLE], await rowsOf(source.client, WAITING, [shop]));
  for (const tables of [COMPONENT_TABLES, PRODUCT_TABLES]) {
    const { rows } = await source.client.query(`select id from ${tables[0]!.name} where shop = $1`, [shop]);
    await copyAll(move, tables, rows);
  }
  const owners = await rowsOf(source.client, OWNERS, [shop]);
  await target.client.query(ADD_OWNERS, [owners.map(({ row }) => row)]);
}

const progressOf = async ({ source, shop }: Copied) => (await readMove(source, shop))!;

/** Follows the log of the shop's events to its end, and copies the runs that ended. A run that was retried is copied again. */
async function copyEnded(move: Copied, after: typeof ALL_ENDS): Promise<void> {
  const { source, shop, print } = move;
  let copied = 0;
  for (;;) {
    const { copiedXid, copiedPosition } = await progressOf(move);
    const ended = await rowsOf(source.client, after, [shop, copiedXid, copiedPosition, BATCH]);
    const last = ended.at(-1);
    if (!last) break;
    await copyRows(move, RUN_TABLES, [...new Set(ended.map(({ id }) => id))]);
    await source.client.query(SAVE_PLACE, [shop, last.xid, last.position]);
    copied += ended.length;
    if (copied % REPORTED < BATCH) print(`${copied} ended runs are copied.`);
  }
}

/** Runs that are copied in one transaction. */
const BATCH = 100;
const REPORTED = 10_000;

/** Uses the index (xid, position). */
const endedAfter = (released: string) =>
  statement({
    text: `
  select e.run_id as id, e.xid, e.position from journey_run_events e
  where e.shop = $1 and (e.xid, e.position) > ($2::xid8, $3::bigint) and ${released}
    and e.status in ${sqlList(TERMINAL_STATUSES)}
    and exists (select from journey_run_outcomes o where o.run_id = e.run_id)
  order by e.xid, e.position limit $4`,
    columns: { id: 'uuid', xid: 'xid8', position: 'int8' },
  });
const RELEASED_ENDS = endedAfter(RELEASED);
const ALL_ENDS = endedAfter('true');

const SAVE_PLACE = 'update journey_shop_moves set copied_xid = $2, copied_position = $3 where shop = $1';

async function copyOrders(move: Copied): Promise<void> {
  const { source, shop } = move;
  for (;;) {
    const { copiedOrder } = await progressOf(move);
    const orders = await rowsOf(source.client, NEXT_ORDERS, [shop, copiedOrder, BATCH]);
    if (orders.length === 0) return;
    await copyRows(
      move,
      ORDER_TABLES,
      orders.map(({ id }) => id),
    );
    await source.client.query(SAVE_ORDER, [shop, orders.at(-1)!.id]);
  }
}

/** Uses the index (shop, placed_at, id). */
const NEXT_ORDERS = statement({
  text: `
  select id from orders where shop = $1 and shop <> ''
    and (placed_at, id) > (coalesce((select placed_at from orders where id = $2), '-infinity'), $2::uuid)
  order by placed_at, id limit $3`,
  columns: { id: 'uuid' },
});
const SAVE_ORDER = 'update journey_shop_moves set copied_order = $2 where shop = $1';

/** Copies the orders and bulk operations that changed since the last time, and saves the time from which to look the next time. */
async function copyChanged(move: Copied): Promise<void> {
  const { source, target, shop } = move;
  const { copiedSince } = await progressOf(move);
  const from = new Date(copiedSince.getTime() - LONGEST_WRITE_MS);
  const [clock] = await rowsOf(source.client, NOW);
  await copyAll(move, ORDER_TABLES, await rowsOf(source.client, CHANGED_ORDERS, [shop, from]));
  const copied = (await rowsOf(target.client, BULK, [shop])).map(({ id }) => id);
  for (const { id } of await rowsOf(source.client, CHANGED_BULK, [shop, from, copied]))
    await copyRows(move, BULK_TABLES, [id]);
  await source.client.query('update journey_shop_moves set copied_since = $2 where shop = $1', [
    shop,
    clock!.now,
  ]);
}

const NOW = statement({ text: 'select now()', columns: { now: 'timestamptz' } });

/** Far longer than any transaction of the service, whose rows have the time at which it began. */
const LONGEST_WRITE_MS = 600_000;

const CHANGED_ORDERS = statement({
  text: `
  select id from orders where shop = $1 and (created_at >= $2 or forgotten_at >= $2)
  union select order_id from journey_run_groups where shop = $1 and (created_at >= $2 or erased_at >= $2)`,
  columns: { id: 'uuid' },
});
const BULK = statement({
  text: 'select id from journey_bulk_operations where shop = $1',
  columns: { id: 'uuid' },
});
/** An input is erased, with the orders that it was for, without a time. */
const CHANGED_BULK = statement({
  text: `
  select id from journey_bulk_operations where shop = $1 and status <> 'RUNNING'
    and (created_at >= $2 or completed_at >= $2 or erased_at >= $2 or id <> all ($3::uuid[])
      or kind = 'REPLAY' and input = '{}')`,
  columns: { id: 'uuid' },
});

/** The ended runs of orders that were forgotten, perhaps after the runs were copied. */
const FORGOTTEN = statement({
  text: `
  select r.id from orders o join journey_runs r on r.order_id = o.id
  where o.shop = $1 and o.forgotten_at is not null and exists (select from journey_run_outcomes s where s.run_id = r.id)`,
  columns: { id: 'uuid' },
});
const WAITING = statement({
  text: 'select run_id as id from journey_run_queue where shop = $1',
  columns: { id: 'uuid' },
});

/** The principals that own idempotency keys of the shop. */
const OWNERS = statement({
  text: `
  select p::text as row from journey_principals p where p.id in (
    select caller from journey_run_keys where shop = $1 union select caller from journey_run_groups where shop = $1
    union select caller from journey_bulk_operations where shop = $1)`,
  columns: { row: 'text' },
});
const ADD_OWNERS = `
  insert into journey_principals select (p.row).* from unnest($1::text[]) i(text)
    cross join lateral (select i.text::journey_principals as row offset 0) p
  on conflict do nothing`;

async function copyAll(move: Copied, tables: readonly MovedTable[], rows: { id: string }[]): Promise<void> {
  for (let first = 0; first < rows.length; first += BATCH)
    await copyRows(
      move,
      tables,
      rows.slice(first, first + BATCH).map(({ id }) => id),
    );
}
