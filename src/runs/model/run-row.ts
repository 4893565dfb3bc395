import type { Json, JsonObject } from '../../json/json.ts';
import type { RunPriority, Trigger } from '../../postgres/generated/prisma/enums.ts';
import type { Columns } from '../../postgres/select-list.ts';
import { json, pick, type RowColumns, type RowOf } from '../../postgres/statement.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';
import type { RunError } from './run-error.ts';
import type { RunTelemetry } from './telemetry.ts';

export type { RunPriority, Trigger };

/**
 * A run as stored, combined with what its group shares. Secrets are in the clear in `bindingSnapshot`,
 * `resolvedBindings` and `request`: code that shows these fields must mask them (secrets.ts).
 */
export const RUN_TYPES = {
  id: 'uuid',
  status: 'journey_run_status',
  componentId: 'uuid',
  componentVersionId: 'uuid',
  productId: 'uuid?',
  attachmentId: 'uuid?',
  orderId: 'uuid?',
  orderLinePosition: 'int4?',
  groupId: 'uuid?',
  replayOfId: 'uuid?',
  shop: 'text?',
  channel: 'text?',
  trigger: 'journey_trigger?',
  priority: 'journey_run_priority',
  attempt: 'int4',
  lostAttempts: 'int4',
  maxAttempts: 'int4',
  inputPayload: json<JsonObject>(),
  metadata: json<JsonObject>(),
  context: json<JsonObject>(),
  bindingSnapshot: json<Binding[]>(),
  resolvedBindings: json<JsonObject | null>(),
  resultPayload: json<Json>(),
  error: json<RunError | null>(),
  telemetry: json<RunTelemetry | null>(),
  /**
   * The JourneyScriptRequest as sent, byte for byte; null before the first call. Stored in the form that
   * storedRequest returns.
   */
  request: 'text?',
  queuedAt: 'timestamptz',
  runAt: 'timestamptz',
  startedAt: 'timestamptz?',
  completedAt: 'timestamptz?',
  cancelRequestedAt: 'timestamptz?',
  /** When the run's payloads were erased together with its order's. */
  forgottenAt: 'timestamptz?',
  /**
   * Only workers of this queue take the run. Null if it was enqueued before queues were stored and no worker has
   * taken it since.
   */
  queue: 'text?',
  idempotencyKey: 'text?',
  /** The number of the run's latest event. */
  sequence: 'int4',
} as const satisfies RowColumns;

export type Run = RowOf<typeof RUN_TYPES>;

/** A run without its large fields (large-fields.ts), as lists of runs read it. */
export type ListedRun = Omit<
  Run,
  'inputPayload' | 'context' | 'resolvedBindings' | 'resultPayload' | 'request'
>;

export type RunColumn = keyof ListedRun;

/**
 * The SQL expression of each column of a listed run. In every statement `r` is the run as requested (journey_runs,
 * which never changes), and `s` its state.
 */
export const LISTED_COLUMNS: Columns<ListedRun> = {
  id: 'r.id',
  status: 's.status',
  componentId: 'r.component_id',
  componentVersionId: 'r.component_version_id',
  productId: 'r.product_id',
  attachmentId: 'r.attachment_id',
  orderId: 'r.order_id',
  orderLinePosition: 'r.order_line_position',
  groupId: 'r.group_id',
  replayOfId: 'r.replay_of_id',
  shop: "nullif(r.shop, '')",
  channel: 'r.channel',
  trigger: 'r.trigger',
  priority: 's.priority',
  attempt: 's.attempt',
  lostAttempts: 's.lost_attempts',
  maxAttempts: 's.max_attempts',
  metadata: 'r.metadata',
  bindingSnapshot: 'r.binding_snapshot',
  error: 's.error',
  telemetry: 's.telemetry',
  queuedAt: 'r.queued_at',
  runAt: 's.run_at',
  startedAt: 's.started_at',
  completedAt: 's.completed_at',
  cancelRequestedAt: 's.cancel_requested_at',
  forgottenAt: 'r.forgotten_at',
  queue: "nullif(s.queue, '')",
  idempotencyKey: 'r.idempotency_key',
  sequence: 's.event_sequence',
};

/** The types of these columns of a listed run, or of all. */
export const listedTypes = (
  names: readonly RunColumn[] = Object.keys(LISTED_COLUMNS) as RunColumn[],
): Pick<typeof RUN_TYPES, RunColumn> => pick(RUN_TYPES, names);

/**
 * Looks up the state of each run, from the table in which it stands (by primary key). The planner cannot reverse the
 * order of this join: it would read all states where it expects many runs. Most runs have ended, and the look-up ends
 * at the first row: outcomes are the view's first table.
 */
export const STATE_JOIN =
  'cross join lateral (select * from journey_run_states s where s.run_id = r.id limit 1) s';

/** The from-item for these columns of listed runs, or for all. The state is joined only if a column belongs to it. */
export const runsWith = (names?: readonly RunColumn[]): string =>
  hasState(names) ? `journey_runs r ${STATE_JOIN}` : 'journey_runs r';

/** Whether one of these columns of a listed run belongs to its state. */
export const hasState = (names: readonly RunColumn[] = Object.keys(LISTED_COLUMNS) as RunColumn[]): boolean =>
  names.some((name) => OF_STATE.test(LISTED_COLUMNS[name]));

const OF_STATE = /\bs\./;

/** The SQL expression of each column of a Run, from runsWith() and SHARED_JOIN. */
export const RUN_COLUMNS: Columns<Run> = {
  ...LISTED_COLUMNS,
  resolvedBindings: 's.resolved_bindings',
  resultPayload: 's.result_payload',
  request: 's.request',
  inputPayload: 'case when g.id is null then r.input_payload else g.shared_input || r.input_payload end',
  context: 'case when g.id is null then r.context else g.shared_context || r.context end',
};

/** Joins the group whose shared payload is part of the run's (by primary key). */
export const SHARED_JOIN = 'left join journey_run_groups g on g.id = r.group_id';
