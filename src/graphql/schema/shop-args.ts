import { z } from 'zod';
import { textMistake } from '../../json/json-limits.ts';
import { builder } from './builder.ts';

export const SHOP_INPUT = 'The shop: 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-". Defaults to null, no shop.';

/** The shop in a list's cursor. A cursor of an earlier version has none. */
export const SHOP_IN_CURSOR = z.string().default('');

/** The shop of a look-up. */
export const shopArg = (noun: string) =>
  builder.args((t) => ({
    shop: t.string({
      description: `The shop of the ${noun}. null finds a key only where there is no shop, and an id in every shop.`,
    }),
  })).shop;

/** The shop of a list. */
export const shopFilterArg = (noun: string) =>
  builder.args((t) => ({
    shop: t.string({ description: `Lists only the ${noun} of this shop. null lists those of every shop.` }),
  })).shop;

/** The condition of shopFilterArg, as Prisma's `where`. Text that PostgreSQL cannot store matches nothing. */
export const ofShop = (shop: string | null | undefined) =>
  shop == null ? {} : { shop: { in: [shop].filter((one) => textMistake(one) === null) } };
