/** A PostgreSQL type for each column of a table that is passed as parameters. */
export type Columns = Record<string, string>;

export type Rows<C extends Columns> = Record<keyof C & string, unknown>[];

/**
 * `unnest($1::uuid[], …) with ordinality as i(id, …, n)`: a from-item over rows passed as one array a column. `n` counts
 * from 1 in the order of the rows.
 */
export function unnestSql(columns: Columns, alias: string): string {
  const arrays = Object.values(columns).map((type, index) => {
    const parameter = `$${index + 1}`;
    return type === 'jsonb'
      ? `string_to_array(${parameter}, E'\\x01', '')::jsonb[]`
      : `${parameter}::${type}[]`;
  });
  return `unnest(${arrays.join(', ')}) with ordinality as ${alias}(${Object.keys(columns).join(', ')}, n)`;
}

/** The parameter values of unnestSql. */
export const unnestValues = <C extends Columns>(columns: C, rows: Rows<C>): unknown[] =>
  unnestSerialized(
    columns,
    rows.map((row) => serializeRow(columns, row)),
  );

/** A row whose JSON is already serialized, so that its size is known before it is added to a statement. */
export type SerializedRow = { values: unknown[]; bytes: number };

export function serializeRow<C extends Columns>(columns: C, row: Rows<C>[number]): SerializedRow {
  let bytes = 0;
  const values = Object.entries(columns).map(([name, type]) => {
    const value = row[name as keyof C & string] ?? null;
    const written = type === 'jsonb' && value !== null ? JSON.stringify(value) : value;
    bytes += typeof written === 'string' ? written.length : 8;
    return written;
  });
  return { values, bytes };
}

/**
 * Like unnestValues, with each JSON array joined into one text by control characters, which serialized JSON does not
 * contain raw: quoting in an array would cost more.
 */
export const unnestSerialized = (columns: Columns, rows: readonly SerializedRow[]): unknown[] =>
  Object.values(columns).map((type, column) => {
    const values = rows.map((row) => row.values[column]);
    return type === 'jsonb' ? values.join('\u0001') : values;
  });
