import type { Database } from '../../postgres/database.ts';
import type { Context } from '../context.ts';

type Prisma = Database['prisma'];
type Model = 'attachment' | 'component' | 'componentVersion' | 'order' | 'orderLine' | 'product' | 'runGroup';
type Row<M extends Model> = NonNullable<Awaited<ReturnType<Prisma[M]['findFirst']>>>;
type Delegate = { findMany(args: never): PromiseLike<unknown[]> };
type Key = { readonly [column: string]: string | number | null };

/**
 * Loads the row with this unique key; null when there is none. One statement loads all rows of which the operation selects
 * the same fields, also in different steps. Prisma's findUnique would gather only those that are requested within a tick.
 * @param query the selection, as Pothos passes it to the field
 */
export async function loadRow<M extends Model>(
  { db, loaders }: Context,
  model: M,
  query: { select?: object | null; include?: object | null },
  key: Key,
): Promise<Row<M> | null> {
  const columns = Object.keys(key);
  const keyOf = (row: Key) => JSON.stringify(columns.map((column) => row[column]));
  const rows = loaders.of(`${model} by ${columns}: ${JSON.stringify(query)}`, async (keys) => {
    const delegate: Delegate = db.prisma[model];
    const args = { ...withColumns(query, columns), where: whereIn(columns, keys) };
    const found = (await delegate.findMany(args as never)) as (Row<M> & Key)[];
    return new Map(found.map((row) => [keyOf(row), row]));
  });
  return (await rows.load(keyOf(key))) ?? null;
}

/** The selection with these columns. Without `select`, it has all columns. */
const withColumns = (query: { select?: object | null }, columns: readonly string[]) =>
  query.select
    ? {
        ...query,
        select: { ...query.select, ...Object.fromEntries(columns.map((column) => [column, true])) },
      }
    : query;

function whereIn(columns: readonly string[], keys: readonly string[]) {
  const values = keys.map((key) => JSON.parse(key) as unknown[]);
  const [only] = columns;
  return columns.length === 1
    ? { [only!]: { in: values.flat() } }
    : { OR: values.map((row) => Object.fromEntries(columns.map((column, n) => [column, row[n]]))) };
}
