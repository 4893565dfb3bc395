import type pg from 'pg';
import { StartupError } from '../errors.ts';
import { type RowOf, rowsOf, statement } from '../postgres/statement.ts';
import { isParkedSql, parkedSql, unparkedSql } from '../queue/parked-queue.ts';
import { addDueJobsSql } from '../queue/tasks.ts';
import { type Cell, inMove } from './cell.ts';

/** A shop's row of journey_shop_moves (schema.prisma describes the states); `peer` is the id of the other cell. */
export type Move = RowOf<typeof MOVE>;

const MOVE = {
  state: 'journey_shop_move_state',
  peer: 'text',
  copiedXid: 'xid8',
  copiedPosition: 'int8',
  copiedOrder: 'uuid',
  copiedSince: 'timestamptz',
} as const;

/** The state of the shop in the cell; null: it does not move. */
export async function readMove({ client }: Cell, shop: string): Promise<Move | null> {
  return (await rowsOf(client, READ, [shop]))[0] ?? null;
}

const READ = statement({
  text: `
  select state, peer, copied_xid as "copiedXid", copied_position as "copiedPosition", copied_order as "copiedOrder",
    copied_since as "copiedSince"
  from journey_shop_moves where shop = $1`,
  columns: MOVE,
});

/** Opens the shop in its source for copying. */
export async function startCopying({ client }: Cell, shop: string, peer: string): Promise<void> {
  await client.query(`insert into journey_shop_moves (shop, state, peer) values ($1, 'COPYING', $2)`, [
    shop,
    peer,
  ]);
}

/** Closes the shop in its target, where it must not exist. It may have moved away from there before. */
export async function startArriving(cell: Cell, shop: string, peer: string): Promise<void> {
  await withWritersOut(cell, async () => {
    const { rows } = await cell.client.query(EXISTS, [shop]);
    if (rows[0].exists)
      throw new StartupError(
        `The target has a shop ${shop} already. Choose another target, or delete that shop.`,
      );
    await cell.client.query(ARRIVE, [shop, peer]);
    await cell.client.query(COUNT_MOVE);
  });
}

const EXISTS = `
  select exists (select from journey_components where shop = $1) or exists (select from products where shop = $1)
    or exists (select from orders where shop = $1) or exists (select from journey_runs where shop = $1) as exists`;
const ARRIVE = `
  insert into journey_shop_moves (shop, state, peer) values ($1, 'ARRIVING', $2)
  on conflict (shop) do update set state = 'ARRIVING', peer = $2`;
/** Makes all processes of the cell read which shops have moved. */
const COUNT_MOVE = 'update journey_feed set moves = moves + 1 where id = 1';

/**
 * Closes the shop in its source: later writes are rejected, and earlier ones are committed when this returns. Returns
 * false if a bulk operation of the shop is at work, which must end first.
 */
export function closeShop(cell: Cell, shop: string): Promise<boolean> {
  return withWritersOut(cell, async () => {
    const { rows } = await cell.client.query(BULK_AT_WORK, [shop]);
    if (rows[0].exists) return false;
    await cell.client.query(`update journey_shop_moves set state = 'CLOSED' where shop = $1`, [shop]);
    return true;
  });
}

const BULK_AT_WORK = `
  select exists (select from journey_bulk_operations where shop = $1 and status = 'RUNNING') as exists`;

/** Executes `work` in a transaction while no transaction writes to any shop. Waits briefly, since writers wait behind it. */
async function withWritersOut<T>(cell: Cell, work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await inMove(cell, async () => {
        await cell.client.query(`set local lock_timeout = '200ms'`);
        await cell.client.query('lock table journey_shop_moves in exclusive mode');
        return work();
      });
    } catch (error) {
      if ((error as pg.DatabaseError).code !== LOCK_NOT_AVAILABLE) throw error;
      // Writers that wait behind the lock go first.
      await cell.client.query('select pg_sleep(0.2)');
    }
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Sets the waiting runs of a closed shop aside. Returns how many runs are not at rest yet: they run, or wait again. */
export async function parkRuns({ client }: Cell, shop: string): Promise<number> {
  await client.query(PARK, [shop]);
  return (await rowsOf(client, RESTLESS, [shop]))[0]!.count;
}

const PARK = `
  update journey_run_queue r set queue = ${parkedSql('r.queue')} where r.shop = $1 and not ${isParkedSql('r.queue')}`;
const UNPARK = `
  update journey_run_queue r set queue = ${unparkedSql('r.queue')} where r.shop = $1 and ${isParkedSql('r.queue')}
  returning r.queue`;

/** One statement, so that no run is overlooked while it goes from one table to the other. */
const RESTLESS = statement({
  text: `
  select (select count(*) from journey_running where shop = $1)::int
    + (select count(*) from journey_run_queue r where r.shop = $1 and not ${isParkedSql('r.queue')})::int as count`,
  columns: { count: 'int4' },
});

/** The commit that moves the shop: from now on it is the target's. */
export async function markMoved({ client }: Cell, shop: string): Promise<void> {
  const { rowCount } = await client.query(MARK, [shop]);
  if (rowCount !== 1) throw new Error(`the shop ${shop} is not closed in its source any more`);
}

const MARK = `
  with moved as (update journey_shop_moves set state = 'MOVED' where shop = $1 and state = 'CLOSED' returning shop)
  update journey_feed set moves = moves + 1 where id = 1 and exists (select from moved)`;

/** Opens the shop: its waiting runs are taken by workers, and clients may write. */
export async function openShop(cell: Cell, shop: string): Promise<void> {
  await inMove(cell, async () => {
    await cell.client.query(`with opened as (${UNPARK}) ${addDueJobsSql('opened')}`, [shop]);
    await cell.client.query('delete from journey_shop_moves where shop = $1', [shop]);
    await cell.client.query(COUNT_MOVE);
  });
}
