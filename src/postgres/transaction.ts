import pg from 'pg';
import { isOutage } from './outage.ts';

/** A pool, or a connection inside or outside of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/**
 * Runs `work` in its own transaction, which is committed when it returns and rolled back when it throws. Waits up to
 * `lockTimeoutMs` for a row that another transaction has locked.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  lockTimeoutMs: number,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(`begin; set local lock_timeout = ${lockTimeoutMs}`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = isUnresponsive(error) || !(await isRolledBack(client));
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * A pool whose statements are part of the client's transaction. A transaction within it is a savepoint, so that code with a
 * transaction of its own can be part of a larger one.
 */
export function poolWithin(client: pg.PoolClient): pg.Pool {
  const nested = {
    query: (statement: string | pg.QueryConfig, values?: unknown[]) =>
      client.query(typeof statement === 'string' ? nestedCommand(statement) : statement, values),
    connect: async () => nested,
    release() {},
  };
  return nested as unknown as pg.Pool;
}

/** The commands of inTransaction, for a savepoint. */
const nestedCommand = (statement: string): string =>
  statement
    .replace(/^begin\b/, 'savepoint nested')
    .replace(/^commit$/, 'release savepoint nested')
    .replace(/^rollback$/, 'rollback to savepoint nested');

/**
 * Whether the connection itself failed: PostgreSQL did not answer. A rollback would wait for as long again; closing the
 * connection rolls the transaction back as well.
 */
const isUnresponsive = (error: unknown): boolean => isOutage(error) && !(error instanceof pg.DatabaseError);

const isRolledBack = (client: pg.PoolClient): Promise<boolean> =>
  client.query('rollback').then(
    () => true,
    () => false,
  );
