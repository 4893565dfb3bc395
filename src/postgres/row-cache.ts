import { LRUCache } from 'lru-cache';

export type RowCache<Row> = { get: (id: string) => Promise<Row> };

/**
 * A cache of rows that never change. Each is loaded once; the `most` last requested ones are stored. A failed load is
 * repeated at the next request.
 */
export function createRowCache<Row>(most: number, load: (id: string) => Promise<Row>): RowCache<Row> {
  const rows = new LRUCache<string, Promise<Row>>({ max: most });
  return {
    get(id) {
      const row = rows.get(id) ?? load(id);
      if (!rows.has(id)) {
        rows.set(id, row);
        row.catch(() => rows.delete(id));
      }
      return row;
    },
  };
}
