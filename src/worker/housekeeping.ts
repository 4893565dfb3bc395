import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import { eraseOldOperations } from '../bulk/erase-old-operations.ts';
import type { Logger } from '../logger.ts';
import { eraseOldGroups } from '../orders/erase-old-groups.ts';
import { deleteOldRuns } from '../runs/upkeep/delete-runs.ts';
import { deleteSuperseded } from '../secrets/delete-superseded.ts';

const IDLE_MS = 60_000;
/** Pause between two batches, so that deleting a long history does not slow down the runs. */
const BUSY_MS = 200;
const SUPERSEDED_FOR = 2;

/**
 * Deletes runs that ended more than `days` ago, what their groups shared, and the items of bulk operations of that
 * age, one batch at a time, until the worker stops. Versions of secrets are deleted when they were superseded twice as
 * long ago, because a run may end long after its first call.
 */
export function startRetention(pool: pg.Pool, days: number, logger: Logger): Repeated {
  return repeatedly({ what: 'deleting old runs', logger, afterFailureMs: IDLE_MS }, async () => {
    const deleted = await deleteOldRuns(pool, days);
    if (deleted > 0) logger.info({ deleted }, `deleted runs that ended more than ${days} days ago`);
    const erased = await eraseOldGroups(pool, days);
    if (erased > 0) logger.info({ erased }, 'erased the payloads that deleted runs had shared');
    const isMore = await eraseOldOperations(pool, days);
    await deleteSuperseded(pool, days * SUPERSEDED_FOR);
    return deleted > 0 || erased > 0 || isMore ? BUSY_MS : IDLE_MS;
  });
}
