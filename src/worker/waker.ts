import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import { wakeBulkOperations } from '../bulk/work.ts';
import type { Logger } from '../logger.ts';
import { adoptRuns, promoteStarvedRuns } from '../runs/upkeep/promote.ts';

const EVERY_MS = 1_000;

/**
 * Promotes the queue's runs that wait for too long, and wakes its bulk operations that no job works on. Every worker
 * does so, because doing it twice is harmless.
 */
export function startWaker(pool: pg.Pool, queue: string, logger: Logger): Repeated {
  return repeatedly({ what: 'promoting runs that starve', logger, afterFailureMs: EVERY_MS }, async () => {
    await adoptRuns(pool, queue);
    await promoteStarvedRuns(pool, queue);
    await wakeBulkOperations(pool, queue);
    return EVERY_MS;
  });
}
