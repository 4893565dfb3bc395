import { RunEventType, RunStatus } from '../../postgres/generated/prisma/enums.ts';

/**
 * QUEUED    waits for its runAt; a worker's claim moves it on, or a cancel.
 * RUNNING   is in one worker's hand; that worker moves it on, or the sweeper once the worker is lost.
 * COMPLETED has the runner's answer; nothing moves it on.
 * FAILED    has the error of its last attempt; only an operator's retry moves it on.
 * CANCELED  was stopped by an operator; only an operator's retry moves it on.
 */
export type { RunStatus };
export const RUN_STATUSES = Object.values(RunStatus);

export type { RunEventType };
export const RUN_EVENT_TYPES = Object.values(RunEventType);

/** Which event may befall a run in which status, and the status after it. No other change of status exists. */
export const TRANSITIONS = {
  /** By the caller; the run is new. */
  ENQUEUED: { from: [], to: 'QUEUED' },
  /** By the worker that claims it. */
  STARTED: { from: ['QUEUED'], to: 'RUNNING' },
  /** By its worker, with the runner's answer. */
  COMPLETED: { from: ['RUNNING'], to: 'COMPLETED' },
  /** By its worker when no attempt is left, or by the sweeper when too many workers were lost (error WORKER_LOST). */
  FAILED: { from: ['RUNNING'], to: 'FAILED' },
  /** By its worker: an attempt failed and another is left. */
  RETRY_SCHEDULED: { from: ['RUNNING'], to: 'QUEUED' },
  /** By its worker, which stops and gives it back with its attempt. */
  REQUEUED: { from: ['RUNNING'], to: 'QUEUED' },
  /** By the sweeper: its worker died, and lostAttempts grows. */
  WORKER_LOST: { from: ['RUNNING'], to: 'QUEUED' },
  /** By an operator; its worker then aborts the call and records CANCELED. */
  CANCEL_REQUESTED: { from: ['RUNNING'], to: 'RUNNING' },
  /** By an operator while QUEUED; while RUNNING by whoever would have queued it again, once a cancel was asked. */
  CANCELED: { from: ['QUEUED', 'RUNNING'], to: 'CANCELED' },
  /** By an operator: one attempt more. */
  RETRIED: { from: ['FAILED', 'CANCELED'], to: 'QUEUED' },
} as const satisfies Record<RunEventType, { from: readonly RunStatus[]; to: RunStatus }>;

/** Whether an event may take a run from one status to another; `from` is null for a run that is not there yet. */
export function isTransition(event: RunEventType, from: RunStatus | null, to: RunStatus): boolean {
  const { from: allowed, to: target } = TRANSITIONS[event];
  return to === target && (from === null ? allowed.length === 0 : mayHappen(event, from));
}

/** Whether an event may happen to a run of this status. */
export function mayHappen(event: RunEventType, status: RunStatus): boolean {
  const allowed: readonly RunStatus[] = TRANSITIONS[event].from;
  return allowed.includes(status);
}

/** The statuses that end a run: only an operator's retry leads out of them. */
export const TERMINAL_STATUSES = ['COMPLETED', 'FAILED', 'CANCELED'] as const satisfies RunStatus[];

export function isTerminal(status: RunStatus): status is (typeof TERMINAL_STATUSES)[number] {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}

/** The statuses as the list of an `in`. */
export const sqlList = (statuses: readonly RunStatus[]): string =>
  `(${statuses.map((status) => `'${status}'`).join(', ')})`;
