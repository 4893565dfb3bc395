import type pg from 'pg';
import { invalid, ok, type Result, shownId, type UserError } from '../../errors.ts';
import { inputErrors, validated } from '../../input-errors.ts';
import { databaseNow } from '../../postgres/clock.ts';
import { isUuid } from '../../postgres/uuid.ts';
import {
  type Binding,
  bindingMistakes,
  normaliseBindings,
} from '../../script-request/bindings/binding-model.ts';
import { type Audit, type Enqueue, type EnqueueRequest, validateRequest } from './enqueue-batch.ts';
import { type EnqueueRunInput, enqueueRunInput } from './enqueue-input.ts';
import { type EnqueueResult, enqueueMistake } from './enqueue-outcome.ts';
import { findKnownResult } from './idempotency.ts';
import { requestHash } from './request-hash.ts';

/** Enqueues a run, or returns the run that the idempotency key already has. */
export async function enqueueRun(
  { pool, enqueue }: { pool: pg.Pool; enqueue: Enqueue },
  input: EnqueueRunInput,
  caller: string,
  audit: Audit | null = null,
): Promise<EnqueueResult> {
  const request = await validateInput(pool, input, caller);
  if (request.ok) return enqueue({ ...request.value, audit });
  const scope = { shop: input.shop, caller, key: input.idempotencyKey };
  const known = await findKnownResult(pool, scope, requestHash(input));
  return known ?? request;
}

/**
 * Returns the request to store, or every mistake that can be found without the database; paths start at the input.
 * A secret that was sent without its value gets the value of the attachment's binding.
 */
export async function validateInput(
  pool: pg.Pool,
  input: EnqueueRunInput,
  caller: string,
): Promise<Result<EnqueueRequest>> {
  const stored = omitsSecrets(input) ? await attachedBindings(pool, input) : [];
  const bindings = input.bindings ? normaliseBindings(input.bindings, stored) : null;
  const hash = input.idempotencyKey == null ? null : requestHash(input);
  const request: EnqueueRequest = { ...input, bindings, caller, requestHash: hash };
  const mistakes = [
    ...idMistakes(request),
    ...inputErrors(enqueueRequest, request),
    ...runAtMistakes(input.runAt, databaseNow()),
  ];
  return mistakes.length > 0 ? invalid(...mistakes) : ok(request);
}

/** Whether a binding is a secret without its value. The API shows secrets as null, so a caller may send back what it read. */
function omitsSecrets({ bindings }: EnqueueRunInput): boolean {
  return (bindings ?? []).some((binding) => binding.static?.secret && binding.static.value == null);
}

async function attachedBindings(pool: pg.Pool, input: EnqueueRunInput): Promise<Binding[]> {
  const { shop, componentId, productId = null, attachmentId = null } = input;
  if (![componentId, productId, attachmentId].every((id) => id === null || isUuid(id))) return [];
  const request = { shop, componentId, productId, attachmentId, caller: '', requestHash: null };
  const { mistakes, bindingSnapshot } = await validateRequest(pool, request);
  return mistakes.length === 0 ? bindingSnapshot : [];
}

const enqueueRequest = enqueueRunInput.extend({ bindings: validated<Binding[]>(bindingMistakes).nullish() });

const IDS = [
  ['componentId', 'COMPONENT_NOT_FOUND'],
  ['productId', 'PRODUCT_NOT_FOUND'],
  ['attachmentId', 'ATTACHMENT_NOT_FOUND'],
  ['orderId', 'ORDER_NOT_FOUND'],
] as const;

/** Reports an id that is not a UUID as unknown. The database would reject the whole statement because of it. */
function idMistakes(request: EnqueueRequest): UserError[] {
  return IDS.flatMap(([field, mistake]) => {
    const id = request[field];
    if (id == null || isUuid(id)) return [];
    return [enqueueMistake(mistake, { ...request, [field]: shownId(id) })];
  });
}

const DAYS_AHEAD = 366;
const DAY_MS = 86_400_000;

function runAtMistakes(runAt: Date | null | undefined, now: number): UserError[] {
  if (!runAt || runAt.getTime() - now <= DAYS_AHEAD * DAY_MS) return [];
  const message = `runAt is more than ${DAYS_AHEAD} days ahead. Set an earlier time, or omit runAt to run at once.`;
  return [{ code: 'INVALID', message, path: ['runAt'] }];
}
