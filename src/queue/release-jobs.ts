import type pg from 'pg';

/** Releases all jobs of dead pools, and notifies the other pools. */
export async function releaseJobsOf(db: pg.Pool | pg.PoolClient, poolIds: string[]): Promise<void> {
  await db.query(RELEASE_ALL, [poolIds]);
}

/**
 * The notification that add_jobs sends as well: each pool that has room looks for jobs. It is delivered at the
 * commit, when the jobs are released.
 */
const NOTIFY_POOLS = `pg_notify('jobs:insert', '{"count":1}')`;
const RELEASE_ALL = `select graphile_worker.force_unlock_workers($1::text[]), ${NOTIFY_POOLS}`;
