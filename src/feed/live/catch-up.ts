import pLimit from 'p-limit';
import type pg from 'pg';
import { type LogPage, readPage } from '../log/event-log.ts';
import { type Cursor, encodeCursor } from '../log/feed-cursor.ts';

/**
 * Reads pages for subscribers whose cursor is older than the event buffer. Subscribers with the same cursor share a read, and
 * only a few reads run at once: after a restart hundreds reconnect together, and their reads must not exhaust the pool.
 * `foreign` returns the ids of transactions that hold no event back.
 */
export function createCatchUp(
  pool: pg.Pool,
  foreign: () => readonly string[],
): (place: Cursor) => Promise<LogPage> {
  const reads = new Map<string, Promise<LogPage>>();
  const limit = pLimit(READS_AT_ONCE);

  return (place) => {
    const key = encodeCursor(place);
    const known = reads.get(key);
    if (known) return known;
    const page = limit(() =>
      readPage(pool, place, { limit: PAGE, timeoutMs: TIMEOUT_MS, foreign: foreign() }),
    ).finally(() => reads.delete(key));
    reads.set(key, page);
    return page;
  };
}

const READS_AT_ONCE = 2;
const PAGE = 200;
const TIMEOUT_MS = 5_000;
