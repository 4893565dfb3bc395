import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.ts';

type Model = 'component' | 'componentVersion' | 'product' | 'attachment' | 'order';
type FindMany = (args: object) => Promise<{ id: string }[]>;

/**
 * The row that a field points at, with what is asked of it; null where none meets `where`. The rows that one field of an
 * operation points at, whatever the lists around it, come from one statement, and from none where only ids are asked for.
 */
export async function rowById<Row extends { id: string }>(
  ctx: Context,
  info: GraphQLResolveInfo,
  model: Model,
  id: string,
  where?: object,
): Promise<Row | null> {
  // Asked at each place, for Pothos keeps in mind by it what the rows below have loaded.
  const query = queryFromInfo({ context: ctx, info });
  const rows = ctx.loaders.of(`${model} at ${placeOf(info)}`, async (ids) => {
    const { findMany } = ctx.db.prisma[model] as unknown as { findMany: FindMany };
    const found =
      !where && asksForIdsOnly(query)
        ? ids.map((one) => ({ id: one }))
        : await findMany({ ...query, where: { ...where, id: { in: [...ids] } } });
    return new Map(found.map((row) => [row.id, row]));
  });
  return ((await rows.load(id)) as Row | undefined) ?? null;
}

/** The field's place in the operation, without the places in lists above it. */
export function placeOf({ path }: GraphQLResolveInfo): string {
  const keys: (string | number)[] = [];
  for (let at: typeof path | undefined = path; at; at = at.prev)
    if (typeof at.key === 'string') keys.push(at.key);
  return keys.reverse().join('.');
}

function asksForIdsOnly({ select = {} }: { select?: object }): boolean {
  return Object.keys(select).join() === 'id';
}
