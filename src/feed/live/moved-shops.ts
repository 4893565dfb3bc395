import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';

/** Reads the shops that are in another cell now. */
export async function readMovedShops(pool: pg.Pool, timeoutMs: number): Promise<ReadonlySet<string>> {
  return new Set((await rowsOf(pool, MOVED, [], { query_timeout: timeoutMs })).map(({ shop }) => shop));
}

const MOVED = statement({
  name: 'feed-moved-shops',
  text: `select shop from journey_shop_moves where state = 'MOVED'`,
  columns: { shop: 'text' },
});
