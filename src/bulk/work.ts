import type pg from 'pg';
import { json, rowsOf, statement } from '../postgres/statement.ts';
import { inTransaction, type Queryable } from '../postgres/transaction.ts';
import { unnestSql, unnestValues } from '../postgres/unnest.ts';
import { addBulkJobsSql } from '../queue/tasks.ts';
import { applyBulk, type BulkItem, type BulkOutcome, type TakenOperation } from './apply.ts';

/**
 * Applies one batch of an operation of the queue and adds the job for the next, in one transaction, so that a
 * process that ends at any moment leaves all of it or nothing. Returns false if there was nothing to do, or if
 * another process is working on the operation.
 */
export function workThroughBulkOperation(
  pool: pg.Pool,
  queue: string,
  operationId: string,
): Promise<boolean> {
  return inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    const [operation] = await rowsOf(client, TAKE, [operationId, queue]);
    if (!operation) return false;
    const items = await nextItems(client, operation);
    const outcomes = await applyBulk(client, queue, operation, items);
    const values = [...unnestValues(OUTCOME, outcomes), operationId, queue];
    await client.query({ name: 'bulk-settle', text: SETTLE, values });
    return true;
  });
}

/** Wakes operations of the queue that no job has worked on for a while. */
export async function wakeBulkOperations(pool: pg.Pool, queue: string): Promise<void> {
  await pool.query({ name: 'bulk-wake', text: WAKE, values: [queue, NET_SECONDS] });
}

/**
 * A batch may wait longer than other statements for a run's row: it locks few rows, and no client waits for its
 * answer.
 */
const LOCK_TIMEOUT_MS = 5_000;
const NET_SECONDS = 8;
const BATCH = 200;
const REPLAY_BATCH = 50;
/**
 * Maximum bytes of payloads as stored (compressed), since a batch holds them in memory. A larger run is a batch by
 * itself.
 */
const REPLAY_BYTES = 1024 * 1024;

function nextItems(client: Queryable, { id, kind, worked }: TakenOperation): Promise<BulkItem[]> {
  return kind === 'REPLAY'
    ? rowsOf(client, NEXT_REPLAYS, [id, worked, REPLAY_BATCH, REPLAY_BYTES])
    : rowsOf(client, NEXT, [id, worked, BATCH]);
}

/** Items are worked on in the order of their positions, from 1, so the counts are also the position reached. */
const TAKE = statement({
  name: 'bulk-take',
  text: `
  select id, kind, input, caller, done + failed + skipped as worked
  from journey_bulk_operations where id = $1 and status = 'RUNNING' and queue in ($2, '') for update skip locked`,
  columns: {
    id: 'uuid',
    kind: 'journey_bulk_operation_kind',
    input: json<TakenOperation['input']>(),
    caller: 'text',
    worked: 'int4',
  },
});

const NEXT_SQL = `
  select position, run_id as "runId" from journey_bulk_operation_items
  where operation_id = $1 and position > $2 order by position limit $3`;

const ITEM = { position: 'int4', runId: 'uuid' } as const;
const NEXT = statement({ name: 'bulk-next', text: NEXT_SQL, columns: ITEM });

const NEXT_REPLAYS = statement({
  name: 'bulk-next-replays',
  text: `
  select position, "runId" from (
    select i.position, i.run_id as "runId", sum(size.bytes) over (order by i.position) - size.bytes as before
    from (${NEXT_SQL}) i(position, run_id)
      left join journey_runs r on r.id = i.run_id
      left join journey_run_groups g on g.id = r.group_id
      cross join lateral (
        select coalesce(pg_column_size(r.input_payload), 0) + coalesce(pg_column_size(r.context), 0)
          + coalesce(pg_column_size(r.metadata), 0) + coalesce(pg_column_size(g.shared_input), 0)
          + coalesce(pg_column_size(g.shared_context), 0) as bytes
      ) size
  ) sized where before < $4 order by position`,
  columns: ITEM,
});

const OUTCOME = {
  position: 'int',
  status: 'journey_bulk_item_status',
  reason: 'text',
} as const satisfies Record<keyof BulkOutcome, string>;

const ENDED = 'b.done + b.failed + b.skipped + c.worked >= b.expected';

const SETTLE = `
  with outcome as materialized (
    select * from ${unnestSql(OUTCOME, 'o')}
  ), marked as (
    update journey_bulk_operation_items i set status = o.status, reason = o.reason
    from outcome o where i.operation_id = $4 and i.position = o.position
  ), counted as (
    select count(*) filter (where status = 'DONE') as done, count(*) filter (where status = 'FAILED') as failed,
      count(*) filter (where status = 'SKIPPED') as skipped, count(*) as worked
    from outcome
  ), operation as (
    update journey_bulk_operations b set woken_at = now(), queue = $5,
      done = b.done + c.done, failed = b.failed + c.failed, skipped = b.skipped + c.skipped,
      status = (case when ${ENDED} then 'COMPLETED' else 'RUNNING' end)::journey_bulk_operation_status,
      completed_at = case when ${ENDED} then now() end
    from counted c where b.id = $4 returning b.*
  ), jobs as (${addBulkJobsSql("(select * from operation where status = 'RUNNING')")})
  select count(*) from jobs`;

/**
 * Skips operations that are locked, because a process is working on them. Uses the partial index over the woken_at
 * of RUNNING operations.
 */
const WAKE = `
  with forgotten as (
    select id from journey_bulk_operations
    where status = 'RUNNING' and queue in ($1, '') and woken_at < now() - $2 * interval '1 second'
    order by woken_at limit 100 for update skip locked
  ), woken as (
    update journey_bulk_operations b set woken_at = now(), queue = $1 from forgotten f where b.id = f.id returning b.*
  ), jobs as (${addBulkJobsSql('woken')})
  select count(*) from jobs`;
