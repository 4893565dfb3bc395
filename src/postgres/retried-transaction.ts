import type pg from 'pg';
import { inTransaction } from './transaction.ts';

/** Thrown within a transaction to roll it back and run it again, because the data it read has changed. */
export class RetryTransaction extends Error {}

/**
 * Runs `work` in a transaction, and repeats it from its start when another transaction won a race against it. Failed
 * tries are rolled back. Rejects with the last try's error, 5 seconds after the call at the latest.
 */
export async function withRetriedTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const lastStart = performance.now() + LAST_START_MS;
  for (;;) {
    try {
      return await inTransaction(pool, LOCK_TIMEOUT_MS, work);
    } catch (error) {
      if (!isLostRace(error) || performance.now() > lastStart) throw error;
    }
  }
}

const LOCK_TIMEOUT_MS = 2_000;
const LAST_START_MS = 2_500;

/** Serialisation failure, deadlock, lock not available, and a duplicate key. */
const LOST_RACE = new Set(['40001', '40P01', '55P03', '23505']);

const isLostRace = (error: unknown): boolean =>
  error instanceof RetryTransaction ||
  (error instanceof Error && 'code' in error && LOST_RACE.has(String(error.code)));
