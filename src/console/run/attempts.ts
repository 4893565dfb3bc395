import type { RunEventType } from '../api/generated/graphql.ts';

/** The parts of an event from which attempts are read. */
export type TimelineEvent = {
  type: RunEventType;
  at: string;
  attempt: number;
  runAt?: string | null;
  reason?: string | null;
  actor?: string | null;
  error?: { code: string; message: string } | null;
  telemetry?: { latencyMs: number } | null;
};

/** One kind of time in the life of a run. Times are in milliseconds; `to` is null while it goes on. */
export type Stretch = {
  kind: 'waiting' | 'queued' | 'preparing' | 'calling';
  from: number;
  to: number | null;
};

/**
 * How an attempt ended. A worker that stops gives its runs back, and a dead worker loses them: neither is a failure of
 * the script.
 */
type AttemptEnd = 'completed' | 'failed' | 'retried' | 'canceled' | 'given back' | 'worker lost';

export type Attempt = {
  /** 0 for a run that was canceled before its first attempt. */
  number: number;
  stretches: Stretch[];
  end: AttemptEnd | null;
  endedAt: number | null;
  error: { code: string; message: string } | null;
  latencyMs: number | null;
  /** Whether an operator queued the ended run again for this attempt. */
  isRequested: boolean;
};

/**
 * The attempts of a run, from its events, oldest first. A run that was given back begins its attempt anew.
 *
 * @param runAt the time at which the run is due now. For a run that has started, that of its enqueueing is not stored
 */
export function attemptsOf(events: readonly TimelineEvent[], runAt: string): Attempt[] {
  const attempts: Attempt[] = [];
  const hasStarted = events.some(({ type }) => type === 'STARTED');
  let open: Attempt | null = null;
  for (const event of events) {
    const at = Date.parse(event.at);
    if (event.type === 'ENQUEUED')
      open = waitingAttempt(event.attempt + 1, at, hasStarted ? at : Date.parse(runAt));
    if (event.type === 'RETRIED') open = { ...waitingAttempt(event.attempt + 1, at, at), isRequested: true };
    if (event.type === 'STARTED')
      open = startAttempt(open ?? waitingAttempt(event.attempt, at, at), event.attempt, at);
    const end = ENDS[event.type];
    if (!end || !open) continue;
    attempts.push(endAttempt(open, event, end, at));
    const next = NEXT[end];
    open = next ? waitingAttempt(event.attempt + 1, at, event.runAt ? Date.parse(event.runAt) : at) : null;
  }
  return open ? [...attempts, open] : attempts;
}

const ENDS: Partial<Record<RunEventType, AttemptEnd>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  RETRY_SCHEDULED: 'retried',
  CANCELED: 'canceled',
  REQUEUED: 'given back',
  WORKER_LOST: 'worker lost',
};

/** Whether the run waits for another attempt after such an end. */
const NEXT: Record<AttemptEnd, boolean> = {
  completed: false,
  failed: false,
  retried: true,
  canceled: false,
  'given back': true,
  'worker lost': true,
};

function waitingAttempt(number: number, at: number, dueAt: number): Attempt {
  const stretches: Stretch[] =
    dueAt > at
      ? [
          { kind: 'waiting', from: at, to: dueAt },
          { kind: 'queued', from: dueAt, to: null },
        ]
      : [{ kind: 'queued', from: at, to: null }];
  return { number, stretches, end: null, endedAt: null, error: null, latencyMs: null, isRequested: false };
}

function startAttempt(attempt: Attempt, number: number, at: number): Attempt {
  return {
    ...attempt,
    number,
    stretches: [...closed(attempt.stretches, at), { kind: 'preparing', from: at, to: null }],
  };
}

function endAttempt(attempt: Attempt, event: TimelineEvent, end: AttemptEnd, at: number): Attempt {
  const latencyMs = event.telemetry?.latencyMs ?? null;
  const stretches = closed(attempt.stretches, at);
  const last = stretches.at(-1);
  if (last?.kind === 'preparing' && latencyMs !== null) {
    const from = Math.max(last.from, at - latencyMs);
    stretches.splice(-1, 1, { ...last, to: from }, { kind: 'calling', from, to: at });
  }
  return { ...attempt, stretches, end, endedAt: at, error: event.error ?? null, latencyMs };
}

/** The stretches, ended at a time. One that would begin later than that never began. */
function closed(stretches: readonly Stretch[], at: number): Stretch[] {
  return stretches
    .filter(({ from }, index) => from < at || index === 0)
    .map((stretch) => ({ ...stretch, to: Math.min(stretch.to ?? at, at) }));
}
