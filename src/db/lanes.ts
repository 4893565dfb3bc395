import pg from 'pg';
import { connectionConfig } from './database.ts';

/**
 * The connections of the statements that move runs. They meet only indexed rows, whatever the tables' size, so the
 * planner is told so once, instead of guessing anew from statistics that a growing queue outruns.
 */
export function openLanes(url: string, count: number): pg.Pool {
  const onConnect = async (client: pg.ClientBase) => {
    await client.query(SETTINGS);
  };
  const pool = new pg.Pool({ ...connectionConfig(url), max: count, min: count, onConnect });
  pool.on('error', () => {});
  return pool;
}

const SETTINGS = `
  set plan_cache_mode = force_generic_plan; set jit = off;
  set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off; set enable_material = off;
  set statement_timeout = '5s'`;
