import type { GraphQLResolveInfo } from 'graphql';
import { type ColumnOf, rowBy, rowsById, type Table } from '../db/table.ts';
import { asked } from './asked.ts';
import type { Context } from './context.ts';
import { oneKey } from './one-key.ts';

/**
 * The row that a field points at, with what is asked of it and `always` besides; null where there is none. The rows that
 * an operation points at within a tick come from one statement, and from none where only ids are asked for.
 */
export async function rowById<Row extends { id: string }>(
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
  table: Table<Row>,
  id: string,
  ...always: ColumnOf<Row>[]
): Promise<Row | null> {
  const selection = asked(info, table, 'id', ...always);
  if (selection.columns.length === 1 && selection.nested.length === 0) return { id } as Row;
  const rows = loaders.of(`${table.from} ${selection.key}`, (ids) =>
    rowsById(db.pool, table, selection, ids),
  );
  return (await rows.load(id)) ?? null;
}

/**
 * The row that has the one unique key given of several, with what is asked of it; null where there is none.
 * @throws ServiceError BAD_REQUEST unless exactly one is given.
 */
export function rowByKey<Row extends object>(
  { db }: Context,
  info: GraphQLResolveInfo,
  table: Table<Row>,
  keys: { readonly [name in ColumnOf<Row>]?: string | null },
): Promise<Row | null> | null {
  const key = oneKey(keys);
  return key && rowBy(db.pool, table, asked(info, table, 'id' as ColumnOf<Row>), ...key);
}
