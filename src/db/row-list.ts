import { prepared } from './prepared.ts';
import type { Slice } from './slice.ts';
import {
  type Bind,
  type ColumnOf,
  nestedUnpacked,
  parameters,
  type Selection,
  selectionSql,
  type Table,
} from './table.ts';
import type { Queryable } from './transaction.ts';

/** How a table's rows are listed: by these columns, of which the last makes the order total. An index on them serves both ways. */
export type Order<Row> = { by: readonly ColumnOf<Row>[]; direction: 'asc' | 'desc' };

/** Conditions over a table's from clause; `bind` as in NestedRows. */
export type Conditions = (bind: Bind) => string[];

/** A slice's keys: the values of the order's columns. */
export type Place = readonly unknown[];

/** The slice's rows in the list's order, or in the opposite order when `reverse`. Planned with its values, for filters differ. */
export async function readRows<Row extends object>(
  pool: Queryable,
  table: Table<Row>,
  selection: Selection<Row>,
  conditions: Conditions,
  order: Order<Row>,
  slice: Slice<Place>,
): Promise<Row[]> {
  const { values, bind } = parameters();
  const text = sliceSql(table, selection, conditions(bind), order, slice, bind);
  return nestedUnpacked((await pool.query({ text, values })).rows, selection);
}

/** The number of rows that meet the conditions, counting no further than `atMost`. */
export async function countRows(
  pool: Queryable,
  { from }: { from: string },
  conditions: Conditions,
  atMost: number,
): Promise<number> {
  const { values, bind } = parameters();
  const text = countSql(from, conditions(bind), bind(atMost));
  return (await pool.query<{ count: number }>({ text, values })).rows[0]!.count;
}

/**
 * As readRows, of each parent, by its id: the rows whose column `parent` is that id. One statement, which reads no others.
 * The selection has the order's columns.
 */
export async function readRowsOf<Row extends object>(
  pool: Queryable,
  table: Table<Row>,
  selection: Selection<Row>,
  { parent, where }: OfParent,
  parents: readonly string[],
  order: Order<Row>,
  slice: Slice<Place>,
): Promise<Map<string, Row[]>> {
  const { values, bind } = parameters();
  const ids = bind(parents);
  const ofOne = sliceSql(table, selection, [`${parent} = p.id`, where], order, slice, bind);
  const text = `select p.id as "parentId", s.* from unnest(${ids}::uuid[]) p(id) cross join lateral (${ofOne}) s
    ${orderSql(order, slice.reverse, (name) => `s."${name}"`)}`;
  const { rows } = await pool.query(prepared(text, values));
  const unpacked = nestedUnpacked<Row & { parentId: string }>(rows, selection);
  return Map.groupBy(unpacked, ({ parentId }) => parentId);
}

/** As countRows, of each parent, by its id. */
export async function countRowsOf(
  pool: Queryable,
  { from }: { from: string },
  { parent, where }: OfParent,
  parents: readonly string[],
  atMost: number,
): Promise<Map<string, number>> {
  const ofOne = countSql(from, [`${parent} = p.id`, where], '$2');
  const text = `select p.id, s.count from unnest($1::uuid[]) p(id) cross join lateral (${ofOne}) s`;
  const { rows } = await pool.query<{ id: string; count: number }>(prepared(text, [parents, atMost]));
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** An index on the column `parent`, and then on the order's, makes the lateral join cheap. */
export type OfParent = { parent: string; where: string };

function sliceSql<Row>(
  table: Table<Row>,
  selection: Selection<Row>,
  conditions: readonly string[],
  order: Order<Row>,
  { after, before, limit, reverse }: Slice<Place>,
  bind: Bind,
): string {
  const columns = order.by.map((name) => table.columns[name]);
  const [behind, ahead] = order.direction === 'asc' ? ['>', '<'] : ['<', '>'];
  const beyond = (sense: string, place: Place) =>
    `(${columns.join(', ')}) ${sense} (${place.map(bind).join(', ')})`;
  const within = [
    ...conditions,
    ...(after ? [beyond(behind!, after)] : []),
    ...(before ? [beyond(ahead!, before)] : []),
  ];
  return `select ${selectionSql(table, selection, bind)} from ${table.from} ${whereSql(within)}
    ${orderSql(order, reverse, (name) => table.columns[name])} limit ${bind(limit)}`;
}

function orderSql<Row>(
  { by, direction }: Order<Row>,
  reverse: boolean,
  columnOf: (name: ColumnOf<Row>) => string,
): string {
  const sense = (direction === 'asc') === reverse ? 'desc' : 'asc';
  return `order by ${by.map((name) => `${columnOf(name)} ${sense}`).join(', ')}`;
}

const countSql = (from: string, conditions: readonly string[], atMost: string) =>
  `select count(*)::int as count from (select from ${from} ${whereSql(conditions)} limit ${atMost}) n`;

const whereSql = (conditions: readonly string[]) =>
  conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
