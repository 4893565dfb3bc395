import type pg from 'pg';

/** A connection, within a transaction or not, or a pool. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/**
 * Runs `work` in a transaction of its own: committed when it returns, rolled back when it throws. Waits for a row that
 * another one holds up to `lockTimeoutMs`.
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
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
