import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import { eraseOldOperations } from '../bulk/erase-old-operations.ts';
import type { Logger } from '../logger.ts';
import { eraseOldGroups } from '../orders/erase-old-groups.ts';
import { exclusively } from '../postgres/exclusively.ts';
import { deleteSuperseded } from '../secrets/delete-superseded.ts';
import { deleteOldRuns } from './delete-runs.ts';
import { analyzeGrown, dropPartitions, makePartitions, removeBounds } from './partitions.ts';

const IDLE_MS = 60_000;
/** Pause between two batches, so that deleting a long history does not slow down the runs. */
const BUSY_MS = 200;
/** Versions of secrets stay twice as long as runs, because a run may end long after its first call. */
const SUPERSEDED_FOR = 2;

/**
 * Does what the history needs, in one process at a time. With `days`, it makes partitions of runs ahead and drops those
 * of runs that ended more than `days` ago; what groups shared and the items of bulk operations of that age are deleted
 * one batch at a time.
 */
export function startHousekeeping(pool: pg.Pool, days: number | null, logger: Logger): Repeated {
  const stopping = new AbortController();
  const work = async () => {
    await analyzeGrown(pool);
    if (days !== null) return deleteOld(pool, days, logger, stopping.signal);
    await removeBounds(pool);
    return IDLE_MS;
  };
  const what = 'housekeeping of old runs';
  const repeated = repeatedly({ what, logger, afterFailureMs: IDLE_MS }, () =>
    exclusively(pool, TURN_LOCK, work).then((delayMs) => delayMs ?? IDLE_MS),
  );
  return {
    stop() {
      stopping.abort();
      return repeated.stop();
    },
  };
}

async function deleteOld(pool: pg.Pool, days: number, logger: Logger, signal: AbortSignal): Promise<number> {
  await makePartitions(pool, days);
  const deleted = await deleteOldRuns(pool, days, await dropPartitions(pool, days, signal));
  if (deleted > 0) logger.info({ deleted }, `deleted runs that ended more than ${days} days ago`);
  const erased = await eraseOldGroups(pool, days);
  if (erased > 0) logger.info({ erased }, 'erased the payloads that deleted runs had shared');
  const isMore = await eraseOldOperations(pool, days);
  await deleteSuperseded(pool, days * SUPERSEDED_FOR);
  return deleted > 0 || erased > 0 || isMore ? BUSY_MS : IDLE_MS;
}

/** An arbitrary number that all processes share. */
export const TURN_LOCK = 7_205_114;
