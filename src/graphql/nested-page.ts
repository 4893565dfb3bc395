import type { Slice } from '../db/slice.ts';
import type { Context } from './context.ts';
import type { CursorCodec } from './cursor.ts';
import { type PageArgs, readPage } from './page.ts';

/** A list that each of many parents has one of, ordered by `field` and then by id. */
export type NestedList = {
  name: string;
  table: string;
  /** The column that leads to the parent; an index on it makes the lateral join cheap. */
  parent: string;
  /** What rows must meet besides, in SQL over the alias `n`. */
  where: string;
  field: { column: string; direction: 'asc' | 'desc' };
  cursor: CursorCodec<Place>;
};

type Place = [number, string];
type Key = { id: string; place: number };

/**
 * A page of one parent's list. The parents of an operation that ask for the same page are answered by one statement, and
 * the nodes, which are ids here, are loaded together by Pothos.
 */
export function readNestedPage(ctx: Context, list: NestedList, parentId: string, args: PageArgs) {
  return readPage<Key, Place>(args, {
    cursor: list.cursor,
    keyOf: ({ place, id }) => [place, id],
    fetch: async (slice) =>
      (await ctx.loaders
        .of(`${list.name} ${JSON.stringify(slice)}`, (parents) => fetchSlices(ctx, list, parents, slice))
        .load(parentId)) ?? [],
    count: async (atMost) =>
      (await ctx.loaders
        .of(`${list.name} count`, (parents) => fetchCounts(ctx, list, parents, atMost))
        .load(parentId)) ?? 0,
  });
}

async function fetchSlices(
  { db }: Context,
  { name, table, parent, where, field }: NestedList,
  parents: readonly string[],
  slice: Slice<Place>,
): Promise<ReadonlyMap<string, Key[]>> {
  const ascending = (field.direction === 'asc') !== slice.reverse;
  const sense = field.direction === 'asc' ? ['>', '<'] : ['<', '>'];
  const order = ascending ? 'asc' : 'desc';
  const { rows } = await db.pool.query<Key & { parent: string }>({
    name: `page ${name} ${order}`,
    text: `
      select p.id as parent, n.id, n.place
      from unnest($1::uuid[]) as p(id) cross join lateral (
        select n.id, n.${field.column} as place from ${table} n
        where n.${parent} = p.id and ${where}
          and ($2::int is null or (n.${field.column}, n.id) ${sense[0]} ($2, $3::uuid))
          and ($4::int is null or (n.${field.column}, n.id) ${sense[1]} ($4, $5::uuid))
        order by n.${field.column} ${order}, n.id ${order}
        limit $6
      ) n
      order by n.place ${order}, n.id ${order}`,
    values: [parents, ...(slice.after ?? [null, null]), ...(slice.before ?? [null, null]), slice.limit],
  });
  return Map.groupBy(rows, (row) => row.parent);
}

async function fetchCounts(
  { db }: Context,
  { name, table, parent, where }: NestedList,
  parents: readonly string[],
  atMost: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.pool.query<{ parent: string; count: number }>({
    name: `count ${name}`,
    text: `
      select p.id as parent, n.count
      from unnest($1::uuid[]) as p(id) cross join lateral (
        select count(*)::int as count from (select from ${table} n where n.${parent} = p.id and ${where} limit $2) n
      ) n`,
    values: [parents, atMost],
  });
  return new Map(rows.map((row) => [row.parent, row.count]));
}
