import { ServiceError } from '../../errors.ts';
import { textMistake } from '../../json/json-limits.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { inShop, shopOf } from '../../shop.ts';

/** The columns that identify one row: its id, in the shop if one was given, or a natural key and its shop. */
export type RowKey = { [column: string]: string };

/**
 * Returns the single key that is set with its shop; null if no row can have it, as with a malformed id.
 * @throws ServiceError BAD_REQUEST if none or several are set.
 */
export function oneKey(
  keys: { readonly [name: string]: string | null | undefined },
  shop: string | null | undefined,
): RowKey | null {
  const given = Object.entries(keys).filter(([, key]) => key != null);
  const [name, key] = given[0] ?? [];
  if (name === undefined || key == null || given.length > 1)
    throw new ServiceError('BAD_REQUEST', `Set exactly one of ${Object.keys(keys).join(', ')}.`);
  const isKnowable = name === 'id' ? isUuid(key) : textMistake(key) === null;
  if (!isKnowable || textMistake(shop ?? '') !== null) return null;
  return name === 'id' && shop == null ? { id: key } : { [name]: key, shop: shopOf(shop) };
}

/** The key as Prisma's `where` of findUnique. */
export function uniqueWhere<Where>(key: RowKey): Where {
  const { id, shop, ...natural } = key;
  const [[name, value] = []] = Object.entries(natural);
  return (name === undefined ? key : inShop(name, value!, shop!)) as Where;
}
