import { decide, type RetryPolicy } from '../../src/runs/model/retry-policy.ts';
import type { RunEventType, RunStatus } from '../../src/runs/model/status.ts';

/*
 * What the statements of a run's life do, in a few lines of memory: claim.ts, record.ts, sweep.ts, cancel.ts and retry.ts,
 * for one run, three workers and a clock. Tests drive it far more often than PostgreSQL could be driven, and hold it to
 * what PostgreSQL does.
 */
export type Model = {
  /** In seconds. */
  now: number;
  run: ModelRun;
  workers: ModelWorker[];
  /** Every wake-up that was ever added; one that was used may come again. */
  jobs: { fence: number; runAt: number }[];
  /** The token of each claim that was answered; its worker may believe that it still has the run. */
  tokens: ClaimToken[];
  events: { type: RunEventType; status: RunStatus; at: number; runAt: number | null }[];
  changes: { from: RunStatus | null; before: ModelRun; after: ModelRun; at: number }[];
};

type ModelRun = {
  status: RunStatus;
  fence: number;
  attempt: number;
  lostAttempts: number;
  maxAttempts: number;
  callKey: number;
  runAt: number;
  worker: string | null;
  cancelRequested: boolean;
};

/** A process; `id` is its worker's, a new one after it was declared dead. */
type ModelWorker = { id: string; leaseUntil: number; isDead: boolean; lives: number };
export type ClaimToken = { worker: number; workerId: string; fence: number };

export type Command =
  | { kind: 'claim'; worker: number; job: number }
  | { kind: 'record'; token: number; result: Result; definite: boolean }
  | { kind: 'beat'; worker: number }
  | { kind: 'sweep' | 'cancel' | 'retry' }
  | { kind: 'pass'; seconds: number };
export type Result = 'answer' | 'failure' | 'final failure' | 'stop' | 'cancel';

/** What a worker makes of the end of an attempt, and records. */
export type ModelOutcome =
  | { kind: 'completed' | 'failed' | 'canceled' | 'given-back' }
  | { kind: 'retry'; delaySeconds: number };

export const LEASE_SECONDS = 8;
export const WORKERS = 3;
export const POLICY: RetryPolicy = {
  maxAttempts: 2,
  backoff: 'FIXED',
  initialDelaySeconds: 4,
  maxDelaySeconds: 4,
};
const MAX_LOST = 3;

export function newModel(workerId: (worker: number, life: number) => string): Model {
  const run: ModelRun = {
    status: 'QUEUED',
    fence: 0,
    attempt: 0,
    lostAttempts: 0,
    maxAttempts: POLICY.maxAttempts,
    callKey: 1,
    runAt: 0,
    worker: null,
    cancelRequested: false,
  };
  return {
    now: 0,
    run,
    workers: Array.from({ length: WORKERS }, (_, worker) => ({
      id: workerId(worker, 0),
      leaseUntil: LEASE_SECONDS,
      isDead: false,
      lives: 1,
    })),
    jobs: [{ fence: 0, runAt: 0 }],
    tokens: [],
    events: [{ type: 'ENQUEUED', status: 'QUEUED', at: 0, runAt: null }],
    changes: [{ from: null, before: run, after: run, at: 0 }],
  };
}

/** Whether the run changed. */
function change(model: Model, type: RunEventType, set: Partial<ModelRun>, told: 'runAt' | null = null): true {
  const before = model.run;
  const after = { ...before, ...set };
  model.run = after;
  model.events.push({ type, status: after.status, at: model.now, runAt: told && after.runAt });
  model.changes.push({ from: before.status, before, after, at: model.now });
  if (after.status === 'QUEUED') model.jobs.push({ fence: after.fence, runAt: after.runAt });
  return true;
}

export function claim(model: Model, worker: number, job: { fence: number }): boolean {
  const { run } = model;
  const { id, isDead, leaseUntil } = model.workers[worker]!;
  if (run.status !== 'QUEUED' || run.fence !== job.fence || isDead || leaseUntil <= model.now) return false;
  const fence = run.fence + 1;
  model.tokens.push({ worker, workerId: id, fence });
  return change(model, 'STARTED', { status: 'RUNNING', fence, attempt: run.attempt + 1, worker: id });
}

/** What the worker makes of the end of an attempt; it knows of a cancel by its heartbeat. */
export function outcomeOf({ run }: Model, result: Result): ModelOutcome {
  if (result === 'answer') return { kind: 'completed' };
  if (result === 'stop') return { kind: 'given-back' };
  if (result === 'cancel' && run.cancelRequested) return { kind: 'canceled' };
  const error = { retryable: result !== 'final failure' };
  const { attempt, lostAttempts, maxAttempts } = run;
  const decision = decide({ policy: POLICY, attempt, lostAttempts, maxAttempts, error, random: 0.5 });
  return decision.kind === 'fail' ? { kind: 'failed' } : decision;
}

export function record(model: Model, token: ClaimToken, outcome: ModelOutcome, definite: boolean): boolean {
  const { run } = model;
  if (run.status !== 'RUNNING' || run.fence !== token.fence || run.worker !== token.workerId) return false;
  const { kind } = outcome;
  const set = {
    worker: null,
    attempt: run.attempt - (kind === 'given-back' ? 1 : 0),
    callKey: run.callKey + (definite ? 1 : 0),
  };
  if (kind === 'completed') return change(model, 'COMPLETED', { ...set, status: 'COMPLETED' });
  if (kind === 'failed') return change(model, 'FAILED', { ...set, status: 'FAILED' });
  if (kind === 'canceled' || run.cancelRequested)
    return change(model, 'CANCELED', { ...set, status: 'CANCELED' });
  const queued = { ...set, status: 'QUEUED', fence: run.fence + 1 } as const;
  if (outcome.kind !== 'retry') return change(model, 'REQUEUED', queued);
  return change(model, 'RETRY_SCHEDULED', { ...queued, runAt: model.now + outcome.delaySeconds }, 'runAt');
}

export function beat(model: Model, worker: number, workerId: (worker: number, life: number) => string): void {
  const self = model.workers[worker]!;
  if (self.isDead) {
    self.id = workerId(worker, self.lives);
    self.lives += 1;
    self.isDead = false;
  }
  self.leaseUntil = model.now + LEASE_SECONDS;
}

export function sweep(model: Model): void {
  for (const worker of model.workers) worker.isDead ||= worker.leaseUntil < model.now;
  const { run } = model;
  const holder = model.workers.find(({ id }) => id === run.worker);
  if (run.status !== 'RUNNING' || (holder && !holder.isDead)) return;
  const lost = { worker: null, lostAttempts: run.lostAttempts + 1 };
  if (run.cancelRequested) change(model, 'CANCELED', { ...lost, status: 'CANCELED' });
  else if (lost.lostAttempts >= MAX_LOST) change(model, 'FAILED', { ...lost, status: 'FAILED' });
  else change(model, 'WORKER_LOST', { ...lost, status: 'QUEUED', fence: run.fence + 1 });
}

export function cancel(model: Model): void {
  const { status, cancelRequested } = model.run;
  if (cancelRequested) return;
  if (status === 'QUEUED') change(model, 'CANCELED', { status: 'CANCELED', cancelRequested: true });
  if (status === 'RUNNING') change(model, 'CANCEL_REQUESTED', { cancelRequested: true });
}

export function retry(model: Model): void {
  const { status, fence, attempt } = model.run;
  if (status !== 'FAILED' && status !== 'CANCELED') return;
  change(model, 'RETRIED', {
    status: 'QUEUED',
    fence: fence + 1,
    maxAttempts: attempt + 1,
    lostAttempts: 0,
    runAt: model.now,
    cancelRequested: false,
  });
}
