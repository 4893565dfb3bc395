import type pg from 'pg';
import { z } from 'zod';
import { invalid, ok, type Result, type UserError } from '../../errors.ts';
import { inputErrors, jsonObject } from '../../input-errors.ts';
import type { JsonObject } from '../../json/json.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { findRuns } from '../../reads/run-lookup.ts';
import type { Audit, Enqueue, EnqueueRequest } from '../enqueue/enqueue-batch.ts';
import type { EnqueueResult } from '../enqueue/enqueue-outcome.ts';
import { findKnownResult, idempotencyKey } from '../enqueue/idempotency.ts';
import { requestHash } from '../enqueue/request-hash.ts';
import type { Run, RunPriority } from '../model/run-row.ts';
import { unknownRun } from './explain-refusal.ts';

/** The fields that a replay may replace, as the API spells them. */
export type ReplayInput = z.infer<typeof replayInput>;

/** Enqueues a run again as a new run, or returns the run that its idempotency key already has. */
export async function replayRun(
  { pool, enqueue }: { pool: pg.Pool; enqueue: Enqueue },
  id: string,
  input: ReplayInput,
  caller: string,
  audit: Audit | null = null,
): Promise<EnqueueResult> {
  const scope = { replayOf: id, caller, key: input.idempotencyKey };
  const known = await findKnownResult(pool, scope, replayHash(id, input));
  if (known) return known;
  const request = await readReplay(pool, id, input, caller);
  if (!request.ok) return request;
  const result = await enqueue({ ...request.value, audit });
  return result.ok ? result : invalid(...result.userErrors.map(ofReplay));
}

/** Returns the request that replays a run, or every mistake that can be found before it is enqueued. */
export async function readReplay(
  pool: pg.Pool,
  id: string,
  input: ReplayInput,
  caller: string,
): Promise<Result<EnqueueRequest>> {
  const mistakes = inputErrors(replayInput, input);
  if (mistakes.length > 0) return invalid(...mistakes);
  const run = isUuid(id) ? (await findRuns(pool, [id])).get(id.toLowerCase()) : undefined;
  return run ? replayRequest(run, input, { caller, priority: 'NORMAL' }) : invalid(unknownRun(id));
}

/**
 * The request of a new run like the old one, in its queue. It copies what the old run's group shared and belongs to
 * no group; only the order's line is the same.
 */
export function replayRequest(
  run: Run,
  input: ReplayInput,
  { caller, priority }: { caller: string; priority: RunPriority },
): Result<EnqueueRequest> {
  if (run.forgottenAt !== null) return invalid(FORGOTTEN);
  if (input.useCurrentBindings && run.attachmentId === null) return invalid(NO_CURRENT_BINDINGS);
  return ok({
    shop: run.shop,
    componentId: run.componentId,
    componentVersionId: input.useLatestVersion ? null : run.componentVersionId,
    productId: run.productId,
    attachmentId: run.attachmentId,
    orderId: run.orderId,
    orderLinePosition: run.orderLinePosition,
    channel: run.channel,
    trigger: run.trigger,
    priority,
    inputPayload: input.inputPayload ?? run.inputPayload,
    metadata: input.metadata ?? run.metadata,
    context: input.context ?? run.context,
    bindings: input.useCurrentBindings ? null : run.bindingSnapshot,
    replayOfId: run.id,
    queue: run.queue,
    caller,
    idempotencyKey: input.idempotencyKey,
    requestHash: replayHash(run.id, input),
  });
}

/** The rules for a replay's input that do not depend on the run. */
export const replayInput = z.object({
  inputPayload: jsonObject<JsonObject>().nullish(),
  metadata: jsonObject<JsonObject>().nullish(),
  context: jsonObject<JsonObject>().nullish(),
  /** Uses the attachment's current bindings instead of the run's snapshot. */
  useCurrentBindings: z.boolean().nullish(),
  /** Uses the component's current version instead of the run's. */
  useLatestVersion: z.boolean().nullish(),
  idempotencyKey: idempotencyKey.nullish(),
});

/** Rewrites a mistake of enqueueing for a replay: its ids are the old run's, and the caller named only the run's id. */
export const ofReplay = (mistake: UserError): UserError =>
  mistake.path[0] === 'idempotencyKey' ? mistake : { ...mistake, path: ['id'] };

const NO_CURRENT_BINDINGS: UserError = {
  code: 'INVALID',
  message: 'The run has no attachment whose bindings could be used. Omit useCurrentBindings.',
  path: ['useCurrentBindings'],
};

const FORGOTTEN: UserError = {
  code: 'CONFLICT',
  message:
    "The run's order was forgotten: its payloads are erased, so that it cannot be replayed. Enqueue a new run instead.",
  path: ['id'],
};

const replayHash = (id: string, input: ReplayInput): Buffer =>
  requestHash({ replayOf: id.toLowerCase(), ...input });
