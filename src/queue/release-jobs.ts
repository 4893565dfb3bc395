import type pg from 'pg';

/**
 * Releases jobs that a pool fetched ahead, and notifies the other pools. graphile-worker releases them too, but
 * without a notification, so an idle pool would find them only at its next poll. The later of the two finds nothing
 * to release.
 */
export async function freeFetchedJobs(db: pg.Pool, poolId: string, jobIds: string[]): Promise<void> {
  await db.query(FREE_FETCHED, [poolId, jobIds]);
}

/** Releases all jobs of dead pools, and notifies the other pools. */
export async function freeJobsOf(db: pg.Pool | pg.PoolClient, poolIds: string[]): Promise<void> {
  await db.query(FREE_ALL, [poolIds]);
}

/**
 * The notification that add_jobs sends as well: each pool that has room looks for jobs. It is delivered at the
 * commit, when the jobs are free.
 */
const TELL_POOLS = `pg_notify('jobs:insert', '{"count":1}')`;
/** Also takes back the attempt that graphile-worker counts when it fetches a job, as its own release does. */
const FREE_FETCHED = `
  with freed as (
    update graphile_worker._private_jobs set attempts = greatest(0, attempts - 1), locked_by = null, locked_at = null
    where id = any($2::bigint[]) and locked_by = $1
  ) select ${TELL_POOLS}`;
const FREE_ALL = `select graphile_worker.force_unlock_workers($1::text[]), ${TELL_POOLS}`;
