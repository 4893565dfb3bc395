import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import { eraseOldOperations } from '../bulk/erase-old-operations.ts';
import type { Logger } from '../logger.ts';
import { eraseOldGroups } from '../orders/erase-old-groups.ts';
import { deleteOldRuns } from '../runs/upkeep/delete-runs.ts';

const IDLE_MS = 60_000;
/** Between two batches, so that deleting a long history leaves the database to the runs. */
const BUSY_MS = 200;

/**
 * Deletes runs that ended more than `days` ago, what their groups shared, and the items of bulk operations as old, a batch
 * at a time, for as long as the worker lives.
 */
export function startRetention(pool: pg.Pool, days: number, logger: Logger): Repeated {
  return repeatedly({ what: 'deleting old runs', logger, afterFailureMs: IDLE_MS }, async () => {
    const deleted = await deleteOldRuns(pool, days);
    if (deleted > 0) logger.info({ deleted }, `deleted runs that ended more than ${days} days ago`);
    const erased = await eraseOldGroups(pool, days);
    if (erased > 0) logger.info({ erased }, 'erased the payloads that deleted runs had shared');
    const isMore = await eraseOldOperations(pool, days);
    return deleted > 0 || erased > 0 || isMore ? BUSY_MS : IDLE_MS;
  });
}
