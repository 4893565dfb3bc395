import type pg from 'pg';
import type { Logger } from '../logger.ts';
import { deleteOldRuns } from '../runs/retention.ts';
import { type Repeated, repeatedly } from './repeatedly.ts';

const IDLE_MS = 60_000;
/** Between two batches, so that deleting a long history leaves the database to the runs. */
const BUSY_MS = 200;

/** Deletes runs that ended more than `days` ago, a batch at a time, for as long as the worker lives. */
export function startRetention(pool: pg.Pool, days: number, logger: Logger): Repeated {
  return repeatedly({ what: 'deleting old runs', logger, afterFailureMs: IDLE_MS }, async () => {
    const deleted = await deleteOldRuns(pool, days);
    if (deleted === 0) return IDLE_MS;
    logger.info({ deleted }, `deleted runs that ended more than ${days} days ago`);
    return BUSY_MS;
  });
}
