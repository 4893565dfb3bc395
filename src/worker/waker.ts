import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import { wakeBulkOperations } from '../bulk/work.ts';
import type { Logger } from '../logger.ts';
import { promoteStarvedRuns } from '../runs/upkeep/promote.ts';

const EVERY_MS = 4_000;
/** How often a look is also for starving runs, which have waited for minutes. */
const STARVING_EVERY = 2;

/**
 * Promotes the queue's runs that wait for too long, and wakes its bulk operations that no job works on. Every worker
 * does so, because doing it twice is harmless.
 */
export function startWaker(pool: pg.Pool, queue: string, logger: Logger): Repeated {
  let looks = 0;
  return repeatedly({ what: 'promoting runs that starve', logger, afterFailureMs: EVERY_MS }, async () => {
    if (looks % STARVING_EVERY === 0) await promoteStarvedRuns(pool, queue);
    looks += 1;
    await wakeBulkOperations(pool, queue);
    return EVERY_MS;
  });
}
