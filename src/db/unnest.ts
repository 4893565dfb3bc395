/** A PostgreSQL type for each column of a table that is passed as parameters. */
export type Columns = Record<string, string>;

export type Rows<C extends Columns> = Record<keyof C & string, unknown>[];

/**
 * `unnest($1::uuid[], …) with ordinality as i(id, …, n)`: a from-item over rows passed as one array a column. `n` counts
 * from 1 in the order of the rows.
 */
export function unnestSql(columns: Columns, alias: string): string {
  const arrays = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  return `unnest(${arrays.join(', ')}) with ordinality as ${alias}(${Object.keys(columns).join(', ')}, n)`;
}

/** The parameter values of unnestSql: one array a column; jsonb columns are serialised here. */
export function unnestValues<C extends Columns>(columns: C, rows: Rows<C>): unknown[][] {
  return Object.entries(columns).map(([name, type]) =>
    rows.map((row) => {
      const value = row[name as keyof C & string] ?? null;
      return type === 'jsonb' && value !== null ? JSON.stringify(value) : value;
    }),
  );
}
