import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from '../../logger.ts';

/** PostgreSQL's notification channel on which writers of events say "look". */
export const TOPIC = 'journey_runtime_events';

/**
 * The writers' end of the doorbell. Writers call `ring()` after a commit that appended events; it returns at once.
 * Rings are combined: one is sent at a time, and all that come meanwhile become one more. A failed ring is logged and
 * not retried, because a ring is only a hint: readers read the log once a second anyway.
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

/**
 * The pause between rings of a busy process, because each ring makes every reader read the log; an idle process rings
 * at once.
 */
const REST_MS = 5;

/** The ring does not wait for the disk, which would delay the next ring. A lost hint does no harm. */
const RING = `select set_config('synchronous_commit', 'off', true), pg_notify($1, '')`;
