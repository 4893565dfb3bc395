import type pg from 'pg';
import { checkDatabase, checkPendingMigrations, type Readiness, readinessOf } from '../app/readiness.ts';
import type { WriteCheck } from '../app/write-check.ts';
import type { Lease } from '../runs/attempt/lease.ts';
import type { Pool } from './job-pool.ts';

export type WorkerHealth = {
  pool: pg.Pool;
  writes: WriteCheck;
  lease: Pick<Lease, 'isHeld'>;
  jobs: Pick<Pool, 'isRunning'>;
};

/** Whether this worker can take and execute runs now, and if not, what is missing. */
export function workerReadiness({ pool, writes, lease, jobs }: WorkerHealth): Promise<Readiness> {
  return readinessOf(
    {
      database: () => checkDatabase(pool),
      migrations: () => checkPendingMigrations(pool),
      writes: writes.check,
      lease: async () => (lease.isHeld() ? 'ok' : 'not renewed in time'),
      jobs: async () => (jobs.isRunning() ? 'ok' : 'the job pool is restarting'),
    },
    {},
  );
}
