import type pg from 'pg';
import { StartupError } from '../errors.ts';
import { createClient, poolModeOf } from '../postgres/connection-config.ts';
import { openPool } from '../postgres/database.ts';
import { NO_LIMITS } from '../postgres/session-settings.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { TURN_LOCK } from '../retention/housekeeping.ts';
import { removeBounds } from '../retention/partitions.ts';

/** A database between which a shop moves, on one connection. */
export type Cell = {
  url: string;
  client: pg.Client;
  /** Identifies the database. */
  id: string;
  close(): Promise<void>;
};

export async function openCell(url: string): Promise<Cell> {
  if (poolModeOf(url) === 'transaction')
    throw new StartupError(
      'A shop is moved past poolers that share sessions: give the address of PostgreSQL itself.',
    );
  const client = createClient(url, { query_timeout: 0 }, NO_LIMITS);
  await client.connect();
  const [identity] = await rowsOf(client, IDENTITY);
  return { url, client, id: identity!.id, close: () => client.end() };
}

/**
 * Takes the turn of housekeeping in the cell until its connection ends, so that nothing is deleted by age meanwhile.
 * @throws StartupError if another process has the turn for a minute
 */
export async function stopHousekeeping({ url, client }: Cell): Promise<void> {
  await client.query(`set lock_timeout = '60s'`);
  await client.query('select pg_advisory_lock($1)', [TURN_LOCK]).catch((error: pg.DatabaseError) => {
    if (error.code !== LOCK_NOT_AVAILABLE) throw error;
    throw new StartupError(
      'Another move-shop, or the deletion of old runs, is at work in one of the databases. Start again when it has ended.',
    );
  });
  await client.query('set lock_timeout = 0');
  const pool = openPool(url, { max: 1 });
  await removeBounds(pool).finally(() => pool.end());
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Executes `work` in a transaction that may write a closed shop. */
export async function inMove<T>({ client }: Cell, work: () => Promise<T>): Promise<T> {
  await client.query(`begin; set local journey_runtime.moves_shop = 'on'`);
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

const IDENTITY = statement({
  text: `
  select s.system_identifier::text || '/' || d.oid as id
  from pg_control_system() s, pg_database d where d.datname = current_database()`,
  columns: { id: 'text' },
});
