import { prepared } from './prepared.ts';
import type { Queryable } from './transaction.ts';

/**
 * Where rows of one kind are read: a from clause, whose alias no table has that its rows are nested in, and what stands in
 * it for each column. What is joined for some columns alone is left-joined by its primary key: PostgreSQL leaves it out
 * where none of them is read.
 */
export type Table<Row> = { from: string; columns: { readonly [name in ColumnOf<Row>]: string } };
export type ColumnOf<Row> = keyof Row & string;

/** What of a table's rows is read: columns, and with each row those that hang from it. */
export type Selection<Row> = { columns: readonly ColumnOf<Row>[]; nested: readonly Nested[] };

/**
 * Rows read with the row that they hang from, under `name` (at most 63 bytes), as JSON: a moment is text there. The
 * selection has at least one column.
 */
export type Nested = { name: string; rows: NestedRows; selection: Selection<object> };

/** Which rows hang from one: all that meet the condition, in order, or the only one where there is no order. */
export type NestedRows = {
  table: Table<never>;
  /** Over the table's alias and that of the row above; `bind` takes a value and gives the parameter that stands for it. */
  where: (bind: Bind) => string;
  order?: string;
  limit?: number;
};

export type Bind = (value: unknown) => string;

/** The parameters of a statement that is being written. */
export function parameters(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** The select list of these columns, under their names; unless given, of all. */
export function selectList<Name extends string>(
  columns: { readonly [name in Name]: string },
  names: readonly Name[] = Object.keys(columns) as Name[],
): string {
  return names.map((name) => `${columns[name]} as ${quoted(name)}`).join(', ');
}

/** The select list of a selection, for rows that `nestedUnpacked` is called on. */
export function selectionSql<Row>(
  table: Table<Row>,
  { columns, nested }: Selection<Row>,
  bind: Bind,
): string {
  const subqueries = nested.map((one) => `(${nestedSql(one, bind)}) as ${quoted(one.name)}`);
  return [selectList(table.columns, columns), ...subqueries].filter((sql) => sql !== '').join(', ');
}

/** Column by column: lists of values cost PostgreSQL, and the parser here, half of what an object a row would. */
function nestedSql({ rows: { table, where, order, limit }, selection }: Nested, bind: Bind): string {
  const list = selectionSql<object>(table, selection, bind);
  const rows = `select ${list} from ${table.from} where ${where(bind)}`;
  const packed = (each: string) =>
    `select array_to_json(array[${namesOf(selection).map((name) => `${each}(n.${quoted(name)})`)}])`;
  if (order === undefined) return `${packed('to_json')} from (${rows}) n`;
  // Not a parameter: the planner would take it for a tenth of the rows, and plan at each call what it could have kept.
  const tail = limit === undefined ? '' : `limit ${limit}`;
  return `${packed('json_agg')} from (${rows} order by ${order} ${tail}) n`;
}

/** Rows that were read by `selectionSql`, with objects in place of what their nested rows came as. */
export function nestedUnpacked<Row>(
  rows: Record<string, unknown>[],
  { nested }: Pick<Selection<object>, 'nested'>,
): Row[] {
  for (const one of nested) for (const row of rows) row[one.name] = unpacked(one, row[one.name]);
  return rows as Row[];
}

function unpacked({ rows: { order }, selection }: Nested, packed: unknown): unknown {
  if (packed === null) return null;
  const isList = order !== undefined;
  const columns = isList ? (packed as unknown[][]) : (packed as unknown[]).map((value) => [value]);
  const names = namesOf(selection);
  const rows: Record<string, unknown>[] = [];
  // No rows at all are a null in place of each column.
  const count = columns[0]?.length ?? 0;
  for (let index = 0; index < count; index += 1) {
    const row: Record<string, unknown> = {};
    for (let place = 0; place < names.length; place += 1) row[names[place]!] = columns[place]![index];
    rows.push(row);
  }
  nestedUnpacked(rows, selection);
  return isList ? rows : rows[0];
}

const namesOf = ({ columns, nested }: Selection<object>): string[] => [
  ...columns,
  ...nested.map(({ name }) => name),
];

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The rows of these ids that exist, by id, which is in the selection. */
export async function rowsById<Row extends { id: string }>(
  pool: Queryable,
  table: Table<Row>,
  selection: Selection<Row>,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  const rows = await rowsWhere(
    pool,
    table,
    selection,
    (bind) => `${table.columns.id} = any(${bind(ids)}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The row that has this value in a unique column; null where there is none. */
export async function rowBy<Row extends object>(
  pool: Queryable,
  table: Table<Row>,
  selection: Selection<Row>,
  unique: ColumnOf<Row>,
  value: string,
): Promise<Row | null> {
  const [row] = await rowsWhere(
    pool,
    table,
    selection,
    (bind) => `${table.columns[unique]} = ${bind(value)}`,
  );
  return row ?? null;
}

/** The rows that meet a condition. */
export async function rowsWhere<Row extends object>(
  pool: Queryable,
  table: Table<Row>,
  selection: Selection<Row>,
  where: (bind: Bind) => string,
): Promise<Row[]> {
  const { values, bind } = parameters();
  const text = `select ${selectionSql(table, selection, bind)} from ${table.from} where ${where(bind)}`;
  return nestedUnpacked((await pool.query(prepared(text, values))).rows, selection);
}
