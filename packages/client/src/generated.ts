/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Why an attempt failed, in one word. */
export type RunErrorCode =
  /** A required binding found nothing. */
  | 'BINDING_UNRESOLVED'
  /** The run was canceled on request. */
  | 'CANCELED'
  /** The inputs break the component's inputSchema. */
  | 'INPUT_INVALID'
  /** The inputs could not be checked by the inputSchema, which says nothing about them: the check took too much work, or the schema cannot be used. The runner was not called. */
  | 'INPUT_UNCHECKED'
  /** An error of the service itself; its log says more. */
  | 'INTERNAL'
  /** The result is larger than 1 MiB. */
  | 'RESULT_TOO_LARGE'
  /** The script runner answered with another error. */
  | 'RUNNER_FAILED'
  /** The answer of the script runner is not JSON that can be stored. */
  | 'RUNNER_INVALID_RESPONSE'
  /** The script runner refused the request (a 4xx other than 408, 409, 425 and 429). */
  | 'RUNNER_REJECTED'
  /** The script runner did not answer in time. */
  | 'RUNNER_TIMEOUT'
  /** The script runner could not be reached. */
  | 'RUNNER_UNREACHABLE'
  /** The run lost three workers. */
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
