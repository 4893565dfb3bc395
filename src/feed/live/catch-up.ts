import pLimit from 'p-limit';
import type pg from 'pg';
import { type LogPage, readPage } from '../log/event-log.ts';
import { type Cursor, encodeCursor } from '../log/feed-cursor.ts';

/**
 * Reads pages for subscribers whose cursor is older than the event buffer. Subscribers with the same cursor share a read, and
 * only a few reads run at once: after a restart hundreds reconnect together, and their reads must not exhaust the pool.
 */
export function createCatchUp(pool: pg.Pool): (place: Cursor) => Promise<LogPage> {
  const reads = new Map<string, Promise<LogPage>>();
  const limit = pLimit(READS_AT_ONCE);

  return (place) => {
    const key = encodeCursor(place);
    const known = reads.get(key);
    if (known) return known;
    const page = limit(() => readPage(pool, place, PAGE, TIMEOUT_MS)).finally(() => reads.delete(key));
    reads.set(key, page);
    return page;
  };
}

const READS_AT_ONCE = 2;
const PAGE = 200;
const TIMEOUT_MS = 5_000;
