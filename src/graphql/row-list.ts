import type { GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import {
  type Conditions,
  countRows,
  countRowsOf,
  type OfParent,
  type Order,
  readRows,
  readRowsOf,
} from '../db/row-list.ts';
import type { Slice } from '../db/slice.ts';
import type { ColumnOf, Table } from '../db/table.ts';
import { asked } from './asked.ts';
import type { Context } from './context.ts';
import { type CursorCodec, keysetCursor } from './cursor.ts';
import { type Page, type PageArgs, readPage } from './page.ts';

/** A list of a table's rows that connections page through. */
export type RowList<Row> = {
  table: Table<Row>;
  order: Order<Row>;
  /** Names the list in its cursors. */
  name: string;
  cursor: CursorCodec<Place>;
};

type Place = unknown[];

/** @param by the columns that the list is ordered by, the last of which makes the order total, and what a cursor holds of each */
export function rowList<Row>(
  name: string,
  table: Table<Row>,
  by: { readonly [column in ColumnOf<Row>]?: z.ZodType },
  direction: Order<Row>['direction'],
): RowList<Row> {
  const place = z.tuple(Object.values(by) as [z.ZodType, ...z.ZodType[]]);
  const order = { by: Object.keys(by) as ColumnOf<Row>[], direction };
  return { table, order, name, cursor: keysetCursor(name, place as z.ZodType<Place>) };
}

/** A page of the rows that meet the conditions. */
export function readRowPage<Row extends object>(
  { db }: Context,
  info: GraphQLResolveInfo,
  list: RowList<Row>,
  conditions: Conditions,
  args: PageArgs,
): Promise<Page<Row>> {
  const { table, order } = list;
  const selection = asked(info, table, ...order.by);
  return readPage<Row, Place>(args, {
    ...keyedBy(list),
    fetch: (slice) => readRows(db.pool, table, selection, conditions, order, slice),
    count: (atMost) => countRows(db.pool, table, conditions, atMost),
  });
}

/** A page of one parent's rows. The parents of an operation that ask for the same page are answered by one statement. */
export function readRowPageOf<Row extends object>(
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
  list: RowList<Row>,
  of: OfParent,
  parentId: string,
  args: PageArgs,
): Promise<Page<Row>> {
  const { table, order, name } = list;
  const selection = asked(info, table, ...order.by);
  const slices = (slice: Slice<Place>) =>
    loaders.of(`${name} ${selection.key} ${JSON.stringify(slice)}`, (parents) =>
      readRowsOf(db.pool, table, selection, of, parents, order, slice),
    );
  const counts = (atMost: number) =>
    loaders.of(`${name} count`, (parents) => countRowsOf(db.pool, table, of, parents, atMost));
  return readPage<Row, Place>(args, {
    ...keyedBy(list),
    fetch: async (slice) => (await slices(slice).load(parentId)) ?? [],
    count: async (atMost) => (await counts(atMost).load(parentId)) ?? 0,
  });
}

const keyedBy = <Row>({ cursor, order }: RowList<Row>) => ({
  cursor,
  keyOf: (row: Row): Place => order.by.map((name) => row[name]),
});
