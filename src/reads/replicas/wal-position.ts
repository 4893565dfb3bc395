import type pg from 'pg';
import { type RowColumns, type RowOf, rowsOf, statement } from '../../postgres/statement.ts';

/** A place in the log of the server that writes it. What was committed before has a smaller position. */
export type WalPosition = { database: string; timeline: number; position: bigint };

const COLUMNS = { database: 'text', timeline: 'int4', position: 'int8' } as const satisfies RowColumns;

/** The place up to which the primary has written. */
export async function writtenPosition(primary: pg.Pool): Promise<WalPosition> {
  return parsed((await rowsOf(primary, WRITTEN))[0]!);
}

/**
 * The place up to which a replica shows the primary's commits; null if the server is not a replica. After a failover, a
 * replica of the old primary may be ahead of the new one. It then has the old timeline.
 */
export async function replayedPosition(replica: pg.Pool, timeoutMs: number): Promise<WalPosition | null> {
  const [row] = await rowsOf(replica, REPLAYED, [], { query_timeout: timeoutMs });
  return row ? parsed(row) : null;
}

const parsed = ({ database, timeline, position }: RowOf<typeof COLUMNS>): WalPosition => ({
  database,
  timeline,
  position: BigInt(position),
});

/** The same on a server and on its streaming replicas. */
const DATABASE = `(
  select s.system_identifier || ' ' || d.oid from pg_control_system() s, pg_database d where d.datname = current_database()
) as database`;

const WRITTEN = statement({
  name: 'written-position',
  text: `
  select ${DATABASE}, ('x' || left(pg_walfile_name(w), 8))::bit(32)::int as timeline,
    pg_wal_lsn_diff(w, '0/0')::int8 as position
  from pg_current_wal_insert_lsn() w`,
  columns: COLUMNS,
});

const REPLAYED = statement({
  name: 'replayed-position',
  text: `
  select ${DATABASE}, c.min_recovery_end_timeline as timeline, pg_wal_lsn_diff(w, '0/0')::int8 as position
  from pg_last_wal_replay_lsn() w, pg_control_recovery() c where pg_is_in_recovery()`,
  columns: COLUMNS,
});
