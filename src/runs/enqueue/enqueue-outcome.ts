import type pg from 'pg';
import type { UserError } from '../../errors.ts';
import { findRunByKey } from '../../reads/run-lookup.ts';
import { idempotencyKey, keyTaken } from './idempotency-key.ts';

/** `runId` is the new run's, or under a known key the first one's. Null with userErrors, and then nothing is stored. */
export type EnqueueOutcome = { runId: string | null; deduplicated: boolean; userErrors: UserError[] };

export const notEnqueued = (userErrors: UserError[]): EnqueueOutcome => ({
  runId: null,
  deduplicated: false,
  userErrors,
});

/** Of a request under a key that already has a run: that run, unless it was another request that made it. */
export function knownOutcome(knownId: string, sameRequest: boolean | null, key: string): EnqueueOutcome {
  if (!sameRequest) return notEnqueued([keyTaken(key)]);
  return { runId: knownId, deduplicated: true, userErrors: [] };
}

/**
 * The outcome of a request whose key already has a run; null where it has none. The database looks a key up before it
 * judges a request, and so must whoever judges one before it gets there.
 */
export async function findKnownOutcome(
  pool: pg.Pool,
  caller: string,
  givenKey: string | null | undefined,
  requestHash: Buffer,
): Promise<EnqueueOutcome | null> {
  const key = idempotencyKey.safeParse(givenKey);
  if (!key.success) return null;
  const known = await findRunByKey(pool, caller, key.data, requestHash);
  return known && knownOutcome(known.id, known.sameRequest, key.data);
}
