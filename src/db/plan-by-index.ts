import type pg from 'pg';

/**
 * For connections whose statements meet only indexed rows, whatever the tables' size: the planner is told so once, instead
 * of guessing anew from statistics that a growing queue outruns.
 */
export async function planByIndex(client: pg.ClientBase): Promise<void> {
  await client.query(SETTINGS);
}

const SETTINGS = `
  set plan_cache_mode = force_generic_plan; set jit = off;
  set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off; set enable_material = off`;
