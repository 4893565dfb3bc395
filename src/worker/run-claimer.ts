import { setImmediate as nextTurn } from 'node:timers/promises';
import { pause } from '../async/pause.ts';
import { Signal } from '../async/signal.ts';
import { createFailureLog, type Logger } from '../logger.ts';
import type { Capacity, ClaimedRun, ClaimedRuns } from '../runs/attempt/claim.ts';
import { ALONE_FROM } from '../runs/attempt/claim-statement.ts';

export type RunClaimerOptions = {
  /** Claims due runs for this worker, and returns them with the time until the next one becomes due. */
  claim: (capacity: Capacity) => Promise<ClaimedRuns>;
  /** Makes one attempt at a run, calls `ended`, and records the outcome. */
  execute: (run: ClaimedRun, ended: () => void) => Promise<unknown>;
  /** The maximum number of runs executed at once, without those executed alone. As many outcomes may wait to be recorded. */
  slots: number;
  /** The longest time in milliseconds between two looks at the queue. */
  pollMs: number;
  /** Adds a job for the other workers of the queue: more runs are due than this one has slots for. */
  announceDueRuns: () => Promise<void>;
  logger: Logger;
};

/** Keeps a worker's slots filled with due runs of its queue. */
export type RunClaimer = {
  /**
   * Looks at the queue at once: runs may be due. Resolves when a slot is free and the queue is not busy, so that jobs
   * that are added meanwhile become one; when the claimer stops, in any case.
   */
  look: () => Promise<void>;
  /** The number of runs that are executed now. */
  executing: () => number;
  /** Claims no more runs. Resolves when no run is active. */
  stop: () => Promise<void>;
};

/**
 * Claims as many due runs as slots are free: while the queue has more of them, whenever slots become free; otherwise
 * when a job says that runs are due, when the next run becomes due, and at the latest after `pollMs`. Runs that have
 * lost two workers are executed one at a time, besides the slots: one of them may be what kills workers, and must not
 * cost the same other runs an attempt each time until those fail with WORKER_LOST too.
 */
export function createRunClaimer(options: RunClaimerOptions): RunClaimer {
  const { claim, execute, slots, pollMs, announceDueRuns, logger } = options;
  const unused: Capacity = { free: slots, lost: 1 };
  /** Whether the queue may have due runs of each kind. */
  const mayBeDue = { free: true, lost: true };
  const changed = new Signal();
  const stopping = new AbortController();
  const failures = createFailureLog('claiming runs', logger);
  let active = 0;
  let isClaiming = false;
  let isBusy = false;
  let timer: NodeJS.Timeout | undefined;
  const ended = keepClaiming();

  async function keepClaiming(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (!isWorthALook()) await changed.next(stopping.signal);
      // Runs that end together free their slots for one claim.
      if (active > 0 && capacity().free < slots * WORTH_A_CLAIM) await pause(GATHER_MS, stopping.signal);
      else await nextTurn();
      if (isWorthALook() && !stopping.signal.aborted) await claimOnce();
    }
  }

  function capacity(): Capacity {
    return { ...unused, free: Math.max(0, Math.min(unused.free, 2 * slots - active)) };
  }

  function isWorthALook(): boolean {
    return (mayBeDue.free && capacity().free > 0) || (mayBeDue.lost && unused.lost > 0);
  }

  async function claimOnce(): Promise<void> {
    clearTimeout(timer);
    isClaiming = true;
    const requested = capacity();
    if (requested.free > 0) mayBeDue.free = false;
    if (requested.lost > 0) mayBeDue.lost = false;
    let lookInMs = AGAIN_MS;
    try {
      const { runs, nextDueMs } = await claim(requested);
      failures.worked();
      void startAll(runs);
      for (const kind of ['free', 'lost'] as const)
        if (requested[kind] > 0 && runs.filter((run) => kindOf(run) === kind).length === requested[kind])
          mayBeDue[kind] = true;
      isBusy = runs.length >= BUSY_FROM;
      lookInMs = isBusy ? BUSY_LOOK_MS : Math.min(pollMs, Math.max(nextDueMs ?? pollMs, 0) + 1);
    } catch (error) {
      isBusy = false;
      failures.failed(error);
    }
    isClaiming = false;
    changed.happened();
    timer = setTimeout(lookNow, lookInMs);
  }

  function lookNow(): void {
    mayBeDue.free = true;
    mayBeDue.lost = true;
    changed.happened();
  }

  /** Starts the runs in pieces, so that the slots of those that end at once are claimed for while the rest start. */
  async function startAll(runs: ClaimedRun[]): Promise<void> {
    active += runs.length;
    for (const run of runs) unused[kindOf(run)] -= 1;
    for (const [index, run] of runs.entries()) {
      if (index > 0 && index % STARTED_IN_A_TURN === 0) await nextTurn();
      void start(run);
    }
  }

  /** Executes a run that holds a slot, and frees the slot when its attempt has ended. */
  async function start(run: ClaimedRun): Promise<void> {
    const kind = kindOf(run);
    let holdsSlot = true;
    const freeSlot = () => {
      if (holdsSlot) unused[kind] += 1;
      holdsSlot = false;
      changed.happened();
    };
    try {
      await execute(run, kind === 'free' ? freeSlot : () => {});
    } catch (err) {
      logger.warn({ err, runId: run.id }, 'an attempt was interrupted; its lease check gives the run back');
    }
    active -= 1;
    freeSlot();
  }

  return {
    async look() {
      lookNow();
      const until = performance.now() + BUSY_JOB_MS;
      const hasLooked = () => !isClaiming && !isWorthALook();
      const isTaken = () => hasLooked() && capacity().free > 0 && !(isBusy && performance.now() < until);
      const announcing = setTimeout(() => {
        // This worker takes no job as long as it has this one, so another worker takes the new one.
        if (capacity().free === 0) announceDueRuns().catch(failures.failed);
      }, BUSY_JOB_MS);
      while (!isTaken() && !stopping.signal.aborted) await changed.next(stopping.signal);
      clearTimeout(announcing);
    },
    executing: () => slots - unused.free + 1 - unused.lost,
    async stop() {
      stopping.abort();
      await ended;
      clearTimeout(timer);
      while (active > 0) await changed.next(new AbortController().signal);
    },
  };
}

/** Whether the run takes a slot or is executed alone, besides the slots. */
const kindOf = ({ lostAttempts }: ClaimedRun): keyof Capacity =>
  lostAttempts >= ALONE_FROM ? 'lost' : 'free';

const AGAIN_MS = 500;
/** While runs are active, a claim for a smaller share of the slots waits for others to become free. */
const WORTH_A_CLAIM = 0.25;
const GATHER_MS = 2;
const STARTED_IN_A_TURN = 25;
/** A claim of so many runs shows a busy queue, in which more will be due within BUSY_LOOK_MS. */
const BUSY_FROM = 8;
const BUSY_LOOK_MS = 5;
/**
 * How long a job of a busy queue lasts at most, because bulk operations wait for its end; and how long one waits for a
 * free slot before other workers are notified.
 */
const BUSY_JOB_MS = 100;
