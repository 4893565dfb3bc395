import type pg from 'pg';
import { rowsOf, statement } from './statement.ts';

/**
 * The number of connections that the server has left for the service, without the open and the reserved ones. Behind
 * a pooler, this is the number of the server, not of the pooler.
 */
export async function freeConnections(pool: pg.Pool): Promise<number> {
  return (await rowsOf(pool, FREE))[0]!.free;
}

/** A setting that an older server does not have counts as 0. */
const FREE = statement({
  text: `
  select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    - coalesce(current_setting('reserved_connections', true), '0')::int
    - (select count(*)::int from pg_stat_activity where backend_type in ('client backend', 'walsender')) as free`,
  columns: { free: 'int4' },
});
