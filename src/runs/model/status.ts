import { RunEventType, RunStatus } from '../../postgres/generated/prisma/enums.ts';

/**
 * QUEUED    waits for its runAt. A worker's claim or a cancel changes it.
 * RUNNING   is being executed by one worker. That worker changes it, or the sweeper once the worker is lost.
 * COMPLETED has the runner's answer. Nothing changes it.
 * FAILED    has the error of its last attempt. Only an operator's retry changes it.
 * CANCELED  was stopped by an operator. Only an operator's retry changes it.
 */
export type { RunStatus };
export const RUN_STATUSES = Object.values(RunStatus);

export type { RunEventType };
export const RUN_EVENT_TYPES = Object.values(RunEventType);

/**
 * The statuses in which each event may happen to a run, and the status after it. There are no other changes of
 * status.
 */
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
  /** By its worker, which stops: the run is queued again and the attempt does not count. */
  REQUEUED: { from: ['RUNNING'], to: 'QUEUED' },
  /** By the sweeper, when the run's worker died; lostAttempts increases by one. */
  WORKER_LOST: { from: ['RUNNING'], to: 'QUEUED' },
  /** By an operator; its worker then aborts the call and records CANCELED. */
  CANCEL_REQUESTED: { from: ['RUNNING'], to: 'RUNNING' },
  /**
   * By an operator while QUEUED. While RUNNING, by the process that would otherwise queue it again after a cancel
   * was requested.
   */
  CANCELED: { from: ['QUEUED', 'RUNNING'], to: 'CANCELED' },
  /** By an operator: one attempt more. */
  RETRIED: { from: ['FAILED', 'CANCELED'], to: 'QUEUED' },
} as const satisfies Record<RunEventType, { from: readonly RunStatus[]; to: RunStatus }>;

/** Whether an event may change a run from one status to another; `from` is null for a new run. */
export function isTransition(event: RunEventType, from: RunStatus | null, to: RunStatus): boolean {
  const { from: allowed, to: target } = TRANSITIONS[event];
  return to === target && (from === null ? allowed.length === 0 : mayHappen(event, from));
}

/** Whether an event may happen to a run of this status. */
export function mayHappen(event: RunEventType, status: RunStatus): boolean {
  const allowed: readonly RunStatus[] = TRANSITIONS[event].from;
  return allowed.includes(status);
}

/** The statuses that end a run: only an operator's retry changes them. */
export const TERMINAL_STATUSES = ['COMPLETED', 'FAILED', 'CANCELED'] as const satisfies RunStatus[];

export function isTerminal(status: RunStatus): status is (typeof TERMINAL_STATUSES)[number] {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}

/** The statuses as an SQL list, for `in`. */
export const sqlList = (statuses: readonly RunStatus[]): string =>
  `(${statuses.map((status) => `'${status}'`).join(', ')})`;
