import type pg from 'pg';
import { isOutage } from './outage.ts';

export type Fallback = {
  /** The pool for statements that `isUsable` rules out, for those that fail by an outage, and for transactions. */
  instead: pg.Pool;
  isUsable(): boolean;
  /** Called when a statement failed. */
  onFailure(): void;
};

/** The pool of a server that may fail at any time, with another pool to fall back to. For statements that only read. */
export function withFallback(pool: pg.Pool, { instead, isUsable, onFailure }: Fallback): pg.Pool {
  const query = async (statement: string | pg.QueryConfig, values?: unknown[]) => {
    if (!isUsable()) return instead.query(statement, values);
    try {
      return await pool.query(statement, values);
    } catch (error) {
      if (!isOutage(error) || (error as pg.DatabaseError).code === STATEMENT_TIMEOUT) throw error;
      onFailure();
      return instead.query(statement, values);
    }
  };
  const connect = instead.connect.bind(instead);
  // Prisma's adapter takes instances of pg.Pool only.
  return Object.assign(Object.create(pool) as pg.Pool, { query, connect });
}

/** The other server would take as long. */
const STATEMENT_TIMEOUT = '57014';
