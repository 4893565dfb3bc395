import type pg from 'pg';
import { rowsOf, statement } from './statement.ts';

/** The share of each pool of an API process in all of its connections, one of which listens. */
export function apiConnections(all: number) {
  const enqueue = 2;
  const rest = all - enqueue - 1;
  // Queries and mutations use the others, so that any number of watching clients leaves them capacity.
  const subscriptions = Math.floor(rest / 3);
  return { enqueue, subscriptions, main: rest - subscriptions };
}

/**
 * The share of each pool of a worker process in all of its connections, one of which renews the lease. One of the job
 * queue's listens, the others fetch and complete jobs.
 */
export function workerConnections(all: number) {
  const jobs = Math.min(Math.round(all / 5), 4);
  const runs = Math.min(Math.round(all / 5), 4);
  return { jobs, runs, main: all - jobs - runs - 1 };
}

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
