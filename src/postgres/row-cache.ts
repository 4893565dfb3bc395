import { LRUCache } from 'lru-cache';

export type RowCache<Row> = { get: (id: string) => Promise<Row> };

/** Rows that never change: each is loaded once, and the `most` last requested ones are held. A load that failed is repeated. */
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
