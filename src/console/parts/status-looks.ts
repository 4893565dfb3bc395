import { Ban, CircleCheck, CircleX, Clock, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { RunStatus } from '../api/generated/graphql.ts';

export type StatusLook = { label: string; icon: LucideIcon; tone: string };

/** The look of each status. Each has its own icon and word, so that no status is shown by colour alone. */
export const STATUS_LOOKS: Record<RunStatus, StatusLook> = {
  QUEUED: { label: 'Queued', icon: Clock, tone: 'queued' },
  RUNNING: { label: 'Running', icon: LoaderCircle, tone: 'running' },
  COMPLETED: { label: 'Completed', icon: CircleCheck, tone: 'completed' },
  FAILED: { label: 'Failed', icon: CircleX, tone: 'failed' },
  CANCELED: { label: 'Canceled', icon: Ban, tone: 'canceled' },
};

const RETRYING: StatusLook = { label: 'Waiting to retry', icon: Hourglass, tone: 'waiting' };
const SCHEDULED: StatusLook = { label: 'Scheduled', icon: Hourglass, tone: 'waiting' };
const CANCELING: StatusLook = { label: 'Canceling', icon: Ban, tone: 'running' };

/** The look of a run: a queued run that is not due yet waits, and a running one may be about to be canceled. */
export function lookOf(run: RunState, now: number): StatusLook {
  if (run.status === 'RUNNING' && run.cancelRequestedAt) return CANCELING;
  if (run.status !== 'QUEUED' || Date.parse(run.runAt) <= now) return STATUS_LOOKS[run.status];
  return run.attempt > 0 ? RETRYING : SCHEDULED;
}

type RunState = { status: RunStatus; runAt: string; attempt: number; cancelRequestedAt?: string | null };
