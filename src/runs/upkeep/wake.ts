import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { addJobsSql, addOwnJobsSql, addPromotedJobsSql, type WakeUp } from '../../queue/tasks.ts';
import { ofQueue } from '../of-queue.ts';

/**
 * Adds a job for the queue's runs that have become due in the last seconds. graphile-worker notifies its pools of
 * new jobs, but not of jobs that become due, which would wait for the next poll. Returns in how many milliseconds
 * the next run becomes due; null when none waits.
 */
export async function wakeDue(pool: pg.Pool, queue: string): Promise<number | null> {
  const [due] = await rowsOf(pool, DUE, [queue, DUE_LIMIT]);
  return due!.nextMs;
}

/**
 * Gives the queue's runs that have been due for longer than `afterSeconds`, at any priority, a place among the HIGH
 * ones, a few at a time. So no run starves, and a HIGH run waits for at most STARVED_LIMIT of them, however many
 * there are.
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

/**
 * Adds again the wake-ups for which a worker had no slot. They have the time of their runs, so they come before
 * later ones.
 */
export async function wakeAgain(pool: pg.Pool, queue: string, wakeUps: readonly WakeUp[]): Promise<void> {
  const ids = wakeUps.map(({ runId }) => runId);
  await pool.query({ name: 'wake-again', text: AGAIN, values: [queue, ids] });
}

const DUE_LIMIT = 200;
const STARVED_SECONDS = 300;
const STARVED_LIMIT = 5;

/**
 * Uses, as PROMOTE does, the partial index over the queue and run_at of QUEUED runs. The sweep wakes the runs
 * that this misses.
 */
const DUE = statement({
  name: 'wake-due',
  text: `
  with due as (
    select r.id from ${ofQueue(`
      select id from journey_component_runs
      where status = 'QUEUED' and queue = q.queue and run_at <= now() and run_at > now() - interval '5 seconds'
        and woken_at < run_at
      order by run_at limit $2 for update skip locked`)} r
  ), woken as (
    update journey_component_runs r set woken_at = now(), queue = $1 from due where r.id = due.id returning r.*
  ), jobs as (${addOwnJobsSql('woken')})
  select (
    select (extract(epoch from min(r.run_at) - clock_timestamp()) * 1000)::float8 from ${ofQueue(`
      select run_at from journey_component_runs
      where status = 'QUEUED' and queue = q.queue and run_at > now() order by run_at limit 1`)} r
  ) as "nextMs" from (select count(*) from jobs) woken`,
  columns: { nextMs: 'float8?' },
});

/**
 * Each look finds the same longest waiting runs until they are claimed, so no more than STARVED_LIMIT of them are
 * woken at any time. Runs that have lost a worker are excluded: they are executed one at a time and would delay the
 * others.
 */
const PROMOTE = `
  with starved as (
    select r.*, $1::text as queue, row_number() over (order by r.run_at) as place from ${ofQueue(`
      select id, fence, run_at, priority, lost_attempts from journey_component_runs
      where status = 'QUEUED' and queue = q.queue and run_at < now() - $2 * interval '1 second' and lost_attempts = 0
      order by run_at limit $3`)} r
    order by r.run_at limit $3
  ), jobs as (${addPromotedJobsSql('starved')})
  select count(*) from jobs`;

/** Uses the runs' primary key. */
const AGAIN = `
  with again as (
    select id, fence, $1::text as queue, priority, run_at, lost_attempts from journey_component_runs
    where id = any($2::uuid[]) and status = 'QUEUED' and queue in ($1, '')
  ), jobs as (${addJobsSql('again')})
  select count(*) from jobs`;
