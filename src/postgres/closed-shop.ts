import { type RetryLaterError, shopClosed, shopMoved } from '../errors.ts';
import { causes } from './outage.ts';

/**
 * The states of a shop in journey_shop_moves in which this cell accepts no write of it, as an SQL condition. While the
 * shop is COPYING, it is open.
 */
export const IS_CLOSED = `state <> 'COPYING'`;

/**
 * An SQL condition: whether the shop, which is given as an SQL expression, accepts writes. Its lock on the table lasts until the
 * transaction ends, so that closing the shop waits for it.
 */
export const isOpenShop = (shop: string): string =>
  `not exists (select from journey_shop_moves m where m.shop = ${shop} and m.${IS_CLOSED} for key share)`;

/** The error for a write that the trigger journey_closed_shop rejected; null for other errors. */
export function closedShopError(error: unknown): RetryLaterError | null {
  for (const cause of causes(error)) {
    // The driver adapter moves the SQLSTATE to originalCode.
    const { code, originalCode } = cause as { code?: unknown; originalCode?: unknown };
    if (code === CLOSED || originalCode === CLOSED) return shopClosed();
    if (code === MOVED || originalCode === MOVED) return shopMoved();
  }
  return null;
}

/** The SQLSTATEs of the trigger. */
const CLOSED = 'JR001';
const MOVED = 'JR002';
