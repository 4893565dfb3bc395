import type pg from 'pg';
import { type RowColumns, type RowOf, rowsOf, statement } from '../postgres/statement.ts';
import { isServedSql } from '../queue/served-queues.ts';

/** The runs that wait in one task queue. */
export type QueueDepth = RowOf<typeof COLUMNS>;

const COLUMNS = {
  /** Null for the runs without a queue. */
  name: 'text?',
  /** Counted up to the limit. */
  queued: 'int4',
  /** Seconds since the oldest due run became due; null when no run is due. */
  oldestDueSeconds: 'float8?',
  /** Whether a live worker takes the runs of the queue. */
  isServed: 'bool',
} as const satisfies RowColumns;

/** Lists the queues that have QUEUED runs, by name. Counts the runs of each up to `atMost`. */
export async function queueDepths(pool: pg.Pool, atMost: number): Promise<QueueDepth[]> {
  return rowsOf(pool, DEPTHS, [atMost]);
}

/** Steps from queue to queue on the index (queue, run_at), and reads at most $1 entries of each. */
const DEPTHS = statement({
  name: 'queue-depths',
  text: `
  with recursive queues (queue) as (
    (select queue from journey_run_queue order by queue limit 1)
    union all
    select (select r.queue from journey_run_queue r where r.queue > q.queue order by r.queue limit 1)
    from queues q where q.queue is not null
  )
  select nullif(q.queue, '') as name, counted.queued, oldest.seconds as "oldestDueSeconds",
    ${isServedSql('q.queue')} as "isServed"
  from queues q cross join lateral (
    select count(*)::int as queued from (select from journey_run_queue r where r.queue = q.queue limit $1) r
  ) counted left join lateral (
    select extract(epoch from now() - r.run_at)::float8 as seconds from journey_run_queue r
    where r.queue = q.queue and r.run_at <= now() order by r.run_at limit 1
  ) oldest on true
  where q.queue is not null order by q.queue`,
  columns: COLUMNS,
});
