import type pg from 'pg';
import { type LogPage, readPage } from '../log/event-log.ts';
import { type Cursor, encodeCursor } from '../log/feed-cursor.ts';

/**
 * Reads pages for subscribers that the ring no longer serves. Those at one place share a read, and only a few reads run at
 * once: after a restart hundreds come back together, and what they miss must not take the pool from everyone else.
 */
export function createCatchUp(pool: pg.Pool): (place: Cursor) => Promise<LogPage> {
  const reads = new Map<string, Promise<LogPage>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function read(place: Cursor): Promise<LogPage> {
    if (running >= READS_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await readPage(pool, place, PAGE, TIMEOUT_MS);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return (place) => {
    const key = encodeCursor(place);
    const known = reads.get(key);
    if (known) return known;
    const page = read(place).finally(() => reads.delete(key));
    reads.set(key, page);
    return page;
  };
}

const READS_AT_ONCE = 2;
const PAGE = 200;
const TIMEOUT_MS = 5_000;
