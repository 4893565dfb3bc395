import type pg from 'pg';
import type { Result } from '../../errors.ts';
import { databaseNow } from '../../postgres/clock.ts';
import { isUuid } from '../../postgres/uuid.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';
import type { Enqueue, EnqueueRequest } from './enqueue-batch.ts';
import { type EnqueueOutcome, findKnownOutcome, notEnqueued } from './enqueue-outcome.ts';
import { type EnqueueRunInput, enqueueRequest, leavesSecretsOut } from './enqueue-request.ts';
import { requestHash } from './request-hash.ts';
import { judgeRequest } from './validate-request.ts';

/** Enqueues what a caller asks for, or gives back the run that its idempotency key already has. */
export async function enqueueRun(
  { pool, enqueue }: { pool: pg.Pool; enqueue: Enqueue },
  input: EnqueueRunInput,
  caller: string,
): Promise<EnqueueOutcome> {
  const request = await requestOf(pool, input, caller);
  if (request.ok) return enqueue(request.value);
  const known = await findKnownOutcome(pool, caller, input.idempotencyKey, requestHash(input));
  return known ?? notEnqueued(request.userErrors);
}

/** The request to store, secrets that the caller has read as null filled in from the attachment that it names. */
export async function requestOf(
  pool: pg.Pool,
  input: EnqueueRunInput,
  caller: string,
): Promise<Result<EnqueueRequest>> {
  const stored = leavesSecretsOut(input) ? await attachedBindings(pool, input) : [];
  const hash = input.idempotencyKey == null ? null : requestHash(input);
  return enqueueRequest(input, { caller, requestHash: hash, now: new Date(databaseNow()), stored });
}

async function attachedBindings(pool: pg.Pool, input: EnqueueRunInput): Promise<Binding[]> {
  const { componentId, productId = null, attachmentId = null } = input;
  if (![componentId, productId, attachmentId].every((id) => id === null || isUuid(id))) return [];
  const asked = { componentId, productId, attachmentId, caller: '', requestHash: null };
  const { mistakes, bindingSnapshot } = await judgeRequest(pool, asked);
  return mistakes.length === 0 ? bindingSnapshot : [];
}
