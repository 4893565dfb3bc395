import type { RunEventType, RunStatus } from '../../src/runs/model/status.ts';

/**
 * What a scenario left behind, and all that the invariants judge: the tables, what the recording triggers saw of them, the
 * script host's log, the subscribers' lists, and what the callers were told. Times are milliseconds of the machine's clock.
 */
export type Records = {
  runs: RunRecord[];
  events: EventRecord[];
  changes: ChangeRecord[];
  deaths: DeathRecord[];
  standing: StandingRecord[];
  calls: CallRecord[];
  enqueues: EnqueueRecord[];
  subscribers: SubscriberRecord[];
  processes: ProcessRecord[];
};

export type RunRecord = {
  id: string;
  status: RunStatus;
  attempt: number;
  lostAttempts: number;
  maxAttempts: number;
  idempotencyKey: string | null;
  eventSequence: number;
  result: unknown;
};

/** In the feed's order. */
export type EventRecord = {
  runId: string;
  sequence: number;
  position: number;
  type: RunEventType;
  status: RunStatus;
  at: number;
  runAt: number | null;
};

/**
 * A change of a run's state, which moves from table to table, as the recording triggers saw it under the row's lock: in the
 * order in which they befell the run.
 */
export type ChangeRecord = {
  runId: string;
  at: number;
  /** null where the transaction took the run from no table, as it does with a new one. */
  from: RunStatus | null;
  /** null where the transaction put the run into no table. */
  to: RunStatus | null;
  fenceBefore: number;
  fence: number;
  callKeyBefore: number;
  callKey: number;
  /** Whose the run was, and is. */
  workerBefore: string | null;
  worker: string | null;
  runAt: number;
  lostAttempts: number;
};

/** Where a run stands: its status is the table in which its state is, which must be one. */
export type StandingRecord = {
  runId: string;
  /** Whether there is a run of that id at all. */
  isRequested: boolean;
  /** The statuses of its states. */
  statuses: RunStatus[];
};

/** A worker that was declared dead. */
export type DeathRecord = { workerId: string; pid: number; at: number; heartbeatAt: number };

/** One call at the script host. */
export type CallRecord = {
  /** The process that called: each has a URL of its own. */
  process: string;
  runId: string;
  attempt: number;
  idempotencyKey: string;
  bodyHash: string;
  /** Sent back within the result. */
  callId: number;
  startedAt: number;
  /** null: the call was broken off before its answer. */
  answeredAt: number | null;
  status: number | null;
  /** When the caller broke it off. */
  brokenAt: number | null;
};

/** What a caller was told about one idempotency key in the end. */
export type EnqueueRecord = {
  key: string;
  /** moved: the shop is in another cell, where the caller goes on under the same key. */
  outcome: 'acknowledged' | 'refused' | 'unknown' | 'moved';
  runId: string | null;
  /** Until each try was answered. */
  latenciesMs: number[];
  /** Tries that were answered UNAVAILABLE, and those that broke with the connection. */
  unavailable: number;
  broken: number;
};

export type SubscriberRecord = {
  name: string;
  /** Positions of the events in the order in which they came. */
  positions: number[];
  /** It is to have every event after this position's place, and up to the last event. */
  after: number;
  /** Why it ended by itself, if it did. */
  error: string | null;
};

/** One life of a process that the harness runs. */
export type ProcessRecord = {
  name: string;
  pid: number;
  startedAt: number;
  /** null until it took up its work. */
  readyAt: number | null;
  endedAt: number | null;
  exit: string | null;
  /** Whether the harness, or a fault that it laid, ended it. */
  endedByUs: boolean;
  /** While it was stopped, or cut off from the database alone. */
  away: { from: number; to: number }[];
};
