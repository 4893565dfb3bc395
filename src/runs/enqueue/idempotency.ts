import type pg from 'pg';
import { invalid, ok, type UserError } from '../../errors.ts';
import { text } from '../../input-errors.ts';
import { findRunByKey } from '../../reads/run-lookup.ts';
import { shopInput, shopOf } from '../../shop.ts';
import type { EnqueueResult } from './enqueue-outcome.ts';

/** A key under which a request can have been stored. */
export const idempotencyKey = text(255);

/** The error for a key under which another request was stored. */
export function keyTaken(key: string): UserError {
  const message = `Another request was sent under the key "${key}". Use a new key for a new request.`;
  return { code: 'IDEMPOTENCY_CONFLICT', message, path: ['idempotencyKey'] };
}

/** The result for a key that already has a run: that run, or an error if another request made it. */
export function knownResult(knownId: string, sameRequest: boolean | null, key: string): EnqueueResult {
  if (!sameRequest) return invalid(keyTaken(key));
  return ok({ runId: knownId, deduplicated: true });
}

/** A caller's key, which is unique within a shop: the given one or, for a replay, that of the replayed run. */
type RequestedKey = {
  caller: string;
  key: string | null | undefined;
  shop?: string | null;
  replayOf?: string;
};

/**
 * The result for a request whose key already has a run; null if it has none. A known key takes precedence over
 * every error in the request, here as in the database.
 */
export async function findKnownResult(
  pool: pg.Pool,
  { caller, shop, replayOf, ...requested }: RequestedKey,
  requestHash: Buffer,
): Promise<EnqueueResult | null> {
  const key = idempotencyKey.safeParse(requested.key);
  if (!key.success || !shopInput.safeParse(shop).success) return null;
  const scope = replayOf === undefined ? { shop: shopOf(shop) } : { replayOf };
  const known = await findRunByKey(pool, caller, key.data, requestHash, scope);
  return known && knownResult(known.id, known.sameRequest, key.data);
}
