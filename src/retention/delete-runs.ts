import type pg from 'pg';
import { rowsOf, statement } from '../postgres/statement.ts';
import type { RunStatus } from '../runs/model/status.ts';

/** The order in which runs are deleted, by status. FAILED runs come last because operators need them longest. */
const TERMINAL: readonly RunStatus[] = ['COMPLETED', 'CANCELED', 'FAILED'];
const BATCH = 500;
const ABOVE_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Deletes one batch of runs that ended more than `days` ago, of ids below `until` if it is given, with their events and
 * keys, and moves the feed's watermark past the deleted events, in one statement: older cursors get CURSOR_EXPIRED.
 * Returns the number of deleted runs; 0 when none are left. Uses the index over completed_at.
 */
export async function deleteOldRuns(
  pool: pg.Pool,
  days: number,
  until: string | null = null,
): Promise<number> {
  for (const status of TERMINAL) {
    const [row] = await rowsOf(pool, DELETE_OLD, [status, days, until ?? ABOVE_ALL]);
    if (row!.deleted > 0) return row!.deleted;
  }
  return 0;
}

/** The limit is part of the SQL text: for a parameter, the planner would assume a tenth of the rows. */
const DELETE_OLD = statement({
  name: 'retention',
  text: `
  with old as materialized (
    select run_id as id from journey_run_outcomes
    where status = $1::journey_run_status and completed_at < now() - $2 * interval '1 day'
      and run_id < $3::uuid
    order by completed_at limit ${BATCH} for update skip locked
  ), events as (
    delete from journey_run_events e using old where e.run_id = old.id returning e.xid, e.position
  ), gone as (
    delete from journey_run_outcomes o using old where o.run_id = old.id returning o.run_id
  ), requests as (
    delete from journey_runs r using old where r.id = old.id returning r.id, r.idempotency_key, r.shop
  ), keys as (
    delete from journey_run_keys k using requests r
    where k.idempotency_key = r.idempotency_key and k.shop = r.shop and k.run_id = r.id
  ), marked as (
    update journey_feed f set watermark_xid = last.xid, watermark_position = last.position
    from (select xid, position from events order by xid desc, position desc limit 1) last
    where f.id = 1 and (last.xid, last.position) > (f.watermark_xid, f.watermark_position)
  )
  select count(*)::int as deleted from gone`,
  columns: { deleted: 'int4' },
});
