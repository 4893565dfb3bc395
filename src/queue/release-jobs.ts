import type pg from 'pg';

/**
 * Releases jobs that a pool fetched ahead, and notifies the other pools. graphile-worker releases them too, but
 * without a notification, so an idle pool would find them only at its next poll. The later of the two finds nothing
 * to release.
 */
export async function releaseFetchedJobs(db: pg.Pool, poolId: string, jobIds: string[]): Promise<void> {
  await db.query(RELEASE_FETCHED, [poolId, jobIds]);
}

/** Releases all jobs of dead pools, and notifies the other pools. */
export async function releaseJobsOf(db: pg.Pool | pg.PoolClient, poolIds: string[]): Promise<void> {
  await db.query(RELEASE_ALL, [poolIds]);
}

/**
 * The notification that add_jobs sends as well: each pool that has room looks for jobs. It is delivered at the
 * commit, when the jobs are released.
 */
const NOTIFY_POOLS = `pg_notify('jobs:insert', '{"count":1}')`;
/** Also takes back the attempt that graphile-worker counts when it fetches a job, as its own release does. */
const RELEASE_FETCHED = `
  with released as (
    update graphile_worker._private_jobs set attempts = greatest(0, attempts - 1), locked_by = null, locked_at = null
    where id = any($2::bigint[]) and locked_by = $1
  ) select ${NOTIFY_POOLS}`;
const RELEASE_ALL = `select graphile_worker.force_unlock_workers($1::text[]), ${NOTIFY_POOLS}`;
