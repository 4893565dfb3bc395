import type pg from 'pg';
import type { JsonObject } from '../../json/json.ts';
import { AGAIN, createBatch } from '../../postgres/batch.ts';
import { newId } from '../../postgres/new-id.ts';
import { rowsOf } from '../../postgres/statement.ts';
import type { Queryable } from '../../postgres/transaction.ts';
import { unnestWritten, type WrittenRow, writtenRow } from '../../postgres/unnest.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';
import type { RunPriority, Trigger } from '../model/run-row.ts';
import { enqueueMistake } from './enqueue-mistakes.ts';
import { type EnqueueOutcome, knownOutcome, notEnqueued } from './enqueue-outcome.ts';
import { ENQUEUE, type EnqueueAnswer, INPUT } from './enqueue-statement.ts';

/** A request to run a component, its JSON already judged (enqueue-request.ts). Only ids are checked here, by the database. */
export type EnqueueRequest = {
  componentId: string;
  productId?: string | null;
  attachmentId?: string | null;
  orderId?: string | null;
  channel?: string | null;
  trigger?: Trigger | null;
  priority?: RunPriority | null;
  inputPayload?: JsonObject | null;
  metadata?: JsonObject | null;
  context?: JsonObject | null;
  /** In place of the attachment's. */
  bindings?: Binding[] | null;
  /** Not before; null: at once. */
  runAt?: Date | null;
  /** Owner of the idempotency key, and actor of the event; '' when not known. */
  caller: string;
  idempotencyKey?: string | null;
  /** SHA-256 of the request as it came: tells a repeat under a key from another request. Null without a key. */
  requestHash: Buffer | null;
  /** Of a checkout's or an automation's run: what it shares with the others of its group is stored with that. */
  groupId?: string | null;
  orderLinePosition?: number | null;
  /** A replay's: the queue of the run that it repeats. Otherwise the queue of this process. */
  queue?: string | null;
  /** A replay's: the run that it repeats, and the version that it keeps; null: the component's current one. */
  replayOfId?: string | null;
  componentVersionId?: string | null;
};

/** Stores a run, its first event and its job. Rejects with UNAVAILABLE when the outcome is not known within 5 s. */
export type Enqueue = (request: EnqueueRequest) => Promise<EnqueueOutcome>;

/** A request with the id that its run will have, and the row that it is passed as. */
export type IdentifiedRequest = { id: string; request: EnqueueRequest; row: WrittenRow };

/** A version 7 id sorts by time, so the newest runs are the end of every index. */
export const identified = (request: EnqueueRequest, id: string = newId()): IdentifiedRequest => ({
  id,
  request,
  row: writtenRow(INPUT, rowOf(id, request)),
});

export function createEnqueue(pool: pg.Pool, queue: string): Enqueue {
  const batch = createBatch<IdentifiedRequest, EnqueueOutcome>({
    bytesOf: (item) => item.row.bytes,
    run: (items) => enqueueAll(pool, queue, items),
    // Fewer than for a worker's statements: callers wait for the answer.
    worthAStatement: 10,
  });
  return (request) => batch.submit(identified(request));
}

/** One statement for all requests; each stands on its own. On a transaction's client it is part of that transaction. */
export async function enqueueAll(
  client: Queryable,
  queue: string,
  items: IdentifiedRequest[],
): Promise<(EnqueueOutcome | typeof AGAIN)[]> {
  const rows = items.map(({ row }) => row);
  const values = [...unnestWritten(INPUT, rows), queue];
  const answered = await rowsOf(client, ENQUEUE, values);
  const answers = new Map(answered.map((answer) => [answer.id, answer]));
  return items.map(({ id, request }) => outcomeOf(answers.get(id), request));
}

/** AGAIN when the run was neither stored nor found: a neighbour with the same key committed outside this statement's snapshot. */
function outcomeOf(
  answer: EnqueueAnswer | undefined,
  request: EnqueueRequest,
): EnqueueOutcome | typeof AGAIN {
  if (!answer) return AGAIN;
  const { id, knownId, sameRequest, mistakes } = answer;
  if (knownId !== null) return knownOutcome(knownId, sameRequest, request.idempotencyKey!);
  if (mistakes.length > 0) return notEnqueued(mistakes.map((mistake) => enqueueMistake(mistake, request)));
  return { runId: id, deduplicated: false, userErrors: [] };
}

function rowOf(id: string, request: EnqueueRequest) {
  return {
    id,
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
  };
}
