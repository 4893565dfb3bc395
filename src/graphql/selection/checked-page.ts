import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { ServiceError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { checkedSlice, type Page, type PageArgs } from './page.ts';
import type { PrismaList } from './prisma-list.ts';

/** The most rows that are checked for one page. */
export const ROWS_CHECKED = 500;
const ROWS_AT_ONCE = 50;

type Delegate = { findMany(args: never): PromiseLike<unknown[]> };

/** A list whose rows have to pass a check that only the service can make. `passing` returns the ids that do. */
export type CheckedList<Row> = {
  delegate: Delegate;
  list: PrismaList<Row>;
  where: Record<string, unknown>;
  passing(ids: readonly string[]): Promise<ReadonlySet<string>>;
};

/**
 * Reads a page of a checked list, forwards. It checks row after row until the page is full, and at most ROWS_CHECKED of
 * them: such a page may be shorter than requested, or empty, and its endCursor leads on.
 * @throws ServiceError BAD_REQUEST on a page that is requested backwards, or on invalid arguments
 */
export async function readCheckedPage<Row extends { id: string }>(
  context: Context,
  info: GraphQLResolveInfo,
  { delegate, list, where, passing }: CheckedList<Row>,
  { last, before, ...args }: PageArgs,
): Promise<Page<Row>> {
  if (last != null || before != null) throw new ServiceError('BAD_REQUEST', FORWARDS_ONLY);
  const { after, limit } = checkedSlice(args, list.cursor);
  const size = limit - 1;
  const found: Row[] = [];
  let place = after;
  let checked = 0;
  let isAtEnd = false;
  while (found.length <= size && checked < ROWS_CHECKED && !isAtEnd) {
    const slice = { after: place, before: null, limit: ROWS_AT_ONCE, reverse: false };
    const query = { select: { ...list.select, id: true }, ...list.query(where, slice) };
    const rows = (await delegate.findMany(query as never)) as Row[];
    const ids = await passing(rows.map(({ id }) => id));
    found.push(...rows.filter(({ id }) => ids.has(id)));
    checked += rows.length;
    isAtEnd = rows.length < ROWS_AT_ONCE;
    if (rows.length > 0) place = list.keyOf(rows.at(-1)!);
  }
  const isFull = found.length > size;
  const nodes = await nodesOf(found.slice(0, size));
  return {
    edges: nodes.map((node) => ({ cursor: list.cursor.encode(list.keyOf(node)), node })),
    hasNextPage: async () => isFull || !isAtEnd,
    hasPreviousPage: async () => after !== null,
    totalCount: async () => ({ count: found.length, isExact: isAtEnd && after === null }),
    ...(!isFull && !isAtEnd && { endCursor: list.cursor.encode(place!) }),
  };

  /** The rows with the fields that the operation selects of its nodes. A row that was deleted meanwhile is left out. */
  async function nodesOf(rows: readonly Row[]): Promise<Row[]> {
    const paths = [['nodes'], ['edges', 'node']];
    const selected = queryFromInfo({ context, info, paths, select: { ...list.select, id: true } });
    const ids = rows.map(({ id }) => id);
    const read = (await delegate.findMany({ ...selected, where: { id: { in: ids } } } as never)) as Row[];
    const byId = new Map(read.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

const FORWARDS_ONLY = 'This list is checked row by row, and read forwards only: use first and after.';
