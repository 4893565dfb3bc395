import { z } from 'zod';

/*
 * A shop separates the keys of one installation: two shops may have the same component key, SKU, order number or
 * idempotency key. The API shows null where there is no shop. The database stores '' then, because unique keys would
 * treat every null as a different shop.
 */

/** The shop of an input; null: no shop. */
export const shopInput = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-", like eu-store')
  .nullish();

/** The shop of an input as it is stored. */
export const shopOf = (shop: string | null | undefined): string => shop?.trim() ?? '';

/** A stored shop as the API shows it. */
export const shownShop = (shop: string): string | null => shop || null;

/** Prisma's `where` of the row that has this natural key in the shop (as stored). */
export const inShop = <Key extends string>(key: Key, value: string, shop: string) =>
  ({ [`${key}_shop`]: { [key]: value, shop } }) as { [name in `${Key}_shop`]: KeyInShop<Key> };

type KeyInShop<Key extends string> = { [name in Key]: string } & { shop: string };
