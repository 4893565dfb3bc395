/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** The kind of error that ended an attempt. */
export type RunErrorCode =
  /** A required binding found no value. The script runner was not called. */
  | 'BINDING_UNRESOLVED'
  /** The run was canceled on request. */
  | 'CANCELED'
  /** The inputs do not match the inputSchema of the component. The script runner was not called. */
  | 'INPUT_INVALID'
  /** The inputs could not be checked, because the check would have taken too much work or the inputSchema cannot be used. The inputs may still be valid. The script runner was not called. */
  | 'INPUT_UNCHECKED'
  /** The service itself failed. Its log has the details. */
  | 'INTERNAL'
  /** The result is larger than 1 MiB. It is not retried. */
  | 'RESULT_TOO_LARGE'
  /** The script runner responded with another error status. */
  | 'RUNNER_FAILED'
  /** The response of the script runner is not JSON that can be stored. It is not retried. */
  | 'RUNNER_INVALID_RESPONSE'
  /** The script runner rejected the request with a 4xx status other than 408, 409, 425 and 429. It is not retried. */
  | 'RUNNER_REJECTED'
  /** The script runner did not respond within timeoutSeconds. */
  | 'RUNNER_TIMEOUT'
  /** The connection to the script runner failed. */
  | 'RUNNER_UNREACHABLE'
  /** A stored secret that the call sends cannot be decrypted, or was deleted since an earlier call of unknown outcome sent it. The script runner was not called. */
  | 'SECRET_UNAVAILABLE'
  /** Three workers died or lost their lease while they executed the run. */
  | 'WORKER_LOST';

/** The kind of a run event. */
export type RunEventType =
  /** The run was canceled. Its status is CANCELED. */
  | 'CANCELED'
  /** An operator requested a cancel while the run was RUNNING. Its status is still RUNNING. */
  | 'CANCEL_REQUESTED'
  /** The script runner returned a result. The status of the run is COMPLETED. */
  | 'COMPLETED'
  /** The run was enqueued. Its status is QUEUED. */
  | 'ENQUEUED'
  /** An attempt failed, and no retry follows: no attempt is left, or the error is not retryable. The status of the run is FAILED. */
  | 'FAILED'
  /** A worker shut down and returned the run to its queue. The interrupted attempt does not count. The status of the run is QUEUED. */
  | 'REQUEUED'
  /** An operator queued the ended run again, for one more attempt. Its status is QUEUED. */
  | 'RETRIED'
  /** An attempt failed, and the next one is due at runAt. The status of the run is QUEUED. */
  | 'RETRY_SCHEDULED'
  /** A worker claimed the run and started an attempt. Its status is RUNNING. */
  | 'STARTED'
  /** The worker of the run died or lost its lease, so the run was returned to its queue. Its status is QUEUED. */
  | 'WORKER_LOST';

/** Excludes runs from a filter. At least one condition is required. A run that meets all conditions is excluded; the conditions are those of RunFilter. */
export type RunExclusion = {
  /** Matches runs of one of these attachments. */
  attachmentId?: Array<string> | null | undefined;
  /** Matches runs with one of these channels. */
  channel?: Array<string> | null | undefined;
  /** Matches runs that ended at or after this time. */
  completedAfter?: string | null | undefined;
  /** Matches runs that ended before this time. */
  completedBefore?: string | null | undefined;
  /** Matches runs of one of these components, by id. */
  componentId?: Array<string> | null | undefined;
  /** Matches runs of one of these components, by key. */
  componentKey?: Array<string> | null | undefined;
  /** Matches runs whose context, as the API shows it, contains this JSON, such as {"checkout": {"id": "p-1"}}. */
  context?: { [key: string]: any } | null | undefined;
  /** Matches runs whose error has one of these codes. */
  errorCode?: Array<RunErrorCode> | null | undefined;
  /** Matches runs of one of these groups. */
  groupId?: Array<string> | null | undefined;
  /** Matches runs that were enqueued with one of these idempotency keys. */
  idempotencyKey?: Array<string> | null | undefined;
  /** Matches runs whose inputPayload, as the API shows it, contains this JSON: each key with its value, and each item of a list somewhere in the list (PostgreSQL's jsonb @>). */
  inputPayload?: { [key: string]: any } | null | undefined;
  /** Matches runs whose metadata contains this JSON, such as {"initiator": "checkout"}. */
  metadata?: { [key: string]: any } | null | undefined;
  /** Matches runs of one of these orders. */
  orderId?: Array<string> | null | undefined;
  /** Matches runs of the orders with one of these numbers. */
  orderNumber?: Array<string> | null | undefined;
  /** Matches runs with one of these priorities. */
  priority?: Array<RunPriority> | null | undefined;
  /** Matches runs of one of these products. */
  productId?: Array<string> | null | undefined;
  /** Matches runs enqueued at or after this time. */
  queuedAfter?: string | null | undefined;
  /** Matches runs enqueued before this time. */
  queuedBefore?: string | null | undefined;
  /** Matches the replays of one of these runs. */
  replayOfId?: Array<string> | null | undefined;
  /** Matches the runs with these ids. */
  runId?: Array<string> | null | undefined;
  /** Matches runs of one of these shops. Runs without a shop match none. */
  shop?: Array<string> | null | undefined;
  /** Matches runs with one of these statuses. */
  status?: Array<RunStatus> | null | undefined;
  /** Matches runs with one of these triggers. */
  trigger?: Array<Trigger> | null | undefined;
};

/** Selects runs, or the events of runs. All conditions must hold. A list matches any of its members, at most 1,000; [] matches nothing; null is no condition. For events, status and errorCode refer to the event, and all other conditions to its run; the priority is the one that the run has when its event is read. */
export type RunFilter = {
  /** Matches runs of one of these attachments. */
  attachmentId?: Array<string> | null | undefined;
  /** Matches runs with one of these channels. */
  channel?: Array<string> | null | undefined;
  /** Matches runs that ended at or after this time. */
  completedAfter?: string | null | undefined;
  /** Matches runs that ended before this time. */
  completedBefore?: string | null | undefined;
  /** Matches runs of one of these components, by id. */
  componentId?: Array<string> | null | undefined;
  /** Matches runs of one of these components, by key. */
  componentKey?: Array<string> | null | undefined;
  /** Matches runs whose context, as the API shows it, contains this JSON, such as {"checkout": {"id": "p-1"}}. */
  context?: { [key: string]: any } | null | undefined;
  /** Matches runs whose error has one of these codes. */
  errorCode?: Array<RunErrorCode> | null | undefined;
  /** Matches runs of one of these groups. */
  groupId?: Array<string> | null | undefined;
  /** Matches runs that were enqueued with one of these idempotency keys. */
  idempotencyKey?: Array<string> | null | undefined;
  /** Matches runs whose inputPayload, as the API shows it, contains this JSON: each key with its value, and each item of a list somewhere in the list (PostgreSQL's jsonb @>). */
  inputPayload?: { [key: string]: any } | null | undefined;
  /** Matches runs whose metadata contains this JSON, such as {"initiator": "checkout"}. */
  metadata?: { [key: string]: any } | null | undefined;
  /** Excludes the runs that meet all conditions of one of these items, at most 20. To exclude runs that meet one of several conditions, set each condition in an item of its own. */
  not?: Array<RunExclusion> | null | undefined;
  /** Matches runs of one of these orders. */
  orderId?: Array<string> | null | undefined;
  /** Matches runs of the orders with one of these numbers. */
  orderNumber?: Array<string> | null | undefined;
  /** Matches runs with one of these priorities. */
  priority?: Array<RunPriority> | null | undefined;
  /** Matches runs of one of these products. */
  productId?: Array<string> | null | undefined;
  /** Matches runs enqueued at or after this time. */
  queuedAfter?: string | null | undefined;
  /** Matches runs enqueued before this time. */
  queuedBefore?: string | null | undefined;
  /** Matches the replays of one of these runs. */
  replayOfId?: Array<string> | null | undefined;
  /** Matches the runs with these ids. */
  runId?: Array<string> | null | undefined;
  /** Matches runs whose idempotencyKey or order number is this text, or whose id begins with it, if it has at least 8 characters. At most 255 characters; space around the text is ignored, and a blank text is no condition. */
  search?: string | null | undefined;
  /** Matches runs of one of these shops. Runs without a shop match none. */
  shop?: Array<string> | null | undefined;
  /** Matches runs with one of these statuses. */
  status?: Array<RunStatus> | null | undefined;
  /** Matches runs with one of these triggers. */
  trigger?: Array<Trigger> | null | undefined;
};

/** The priority of a run. Due runs with a higher priority are started first. */
export type RunPriority =
  /** The priority of runs from enqueueCheckoutRuns. */
  | 'HIGH'
  /** The priority of runs from bulk operations. */
  | 'LOW'
  /** The default priority. */
  | 'NORMAL';

/** The status of a run. COMPLETED, FAILED and CANCELED are terminal: only retryRun leads out of FAILED and CANCELED, and nothing leads out of COMPLETED. */
export type RunStatus =
  /** The run was canceled on request. */
  | 'CANCELED'
  /** The script runner returned a result. */
  | 'COMPLETED'
  /** The last attempt failed, and no retry follows. */
  | 'FAILED'
  /** The run waits for its runAt, and then for a worker. */
  | 'QUEUED'
  /** A worker executes the run. */
  | 'RUNNING';

/** An event that may start a run of a component. */
export type Trigger =
  /** An automation over a recorded order, by runOrderAutomation. */
  | 'AUTOMATION'
  /** A checkout, by enqueueCheckoutRuns. */
  | 'CHECKOUT'
  /** A person who operates the shop, by enqueueRun or runOrderAutomation. */
  | 'OPERATOR'
  /** The time after a checkout: enqueueCheckoutRuns, and later runOrderAutomation. */
  | 'POST_CHECKOUT'
  /** A preset of the shop. Clients enqueue these runs by enqueueRun. */
  | 'PRESET';

export type RunEventsSubscriptionVariables = Exact<{
  where?: RunFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type RunEventsSubscription = { runEvents: { cursor: string, runId: string, sequence: number, type: RunEventType, status: RunStatus, attempt: number, at: string, runAt: string | null, actor: string | null, reason: string | null, error: { code: RunErrorCode, message: string, retryable: boolean } | null, telemetry: { runner: string, latencyMs: number, bindingsCount: number } | null } };
