import type pg from 'pg';

/**
 * Frees jobs that a pool had fetched ahead, and tells the other pools. graphile-worker frees them too, but tells nobody:
 * an idle pool would find them only at its next poll. Whichever comes second finds nothing to free.
 */
export async function freeFetchedJobs(db: pg.Pool, poolId: string, jobIds: string[]): Promise<void> {
  await db.query(FREE_FETCHED, [poolId, jobIds]);
}

/** Frees all jobs of pools that are no more, and tells the others. */
export async function freeJobsOf(db: pg.Pool | pg.PoolClient, poolIds: string[]): Promise<void> {
  await db.query(FREE_ALL, [poolIds]);
}

/** What add_jobs sends as well: each pool that has room looks for jobs. It arrives with the commit, when they are free. */
const TELL_POOLS = `pg_notify('jobs:insert', '{"count":1}')`;
/** As graphile-worker's own, which counts a job's attempt when it is fetched. */
const FREE_FETCHED = `
  with freed as (
    update graphile_worker._private_jobs set attempts = greatest(0, attempts - 1), locked_by = null, locked_at = null
    where id = any($2::bigint[]) and locked_by = $1
  ) select ${TELL_POOLS}`;
const FREE_ALL = `select graphile_worker.force_unlock_workers($1::text[]), ${TELL_POOLS}`;
