import type { FeedEvent } from '../feed/log/feed-event.ts';
import type { RunEventType } from '../runs/model/status.ts';

/** The types of the events that end an attempt. */
const OUTCOMES = [
  'COMPLETED',
  'FAILED',
  'RETRY_SCHEDULED',
  'REQUEUED',
  'WORKER_LOST',
  'CANCELED',
] as const satisfies RunEventType[];
export type RunAttemptOutcome = (typeof OUTCOMES)[number];

/** One attempt at a run, as the run's events show it. The fields of an attempt in progress that its end sets are null. */
export type RunAttempt = Pick<FeedEvent, 'runId' | 'workerId' | 'callKey' | 'error' | 'telemetry'> & {
  number: number;
  /** Null for the first attempt: its events do not contain the time. */
  dueAt: Date | null;
  startedAt: Date;
  endedAt: Date | null;
  outcome: RunAttemptOutcome | null;
  /** When the next attempt was due; set with RETRY_SCHEDULED. */
  nextAt: Date | null;
};

/** The attempts in a run's events, which are in their order, oldest first. */
export function attemptsOf(events: readonly FeedEvent[]): RunAttempt[] {
  const attempts: RunAttempt[] = [];
  let dueAt: Date | null = null;
  for (const event of events) {
    const { runId, type, at, attempt: number, workerId, callKey, error, telemetry, runAt: nextAt } = event;
    const open = attempts.at(-1);
    if (type === 'STARTED') {
      const ended = { endedAt: null, outcome: null, error: null, telemetry: null, nextAt: null };
      attempts.push({ runId, number, dueAt, startedAt: at, workerId, callKey, ...ended });
    } else if (isOutcome(type) && open?.outcome === null)
      Object.assign(open, { endedAt: at, outcome: type, error, telemetry, nextAt });
    // An event that queues the run again says when it is due.
    if (event.status === 'QUEUED' && type !== 'ENQUEUED') dueAt = nextAt ?? at;
  }
  return attempts;
}

const isOutcome = (type: RunEventType): type is RunAttemptOutcome =>
  (OUTCOMES as readonly RunEventType[]).includes(type);
