import pg from 'pg';
import { connectionConfig } from './database.ts';
import { planByIndex } from './plan-by-index.ts';

/** The connections of the statements that move runs. */
export function openLanes(url: string, count: number): pg.Pool {
  const onConnect = async (client: pg.ClientBase) => {
    await planByIndex(client);
    await client.query(`set statement_timeout = '5s'`);
  };
  const pool = new pg.Pool({ ...connectionConfig(url), max: count, min: count, onConnect });
  pool.on('error', () => {});
  return pool;
}
