import type pg from 'pg';
import { inTransaction } from './transaction.ts';

/**
 * Works while no other process holds the lock, which is a number that they share; returns null if one does. The lock
 * belongs to an open transaction, since a lock of a session would not survive a pooler. The transaction writes nothing,
 * so that it holds no events back.
 */
export const exclusively = <T>(pool: pg.Pool, lock: number, work: () => Promise<T>): Promise<T | null> =>
  inTransaction(pool, LOCK_TIMEOUT_MS, async (holder) => {
    await holder.query('set local idle_in_transaction_session_timeout = 0');
    const { rows } = await holder.query('select pg_try_advisory_xact_lock($1) as held', [lock]);
    return rows[0].held ? work() : null;
  });

const LOCK_TIMEOUT_MS = 500;
