import { json, type RowColumns, type RowOf } from '../../postgres/statement.ts';
import type { RunError } from '../../runs/model/run-error.ts';
import type { Trigger } from '../../runs/model/run-row.ts';
import type { RunEventType, RunStatus } from '../../runs/model/status.ts';
import type { RunTelemetry } from '../../runs/model/telemetry.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';
import { answerMaskOf, maskError, maskTelemetry } from '../../script-request/masking/mask-run.ts';
import { type Cursor, markOf } from './feed-cursor.ts';

/**
 * One event of a run's history as clients may see it, with secrets masked. It includes the run's unchanging fields
 * that the feed's filters use.
 */
export type FeedEvent = {
  /** The place just after this event. */
  cursor: Cursor;
  runId: string;
  /** 1, 2, 3 … within the run. */
  sequence: number;
  type: RunEventType;
  /** The run's status after this event. */
  status: RunStatus;
  attempt: number;
  at: Date;
  error: RunError | null;
  telemetry: RunTelemetry | null;
  runAt: Date | null;
  actor: string | null;
  reason: string | null;
  /** The worker that started an attempt, and the number in the attempt's Idempotency-Key; null for other events. */
  workerId: string | null;
  callKey: number | null;
  run: RunOfEvent;
};

type RunOfEvent = {
  componentId: string;
  componentKey: string;
  productId: string | null;
  attachmentId: string | null;
  orderId: string | null;
  orderNumber: string | null;
  groupId: string | null;
  replayOfId: string | null;
  caller: string;
  shop: string | null;
  channel: string | null;
  trigger: Trigger | null;
  idempotencyKey: string | null;
  queuedAt: Date;
};

/** The columns of an EventRow, from an event `e`, its run `r` and the run's component `c`. */
export const EVENT_COLUMNS = `
  e.run_id as "runId", e.sequence, e.type, e.status, e.attempt, e.at, e.error, e.telemetry, e.run_at as "runAt",
  e.actor, e.reason, e.worker_id as "workerId", e.call_key as "callKey", e.xid, e.position, r.component_id as "componentId", c.key as "componentKey",
  r.product_id as "productId", r.attachment_id as "attachmentId", r.order_id as "orderId",
  (select o.number from orders o where o.id = r.order_id) as "orderNumber", r.group_id as "groupId", r.replay_of_id as "replayOfId", r.caller,
  nullif(e.shop, '') as shop, r.channel, r.trigger, r.idempotency_key as "idempotencyKey", r.queued_at as "queuedAt",
  case when (e.error <> 'null' or e.telemetry <> 'null') and r.binding_snapshot @> '[{"secret": true}]'
    then r.binding_snapshot end as bindings`;

export const EVENT_TYPES = {
  runId: 'uuid',
  sequence: 'int4',
  type: 'journey_run_event_type',
  status: 'journey_run_status',
  attempt: 'int4',
  at: 'timestamptz',
  error: json<RunError | null>(),
  telemetry: json<RunTelemetry | null>(),
  runAt: 'timestamptz?',
  actor: 'text?',
  reason: 'text?',
  workerId: 'uuid?',
  callKey: 'int4?',
  xid: 'xid8',
  position: 'int8',
  componentId: 'uuid',
  componentKey: 'text',
  productId: 'uuid?',
  attachmentId: 'uuid?',
  orderId: 'uuid?',
  orderNumber: 'text?',
  groupId: 'uuid?',
  replayOfId: 'uuid?',
  caller: 'text',
  shop: 'text?',
  channel: 'text?',
  trigger: 'journey_trigger?',
  idempotencyKey: 'text?',
  queuedAt: 'timestamptz',
  /** The bindings; null when no secret must be masked in the event. */
  bindings: json<Binding[] | null>(),
} as const satisfies RowColumns;

export type EventRow = RowOf<typeof EVENT_TYPES>;

const NONE: Binding[] = [];

export function toFeedEvent(era: number, row: EventRow): FeedEvent {
  const { runId, sequence, type, status, attempt, at, runAt, actor, reason, workerId, callKey } = row;
  const { componentId, componentKey, productId, attachmentId, orderId, orderNumber, groupId } = row;
  const { replayOfId, caller, shop, channel, trigger, idempotencyKey, queuedAt } = row;
  const mask = answerMaskOf(row.bindings ?? NONE);
  return {
    cursor: { era, xid: BigInt(row.xid), position: BigInt(row.position), mark: markOf(row) },
    runId,
    sequence,
    type,
    status,
    attempt,
    at,
    error: maskError(row.error, mask),
    telemetry: maskTelemetry(row.telemetry, mask),
    runAt,
    actor,
    reason,
    workerId,
    callKey,
    run: {
      componentId,
      componentKey,
      productId,
      attachmentId,
      orderId,
      orderNumber,
      groupId,
      replayOfId,
      caller,
      shop,
      channel,
      trigger,
      idempotencyKey,
      queuedAt,
    },
  };
}
