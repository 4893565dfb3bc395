import type { Slice } from '../db/slice.ts';

export type KeysetField = { name: string; direction: 'asc' | 'desc' };

/**
 * The slice as Prisma's arguments, for a list ordered by these fields, of which the last one makes the order total. An
 * index on the fields in this order serves both directions.
 */
export function keysetArgs(fields: readonly KeysetField[], slice: Slice<readonly unknown[]>) {
  const bounds = [
    ...(slice.after ? [beyond(fields, slice.after, false)] : []),
    ...(slice.before ? [beyond(fields, slice.before, true)] : []),
  ];
  return {
    where: { AND: bounds },
    orderBy: fields.map(({ name, direction }) => ({
      [name]: slice.reverse === (direction === 'asc') ? 'desc' : 'asc',
    })) as { [name: string]: 'asc' | 'desc' }[],
    take: slice.limit,
  };
}

/** The rows behind a key, or before it: (a > x) or (a = x and b > y) or … */
function beyond(fields: readonly KeysetField[], key: readonly unknown[], backwards: boolean): object {
  return {
    OR: fields.map(({ name, direction }, index) => ({
      ...Object.fromEntries(fields.slice(0, index).map((field, at) => [field.name, key[at]])),
      [name]: { [backwards === (direction === 'asc') ? 'lt' : 'gt']: key[index] },
    })),
  };
}
