import type { Binding } from '../bindings/binding.ts';
import type { Json, JsonObject } from '../json/json.ts';
import type { RunError } from './run-error.ts';
import type { RunStatus } from './status.ts';
import type { RunTelemetry } from './telemetry.ts';

export type Trigger = 'CHECKOUT' | 'POST_CHECKOUT' | 'PRESET' | 'AUTOMATION' | 'OPERATOR';
export type RunPriority = 'HIGH' | 'NORMAL' | 'LOW';

/**
 * A run as stored, what its group shares composed in. Secrets are in the clear in `bindingSnapshot`, `resolvedBindings`
 * and `request`: whoever shows them masks them (secrets.ts).
 */
export type Run = {
  id: string;
  status: RunStatus;
  componentId: string;
  componentVersionId: string;
  productId: string | null;
  attachmentId: string | null;
  orderId: string | null;
  orderLinePosition: number | null;
  groupId: string | null;
  replayOfId: string | null;
  channel: string | null;
  trigger: Trigger | null;
  priority: RunPriority;
  attempt: number;
  lostAttempts: number;
  maxAttempts: number;
  inputPayload: JsonObject;
  metadata: JsonObject;
  context: JsonObject;
  bindingSnapshot: Binding[];
  resolvedBindings: JsonObject | null;
  resultPayload: Json;
  error: RunError | null;
  telemetry: RunTelemetry | null;
  /** The JourneyScriptRequest as sent, byte for byte; null before the first call. Kept as keptRequest has it. */
  request: string | null;
  queuedAt: Date;
  runAt: Date;
  startedAt: Date | null;
  completedAt: Date | null;
  cancelRequestedAt: Date | null;
  idempotencyKey: string | null;
  fence: number;
  callKey: number;
  /** The call key that `request` was frozen under; null before the first external call. */
  requestCallKey: number | null;
};

/** A run without what may be large (run-late.ts), as lists of many read it. */
export type ListedRun = Omit<
  Run,
  'inputPayload' | 'context' | 'resolvedBindings' | 'resultPayload' | 'request'
>;

const LISTED_COLUMNS = {
  id: 'id',
  status: 'status',
  componentId: 'component_id',
  componentVersionId: 'component_version_id',
  productId: 'product_id',
  attachmentId: 'attachment_id',
  orderId: 'order_id',
  orderLinePosition: 'order_line_position',
  groupId: 'group_id',
  replayOfId: 'replay_of_id',
  channel: 'channel',
  trigger: 'trigger',
  priority: 'priority',
  attempt: 'attempt',
  lostAttempts: 'lost_attempts',
  maxAttempts: 'max_attempts',
  metadata: 'metadata',
  bindingSnapshot: 'binding_snapshot',
  error: 'error',
  telemetry: 'telemetry',
  queuedAt: 'queued_at',
  runAt: 'run_at',
  startedAt: 'started_at',
  completedAt: 'completed_at',
  cancelRequestedAt: 'cancel_requested_at',
  idempotencyKey: 'idempotency_key',
  fence: 'fence',
  callKey: 'call_key',
  requestCallKey: 'request_call_key',
} as const satisfies Record<keyof ListedRun, string>;

/** The select list of a ListedRun, for a statement in which `alias` is the run. */
export const listedColumns = (alias: string): string => columns(alias, LISTED_COLUMNS);

/** The select list of a Run, for a statement in which `alias` is the run and sharedJoin(alias) stands in the from clause. */
export function runColumns(alias: string): string {
  return [
    listedColumns(alias),
    columns(alias, LATE_COLUMNS),
    `case when g.id is null then ${alias}.input_payload else g.shared_input || ${alias}.input_payload end as "inputPayload"`,
    `case when g.id is null then ${alias}.context else g.shared_context || ${alias}.context end as "context"`,
  ].join(', ');
}

const LATE_COLUMNS = {
  resolvedBindings: 'resolved_bindings',
  resultPayload: 'result_payload',
  request: 'request',
} as const;

/** The select list of columns under the names that code has for them. */
export const columns = (alias: string, named: { [name: string]: string }): string =>
  Object.entries(named)
    .map(([name, column]) => `${alias}.${column} as "${name}"`)
    .join(', ');

/** Joins the group whose shared payload a run composes (by primary key). */
export const sharedJoin = (alias: string): string =>
  `left join journey_run_groups g on g.id = ${alias}.group_id`;
