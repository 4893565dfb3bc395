/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type RunErrorCode =
  | 'BINDING_UNRESOLVED'
  | 'CANCELED'
  | 'INPUT_INVALID'
  | 'INTERNAL'
  | 'RESULT_TOO_LARGE'
  | 'RUNNER_FAILED'
  | 'RUNNER_INVALID_RESPONSE'
  | 'RUNNER_REJECTED'
  | 'RUNNER_TIMEOUT'
  | 'RUNNER_UNREACHABLE'
  | 'WORKER_LOST';

export type RunEventType =
  /** As an operator asked. */
  | 'CANCELED'
  /** By an operator, while it was running. */
  | 'CANCEL_REQUESTED'
  /** With the script runner's answer. */
  | 'COMPLETED'
  /** By the caller; the run is new. */
  | 'ENQUEUED'
  /** No attempt is left, or none would help. */
  | 'FAILED'
  /** Given back by a worker that stops. */
  | 'REQUEUED'
  /** By an operator: one attempt more. */
  | 'RETRIED'
  /** An attempt failed; the next is at runAt. */
  | 'RETRY_SCHEDULED'
  /** By the worker that claimed it. */
  | 'STARTED'
  /** Taken from a worker that died. */
  | 'WORKER_LOST';

/** All conditions given must hold; a list means any of its members, [] matches nothing, null is no condition. On events, status and errorCode are the event’s own; all else is the run’s. */
export type RunFilter = {
  attachmentId?: Array<string> | null | undefined;
  channel?: Array<string> | null | undefined;
  /** This moment included. */
  completedAfter?: string | null | undefined;
  /** This moment excluded. */
  completedBefore?: string | null | undefined;
  componentId?: Array<string> | null | undefined;
  componentKey?: Array<string> | null | undefined;
  /** A part that the context contains as it is shown, like {"checkout": {"id": "p-1"}}. */
  context?: { [key: string]: any } | null | undefined;
  errorCode?: Array<RunErrorCode> | null | undefined;
  groupId?: Array<string> | null | undefined;
  idempotencyKey?: Array<string> | null | undefined;
  /** A part that the run's inputPayload contains as it is shown, with what its checkout or automation shares: each key with its value, each item of a list somewhere in it. */
  inputPayload?: { [key: string]: any } | null | undefined;
  /** A part that the metadata contains, like {"initiator": "checkout"}. */
  metadata?: { [key: string]: any } | null | undefined;
  orderId?: Array<string> | null | undefined;
  productId?: Array<string> | null | undefined;
  /** This moment included. */
  queuedAfter?: string | null | undefined;
  /** This moment excluded. */
  queuedBefore?: string | null | undefined;
  runId?: Array<string> | null | undefined;
  status?: Array<RunStatus> | null | undefined;
  trigger?: Array<Trigger> | null | undefined;
};

export type RunStatus =
  /** Was stopped by an operator. */
  | 'CANCELED'
  /** Has the script runner's answer. */
  | 'COMPLETED'
  /** No attempt is left, or none would help. */
  | 'FAILED'
  /** Waits for its runAt, and then for a worker. */
  | 'QUEUED'
  /** Is in the hand of one worker. */
  | 'RUNNING';

/** What may start a component. */
export type Trigger =
  | 'AUTOMATION'
  | 'CHECKOUT'
  | 'OPERATOR'
  | 'POST_CHECKOUT'
  | 'PRESET';

export type RunEventsSubscriptionVariables = Exact<{
  where?: RunFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type RunEventsSubscription = { runEvents: { cursor: string, runId: string, sequence: number, type: RunEventType, status: RunStatus, attempt: number, at: string, runAt: string | null, actor: string | null, reason: string | null, error: { code: RunErrorCode, message: string, detail: { [key: string]: any } | null, retryable: boolean } | null, telemetry: { runner: string, latencyMs: number, bindingsCount: number, outputPreview: string | null, errorPreview: string | null } | null } };
