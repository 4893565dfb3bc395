/** The SQL expression of each field of a row. */
export type Columns<Row> = { readonly [name in keyof Row & string]: string };

/** The select list of these columns, under their names; of all columns if no names are passed. */
export function selectList<Name extends string>(
  columns: { readonly [name in Name]: string },
  names: readonly Name[] = Object.keys(columns) as Name[],
): string {
  return names.map((name) => `${columns[name]} as "${name}"`).join(', ');
}
