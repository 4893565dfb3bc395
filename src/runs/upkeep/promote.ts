import type pg from 'pg';
import { addDueJobsSql } from '../../queue/tasks.ts';
import { ALONE_FROM } from '../attempt/claim-statement.ts';

/**
 * Gives the queue's runs that have been due for longer than `afterSeconds`, at any priority, a place among the HIGH
 * ones, a few at a time. So no run starves, and a HIGH run waits for at most STARVED_LIMIT of them, however many
 * there are: each look finds the same longest waiting runs until they are claimed. Runs that are executed
 * alone (ALONE_FROM) are left out, because they would delay the others. Uses the index (queue, run_at). Runs that were
 * enqueued before queues were stored become runs of this queue.
 */
export async function promoteStarvedRuns(
  pool: pg.Pool,
  queue: string,
  afterSeconds: number = STARVED_SECONDS,
): Promise<void> {
  await pool.query({
    name: 'promote-starved-runs',
    text: PROMOTE,
    values: [queue, afterSeconds, STARVED_LIMIT],
  });
}

/** Adds a job that says that runs of the queue are due. */
export async function announceDueRuns(pool: pg.Pool, queue: string): Promise<void> {
  await pool.query({ name: 'announce-due-runs', text: ANNOUNCE, values: [queue] });
}

const STARVED_SECONDS = 300;
const STARVED_LIMIT = 5;

const PROMOTE = `
  with adopted as (
    update journey_run_queue q set queue = $1 where q.queue = ''
  ), starved as (
    select run_id, rank, row_number() over (order by run_at) as place from (
      select run_id, rank, run_at from journey_run_queue
      where queue = $1 and run_at < now() - $2 * interval '1 second' and lost_attempts < ${ALONE_FROM}
      order by run_at limit $3 for update skip locked
    ) r
  )
  update journey_run_queue r set rank = 'HIGH', rank_at = now() - ($3 - place) * interval '1 millisecond'
  from starved s where r.run_id = s.run_id and s.rank <> 'HIGH'`;

const ANNOUNCE = addDueJobsSql('(select $1::text as queue)');
