import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from '../../logger.ts';

/** PostgreSQL's notification channel on which writers of events say "look". */
export const TOPIC = 'journey_runtime_events';

/**
 * The writers' end: `ring()` is called after the commit of whatever appended events, and returns at once. Rings are joined:
 * one is on its way at a time, and those that come meanwhile become one more. A ring that fails is logged and forgotten,
 * for it is only ever a hint: readers look once a second anyway.
 */
export function createDoorbell(pool: pg.Pool, logger: Logger): () => void {
  let isRinging = false;
  let isRungAgain = false;

  async function ring(): Promise<void> {
    isRinging = true;
    do {
      isRungAgain = false;
      try {
        await pool.query({ name: 'feed-ring', text: RING, values: [TOPIC] });
      } catch (error) {
        logger.warn(
          { err: error },
          'notifying the readers of the event feed failed; they find new events within a second',
        );
      }
      await pause(REST_MS);
    } while (isRungAgain);
    isRinging = false;
  }

  return () => {
    if (isRinging) isRungAgain = true;
    else void ring();
  };
}

/** Waits for a write to commit, and rings if its result says that it appended events. */
export async function thenRing<T>(
  ring: () => void,
  write: Promise<T>,
  hasAppended: (result: T) => boolean,
): Promise<T> {
  const result = await write;
  if (hasAppended(result)) ring();
  return result;
}

/** A busy process rings this seldom, for each ring makes every reader look; an idle one rings at once. */
const REST_MS = 5;

/** Waiting for the disk would hold the next ring up, and a lost hint loses nothing. */
const RING = `select set_config('synchronous_commit', 'off', true), pg_notify($1, '')`;
