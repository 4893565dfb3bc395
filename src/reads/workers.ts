import type pg from 'pg';
import { type RowColumns, type RowOf, rowsOf, statement } from '../postgres/statement.ts';

/** A live worker process. */
export type LiveWorker = RowOf<typeof COLUMNS>;

const COLUMNS = {
  workerId: 'uuid',
  host: 'text',
  /** Null for a worker that takes runs of every queue. */
  queue: 'text?',
  startedAt: 'timestamptz',
  heartbeatAt: 'timestamptz',
  activeRuns: 'int4',
} as const satisfies RowColumns;

/** Lists the live workers, the oldest first, with the number of runs that each executes. */
export async function liveWorkers(pool: pg.Pool): Promise<LiveWorker[]> {
  return rowsOf(pool, LIVE);
}

/** Uses the indexes of workers on lease_until and of running runs on worker_id. */
const LIVE = statement({
  name: 'live-workers',
  text: `
  select w.id as "workerId", w.host, nullif(w.queue, '') as queue, w.started_at as "startedAt",
    w.heartbeat_at as "heartbeatAt",
    (select count(*)::int from journey_running s where s.worker_id = w.id) as "activeRuns"
  from journey_workers w where w.lease_until > now() and w.dead_at is null
  order by w.started_at, w.id limit 1000`,
  columns: COLUMNS,
});
