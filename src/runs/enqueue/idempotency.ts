import type pg from 'pg';
import type { UserError } from '../../errors.ts';
import { text } from '../../input-errors.ts';
import { findRunByKey } from '../../reads/run-lookup.ts';
import { type EnqueueOutcome, notEnqueued } from './enqueue-outcome.ts';

/** A key under which a request can have been stored. */
export const idempotencyKey = text(255);

/** The error for a key under which another request was stored. */
export function keyTaken(key: string): UserError {
  const message = `Another request was sent under the key "${key}". Use a new key for a new request.`;
  return { code: 'IDEMPOTENCY_CONFLICT', message, path: ['idempotencyKey'] };
}

/** The outcome for a key that already has a run: that run, or an error if another request made it. */
export function knownOutcome(knownId: string, sameRequest: boolean | null, key: string): EnqueueOutcome {
  if (!sameRequest) return notEnqueued([keyTaken(key)]);
  return { runId: knownId, deduplicated: true, userErrors: [] };
}

/**
 * The outcome for a request whose key already has a run; null if it has none. A known key takes precedence over
 * every error in the request, here as in the database.
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
