import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { untilReleased } from './events.ts';

/** The feed looks at least this often for events that a write in flight holds back. */
const HELD_LOOK_MS = 100;

/**
 * Whether something happens within a time, which grows by the delays of a busy machine: those of this process, of
 * PostgreSQL, and of writes in flight in other test files, which hold the feed back.
 */
export async function happensWithin(
  ms: number,
  happening: Promise<unknown>,
  pool: pg.Pool,
): Promise<boolean> {
  const over = pause(ms - HELD_LOOK_MS).then(async () => {
    await untilReleased(pool);
    await pause(HELD_LOOK_MS);
    await pool.query('select 1');
    return false;
  });
  const hasHappened = await Promise.race([happening.then(() => true), over]);
  await over;
  return hasHappened;
}
