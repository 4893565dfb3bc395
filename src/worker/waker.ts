import type pg from 'pg';
import { type BulkTasks, wakeBulkOperations } from '../bulk/work.ts';
import type { Logger } from '../logger.ts';
import { wakeDue, wakeOvertaken } from '../runs/wake.ts';
import { type Repeated, repeatedly } from './repeatedly.ts';

const WAKE_MS = 1_000;
/** Between two looks while runs keep becoming due. */
const LEAST_MS = 50;

/** Wakes what waits without a job that would come in time, in every worker: to be woken twice is harmless. */
export function startWaker(pool: pg.Pool, tasks: BulkTasks, logger: Logger): Repeated {
  async function wake(): Promise<number> {
    const dueMs = await wakeDue(pool, tasks.run);
    await wakeOvertaken(pool, tasks.run);
    await wakeBulkOperations(pool, tasks.bulk);
    return Math.min(Math.max(dueMs ?? WAKE_MS, LEAST_MS), WAKE_MS);
  }

  return repeatedly(wake, (error) => {
    logger.warn({ err: error }, 'runs that have become due were not woken; it is repeated');
    return WAKE_MS;
  });
}
