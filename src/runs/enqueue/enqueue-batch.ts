import type pg from 'pg';
import { invalid, ok, type RetryLaterError, shopClosed, shopMoved } from '../../errors.ts';
import { AGAIN, createBatch } from '../../postgres/batch.ts';
import { newId } from '../../postgres/new-id.ts';
import { rowsOf } from '../../postgres/statement.ts';
import type { Queryable } from '../../postgres/transaction.ts';
import { type SerializedRow, serializeRow, unnestSerialized } from '../../postgres/unnest.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';
import { shopOf } from '../../shop.ts';
import { activeTraceparent } from '../../telemetry/spans.ts';
import type { EnqueueRunInput } from './enqueue-input.ts';
import { type EnqueueResult, enqueueMistake } from './enqueue-outcome.ts';
import {
  ENQUEUE,
  type EnqueueAnswer,
  type EnqueueMistake,
  INPUT,
  type ShopMistake,
  VALIDATE,
  type ValidatedRequest,
} from './enqueue-statement.ts';
import { knownResult } from './idempotency.ts';

/** An EnqueueRunInput whose JSON is validated (enqueue-run.ts), with what the service adds. The database validates its ids. */
export type EnqueueRequest = Omit<EnqueueRunInput, 'bindings'> & {
  /** They replace the bindings of the attachment. */
  bindings?: Binding[] | null;
  /** The owner of the idempotency key and the actor of the event; '' when unknown. */
  caller: string;
  /** The SHA-256 of the input. It distinguishes a repeat under a key from another request. Null without a key. */
  requestHash: Buffer | null;
  /** The mutation that requested the run, for the audit log; null for one whose runs have a common entry. */
  audit?: Audit | null;
  /** The group of a run of a checkout or an automation. The payloads that its runs share are stored with the group. */
  groupId?: string | null;
  orderLinePosition?: number | null;
  /** For a replay, the queue of the replayed run. Otherwise the queue of this process. */
  queue?: string | null;
  /** For a replay, the replayed run and its component version. Otherwise the component's current version. */
  replayOfId?: string | null;
  componentVersionId?: string | null;
};

/** A mutation in the audit log, and the request that sent it. */
export type Audit = { action: string; requestId: string | null };

/** Stores a run, its first event and its job. Rejects with UNAVAILABLE when the outcome is not known within 5 s. */
export type Enqueue = (request: EnqueueRequest) => Promise<EnqueueResult>;

/** A request with the id that its run will have, and the row that the statement receives. */
export type EnqueueItem = { id: string; request: EnqueueRequest; row: SerializedRow };

/** A version 7 id sorts by time, so the newest runs are the end of every index. */
export const enqueueItem = (request: EnqueueRequest, id: string = newId()): EnqueueItem => ({
  id,
  request,
  row: serializeRow(INPUT, rowOf(id, request)),
});

export function createEnqueue(pool: pg.Pool, queue: string): Enqueue {
  const batch = createBatch<EnqueueItem, EnqueueResult>({
    bytesOf: (item) => item.row.bytes,
    run: (items) => enqueueAll(pool, queue, items),
    // Fewer than for a worker's statements, because callers wait for the answer.
    worthAStatement: 10,
  });
  return (request) => batch.submit(enqueueItem(request));
}

/**
 * Enqueues all requests in one statement; each succeeds or fails separately, with an Error where its shop is closed or has
 * moved. On a transaction's client it is part of that transaction.
 */
export async function enqueueAll(
  client: Queryable,
  queue: string,
  items: EnqueueItem[],
): Promise<(EnqueueResult | typeof AGAIN | Error)[]> {
  const rows = items.map(({ row }) => row);
  const values = [...unnestSerialized(INPUT, rows), queue];
  const answered = await rowsOf(client, ENQUEUE, values);
  const answers = new Map(answered.map((answer) => [answer.id, answer]));
  return items.map(({ id, request }) => resultOf(answers.get(id), request));
}

/** A request that was validated and not stored. */
export type Validated = Omit<ValidatedRequest, 'mistakes'> & { mistakes: EnqueueMistake[] };

/**
 * Validates a request as enqueueing does now, and returns what its run would contain. Stores nothing.
 * @throws RetryLaterError when the shop is closed or has moved
 */
export async function validateRequest(pool: pg.Pool, request: EnqueueRequest): Promise<Validated> {
  const values = unnestSerialized(INPUT, [enqueueItem(request).row]);
  const { mistakes: found, ...validated } = (await rowsOf(pool, VALIDATE, values))[0]!;
  const mistakes = ofRequest(found);
  if (mistakes instanceof Error) throw mistakes;
  return { ...validated, mistakes };
}

/** The mistakes of the request itself, or the error where its shop is closed or has moved. */
function ofRequest(mistakes: (EnqueueMistake | ShopMistake)[]): EnqueueMistake[] | RetryLaterError {
  const [first] = mistakes;
  if (first === 'SHOP_CLOSED') return shopClosed();
  return first === 'SHOP_MOVED' ? shopMoved() : (mistakes as EnqueueMistake[]);
}

/**
 * AGAIN when the run was neither stored nor found: another request with the same key was committed outside this
 * statement's snapshot.
 */
function resultOf(
  answer: EnqueueAnswer | undefined,
  request: EnqueueRequest,
): EnqueueResult | typeof AGAIN | Error {
  if (!answer) return AGAIN;
  const { id, knownId, sameRequest } = answer;
  const mistakes = ofRequest(answer.mistakes);
  if (mistakes instanceof Error) return mistakes;
  if (knownId !== null) return knownResult(knownId, sameRequest, request.idempotencyKey!);
  if (mistakes.length > 0) return invalid(...mistakes.map((mistake) => enqueueMistake(mistake, request)));
  return ok({ runId: id, deduplicated: false });
}

function rowOf(id: string, request: EnqueueRequest) {
  return {
    id,
    shop: shopOf(request.shop),
    component_id: request.componentId,
    component_version_id: request.componentVersionId,
    product_id: request.productId,
    attachment_id: request.attachmentId,
    order_id: request.orderId,
    order_line_position: request.orderLinePosition,
    group_id: request.groupId,
    replay_of_id: request.replayOfId,
    channel: request.channel,
    trigger: request.trigger,
    priority: request.priority ?? 'NORMAL',
    input_payload: request.inputPayload ?? {},
    metadata: request.metadata ?? {},
    context: request.context ?? {},
    bindings: request.bindings,
    run_at: request.runAt,
    caller: request.caller,
    idempotency_key: request.idempotencyKey,
    request_hash: request.requestHash,
    queue: request.queue,
    action: request.audit?.action,
    request_id: request.audit?.requestId,
    traceparent: activeTraceparent(),
  };
}
