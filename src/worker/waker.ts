import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import { wakeBulkOperations } from '../bulk/work.ts';
import type { Logger } from '../logger.ts';
import { promoteStarvedRuns, wakeDue } from '../runs/upkeep/wake.ts';

const WAKE_MS = 1_000;
/** The shortest pause between two looks, while runs keep becoming due. */
const LEAST_MS = 50;

/**
 * Wakes the queue's runs and bulk operations that have no job in time. Every worker does so, because waking twice
 * is harmless.
 */
export function startWaker(pool: pg.Pool, queue: string, logger: Logger): Repeated {
  return repeatedly({ what: 'waking runs that are due', logger, afterFailureMs: WAKE_MS }, async () => {
    const dueMs = await wakeDue(pool, queue);
    await promoteStarvedRuns(pool, queue);
    await wakeBulkOperations(pool, queue);
    return Math.min(Math.max(dueMs ?? WAKE_MS, LEAST_MS), WAKE_MS);
  });
}
