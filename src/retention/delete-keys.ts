import type pg from 'pg';
import { pause } from '../async/pause.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { NO_ID } from '../postgres/uuid.ts';

/**
 * Deletes the idempotency keys of the runs with ids below `until` that ended before a time, batch by batch, before their
 * partitions are dropped: a key that stands has a run. Stops when the signal is aborted.
 */
export async function deleteKeys(
  pool: pg.Pool,
  until: string,
  endedBefore: Date,
  signal: AbortSignal,
): Promise<void> {
  for (let after: string | null = NO_ID; after !== null && !signal.aborted; ) {
    const startedAt = performance.now();
    after = (await rowsOf(pool, DELETE, [after, until, endedBefore]))[0]!.last;
    await pause(RESTS * (performance.now() - startedAt), signal);
  }
}

const BATCH = 250;
/** How many times as long as a batch the pause after it lasts, in which PostgreSQL has its time for the runs. */
const RESTS = 2;

/**
 * Uses the primary keys of runs, outcomes and keys. A key that a principal adopted has another caller than its run. The limit is part of the SQL text: for a parameter, the planner would
 * assume a tenth of the rows, and read all keys.
 */
const DELETE = statement({
  name: 'delete-run-keys',
  text: `
  with old as materialized (
    select r.id, r.idempotency_key, r.shop from journey_runs r
    where r.id > $1::uuid and r.id < $2::uuid order by r.id limit ${BATCH}
  ), gone as (
    delete from journey_run_keys k using old
    where k.idempotency_key = old.idempotency_key and k.shop = old.shop and k.run_id = old.id and exists (
      select from journey_run_outcomes o where o.run_id = old.id and o.completed_at < $3::timestamptz)
  )
  select (select id from old order by id desc limit 1) as last`,
  columns: { last: 'uuid?' },
});
