import type pg from 'pg';
import type { Binding } from '../bindings/binding.ts';
import { isUuid } from '../db/uuid.ts';
import type { Outcome } from '../errors.ts';
import { findRunByKey } from '../history/run-lookup.ts';
import type { Enqueue, EnqueueOutcome, EnqueueRequest } from './enqueue.ts';
import { enqueueMistake } from './enqueue-mistakes.ts';
import { type EnqueueRunInput, enqueueRequest, idempotencyKey, leavesSecretsOut } from './enqueue-request.ts';
import { judge } from './judge.ts';
import { requestHash } from './request-hash.ts';

/** Enqueues what a caller asks for, or gives back the run that its idempotency key already has. */
export async function enqueueRun(
  { pool, enqueue }: { pool: pg.Pool; enqueue: Enqueue },
  input: EnqueueRunInput,
  caller: string,
): Promise<EnqueueOutcome> {
  const request = await requestOf(pool, input, caller);
  if (request.ok) return enqueue(request.value);
  const known = await knownRun(pool, input, caller);
  return known ?? { runId: null, deduplicated: false, userErrors: request.userErrors };
}

/** The request to store, secrets that the caller has read as null filled in from the attachment that it names. */
export async function requestOf(
  pool: pg.Pool,
  input: EnqueueRunInput,
  caller: string,
): Promise<Outcome<EnqueueRequest>> {
  const stored = leavesSecretsOut(input) ? await attachedBindings(pool, input) : [];
  return enqueueRequest(input, { caller, requestHash: requestHash(input), now: new Date(), stored });
}

async function attachedBindings(pool: pg.Pool, input: EnqueueRunInput): Promise<Binding[]> {
  const { componentId, productId = null, attachmentId = null } = input;
  if (![componentId, productId, attachmentId].every((id) => id === null || isUuid(id))) return [];
  const asked = { componentId, productId, attachmentId, caller: '', requestHash: Buffer.alloc(0) };
  const { mistakes, bindingSnapshot } = await judge(pool, asked);
  return mistakes.length === 0 ? bindingSnapshot : [];
}

/** The database looks a key up before it judges a request, and so must whoever judges one before it gets there. */
async function knownRun(
  pool: pg.Pool,
  input: EnqueueRunInput,
  caller: string,
): Promise<EnqueueOutcome | null> {
  const key = idempotencyKey.safeParse(input.idempotencyKey);
  const known = key.success ? await findRunByKey(pool, caller, key.data, requestHash(input)) : null;
  if (!known) return null;
  if (known.sameRequest) return { runId: known.id, deduplicated: true, userErrors: [] };
  const conflict = enqueueMistake('IDEMPOTENCY_CONFLICT', input);
  return { runId: null, deduplicated: false, userErrors: [conflict] };
}
