import { ServiceError } from '../../errors.ts';
import { textMistake } from '../../json/json-limits.ts';
import { isUuid } from '../../postgres/uuid.ts';

/**
 * Returns the single key that is set, as Prisma's `where`; null if no row can have it, as with a malformed id.
 * @throws ServiceError BAD_REQUEST if none or several are set.
 */
export function oneKey<K extends string>(keys: { readonly [name in K]?: string | null }): OneOf<K> | null {
  const given = Object.entries(keys as { [name: string]: string | null | undefined }).filter(
    ([, key]) => key != null,
  );
  const [name, key] = given[0] ?? [];
  if (name === undefined || key == null || given.length > 1)
    throw new ServiceError('BAD_REQUEST', `Set exactly one of ${Object.keys(keys).join(', ')}.`);
  if (name === 'id' ? !isUuid(key) : textMistake(key) !== null) return null;
  return { [name]: key } as OneOf<K>;
}

type OneOf<K> = K extends string ? { [name in K]: string } : never;
