import type { RunErrorCode, RunStatus } from '../api/generated/graphql.ts';
import { formatDistance, formatDuration } from '../parts/format.ts';
import type { Attempt } from './attempts.ts';
import { ERROR_ADVICE, ERROR_TEXTS } from './error-advice.ts';

export type VerdictRun = {
  status: RunStatus;
  attempt: number;
  maxAttempts: number;
  lostAttempts: number;
  runAt: string;
  startedAt?: string | null;
  completedAt?: string | null;
  cancelRequestedAt?: string | null;
  error?: {
    code: RunErrorCode;
    message: string;
    retryable: boolean;
  } | null;
};

/** The story of a run: one sentence, the reasons, and the way on. */
export type Verdict = { title: string; reasons: string[]; advice: string | null };

/** @param reason that of the cancel, if an operator gave one */
export function verdictOf(
  run: VerdictRun,
  attempts: readonly Attempt[],
  now: number,
  reason?: string | null,
): Verdict {
  const tries = `${run.attempt} of ${run.maxAttempts + run.lostAttempts} attempts`;
  switch (run.status) {
    case 'COMPLETED':
      return {
        title: `Completed in attempt ${run.attempt} of ${run.maxAttempts + run.lostAttempts}, ${took(run)} after it first started.`,
        reasons: lostReasons(run),
        advice: null,
      };
    case 'FAILED':
      return {
        title: `Failed after ${tries}${run.error ? `: ${ERROR_TEXTS[run.error.code]} (${run.error.code})` : ''}.`,
        reasons: [...messageOf(run), whyNoRetry(run), ...lostReasons(run)],
        advice: run.error ? ERROR_ADVICE[run.error.code] : null,
      };
    case 'CANCELED':
      return {
        title: run.attempt === 0 ? 'Canceled before it started.' : `Canceled after ${tries}.`,
        reasons: reason ? [`The reason that was given: ${reason}`] : [],
        advice: ERROR_ADVICE.CANCELED,
      };
    case 'RUNNING':
      return {
        title: run.cancelRequestedAt
          ? 'Being canceled: the call of the script host is aborted within two seconds.'
          : `Attempt ${run.attempt} of ${run.maxAttempts + run.lostAttempts} is running, for ${runningFor(attempts, now)}.`,
        reasons: lostReasons(run),
        advice: null,
      };
    case 'QUEUED':
      return { ...queued(run, now), advice: run.error ? ERROR_ADVICE[run.error.code] : null };
  }
}

function queued(run: VerdictRun, now: number): Omit<Verdict, 'advice'> {
  const dueAt = Date.parse(run.runAt);
  const next = `Attempt ${run.attempt + 1} of ${run.maxAttempts + run.lostAttempts}`;
  if (dueAt > now && run.attempt === 0)
    return { title: `Scheduled: it starts ${formatDistance(dueAt, now)}.`, reasons: [] };
  if (dueAt > now)
    return {
      title: `${next} starts ${formatDistance(dueAt, now)}.`,
      reasons: run.error
        ? [
            `The attempt before failed: ${ERROR_TEXTS[run.error.code]} (${run.error.code}).`,
            ...messageOf(run),
          ]
        : [],
    };
  return {
    title: `${next} waits for a worker, for ${formatDuration(now - dueAt)}.`,
    reasons: lostReasons(run),
  };
}

const took = ({ startedAt, completedAt }: VerdictRun) =>
  startedAt && completedAt ? formatDuration(Date.parse(completedAt) - Date.parse(startedAt)) : 'a moment';

function runningFor(attempts: readonly Attempt[], now: number): string {
  const began = attempts.at(-1)?.stretches.find(({ kind }) => kind === 'preparing')?.from;
  return formatDuration(began === undefined ? 0 : now - began);
}

const messageOf = ({ error }: VerdictRun): string[] => (error ? [error.message] : []);

function whyNoRetry({ error, attempt, maxAttempts, lostAttempts }: VerdictRun): string {
  if (error && !error.retryable)
    return 'It was not retried, because the same request would fail in the same way.';
  if (attempt - lostAttempts >= maxAttempts)
    return maxAttempts === 1
      ? 'It was not retried: the component allows one attempt.'
      : 'It was not retried: no attempt was left.';
  return 'It was not retried.';
}

function lostReasons({ lostAttempts }: VerdictRun): string[] {
  if (lostAttempts === 0) return [];
  const times = lostAttempts === 1 ? 'once' : `${lostAttempts} times`;
  return [`A worker was lost ${times}. Such attempts do not count towards the limit.`];
}
