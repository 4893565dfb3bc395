import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import type { Slice } from '../../postgres/slice.ts';
import type { Context } from '../context.ts';
import { type Page, type PageArgs, readPage, sliceOf } from './page.ts';
import { type CursorCodec, keysetCursor } from './page-cursor.ts';

/** A list of a Prisma model's rows for connections, paged by the values of the columns that order it. */
export type PrismaList<Row> = {
  /** The name of the list in its cursors. */
  name: string;
  cursor: CursorCodec<unknown[]>;
  /** The columns that order the list. A row's cursor is made from their values. */
  select: Record<string, true>;
  keyOf(row: Row): unknown[];
  /**
   * Returns the arguments of Prisma's findMany, or of a relation's selection, that read a slice of the rows matching
   * `where`.
   */
  query(where: Where, slice: Slice<unknown[]>): { where: Where; orderBy: object[]; take: number };
};

type Where = Record<string, unknown>;

/** A Prisma model's delegate, such as `prisma.component`. */
type Delegate = {
  findMany(args: never): PromiseLike<unknown[]>;
  count(args: never): PromiseLike<unknown>;
};

/**
 * @param columns the columns that order the list, each with the schema of its value in a cursor; the last one makes
 * the order total
 */
export function prismaList<Row>(
  name: string,
  columns: { readonly [column in keyof Row & string]?: z.ZodType },
  direction: 'asc' | 'desc',
): PrismaList<Row> {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const key = z.tuple(Object.values(columns) as [z.ZodType, ...z.ZodType[]]);
  return {
    name,
    cursor: keysetCursor(name, key as z.ZodType<unknown[]>),
    select: Object.fromEntries(names.map((column) => [column, true as const])),
    keyOf: (row) => names.map((column) => row[column]),
    query(where, { after, before, limit, reverse }) {
      const isAscending = direction === 'asc';
      const conditions = [where];
      if (after) conditions.push(beyond(names, after, isAscending ? 'gt' : 'lt'));
      if (before) conditions.push(beyond(names, before, isAscending ? 'lt' : 'gt'));
      const sense = isAscending === reverse ? 'desc' : 'asc';
      return {
        where: { AND: conditions },
        orderBy: names.map((column) => ({ [column]: sense })),
        take: limit,
      };
    },
  };
}

/**
 * Matches rows beyond a position in an order of at most two columns. The first condition alone lets PostgreSQL use an
 * index.
 */
function beyond([first, second]: string[], [a, b]: unknown[], sense: 'gt' | 'lt'): Where {
  if (second === undefined) return { [first!]: { [sense]: a } };
  return {
    [first!]: { [`${sense}e`]: a },
    OR: [{ [first!]: { [sense]: a } }, { [second]: { [sense]: b } }],
  };
}

/** Reads a page of the rows that match `where`, with the fields that the operation selects of its nodes. */
export function readPrismaPage<Row extends object>(
  context: Context,
  info: GraphQLResolveInfo,
  delegate: Delegate,
  list: PrismaList<Row>,
  where: Where,
  args: PageArgs,
): Promise<Page<Row>> {
  const selected = queryFromInfo({
    context,
    info,
    paths: [['nodes'], ['edges', 'node']],
    select: list.select,
  });
  return readPage<Row, unknown[]>(args, {
    ...list,
    fetch: (slice) => rowsOf(delegate.findMany({ ...selected, ...list.query(where, slice) } as never)),
    count: (take) => countOf(delegate.count({ where, take } as never)),
  });
}

/**
 * The selection of a relation's page, for the `select` of a field that resolves with relationPage: its rows are read
 * together with the parents' rows. Selects nothing if the arguments are invalid; relationPage reports that.
 * @param nested the third parameter of the field's `select`
 * @param type the GraphQL type of the nodes
 */
export function selectPage<Row>(
  nested: (query: never, path: never) => unknown,
  type: string,
  { list, where }: Relation<Row>,
  args: PageArgs,
) {
  const slice = sliceOf(args, list.cursor);
  if (slice === null) return false;
  const query = { select: list.select, ...list.query(where, slice) };
  const nodes = { getType: () => type, paths: [[{ name: 'nodes' }], [{ name: 'edges' }, { name: 'node' }]] };
  return nested(query as never, nodes as never) as { select: Record<string, true> };
}

/**
 * A parent's relation: the list of the related rows, their column that references the parent, and a filter on them.
 */
export type Relation<Row> = { list: PrismaList<Row>; parent: keyof Row & string; where: Where };

/**
 * Returns the page of a parent's relation.
 * @param loaded its first rows, read by the field's `select` (selectPage)
 */
export function relationPage<Row extends object>(
  { loaders }: Context,
  delegate: Delegate & { groupBy(args: never): PromiseLike<unknown> },
  { list, parent, where }: Relation<Row>,
  id: string,
  loaded: readonly object[] | undefined,
  args: PageArgs,
): Promise<Page<Row>> {
  let first = loaded as Row[] | undefined;
  const ofParent = { ...where, [parent]: id };
  const counts = loaders.of(`${list.name} count`, async (ids) => {
    const query = { by: [parent], where: { ...where, [parent]: { in: ids } }, _count: true };
    const groups = await rowsOf<{ _count: number }>(delegate.groupBy(query as never));
    return new Map(groups.map((group) => [group[parent as never] as string, group._count]));
  });
  return readPage<Row, unknown[]>(args, {
    ...list,
    async fetch(slice) {
      const query = { select: list.select, ...list.query(ofParent, slice) };
      const rows = first ?? (await rowsOf<Row>(delegate.findMany(query as never)));
      first = undefined;
      return rows;
    },
    count: async () => (await counts.load(id)) ?? 0,
  });
}

const rowsOf = async <Row>(rows: PromiseLike<unknown>) => (await rows) as Row[];
const countOf = async (count: PromiseLike<unknown>) => (await count) as number;
