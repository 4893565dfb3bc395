export type RowCache<Row> = { get: (id: string) => Promise<Row> };

/** Rows that never change: each is loaded once, and the `most` asked for last are kept. What was not loaded is tried again. */
export function createRowCache<Row>(most: number, load: (id: string) => Promise<Row>): RowCache<Row> {
  const rows = new Map<string, Promise<Row>>();

  function loaded(id: string): Promise<Row> {
    const loading = load(id);
    loading.catch(() => rows.delete(id));
    return loading;
  }

  return {
    get(id) {
      const row = rows.get(id) ?? loaded(id);
      rows.delete(id);
      rows.set(id, row);
      if (rows.size > most) rows.delete(rows.keys().next().value!);
      return row;
    },
  };
}
