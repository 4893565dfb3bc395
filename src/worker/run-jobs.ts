import { setTimeout as sleep } from 'node:timers/promises';
import { createInTurn } from '../async/in-turn.ts';
import { ServiceError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { isOutage } from '../postgres/outage.ts';
import type { RunJob, WakeUp } from '../queue/tasks.ts';
import type { Execute } from '../runs/attempt/execute.ts';
import { createSlots } from './run-slots.ts';

export type RunJobsOptions = {
  execute: Execute;
  /** The maximum number of runs executed at once. */
  slots: number;
  /** Adds wake-ups to the queue again. */
  wakeAgain: (wakeUps: readonly WakeUp[]) => Promise<void>;
  logger: Logger;
};

/** Handles the jobs that wake runs. */
export type RunJobs = {
  /**
   * Starts the job's runs as slots become free, and resolves when a slot is free for the next job, so that a worker
   * takes no more jobs than it has slots for. A job ends when its runs have started; the sweeper recovers runs that
   * are interrupted later.
   */
  take: (job: RunJob) => Promise<void>;
  /** Starts no more runs, drops the runs that wait, and resolves when no run is active. */
  stop: () => Promise<void>;
};

export function createRunJobs({ execute, slots: size, wakeAgain, logger }: RunJobsOptions): RunJobs {
  const slots = createSlots<WakeUp>(size, executeUntilDone);
  /**
   * Runs that have lost a worker, executed one at a time. One of them may be what kills workers, and must not cost
   * the same other runs an attempt each time until those fail with WORKER_LOST too. If this process ends before
   * their turn, the sweep wakes them.
   */
  const lostRuns = createInTurn();
  let isStopping = false;

  /**
   * Repeats an execution that met an outage. If the claim was stored nevertheless, the repeat finds nothing to
   * claim.
   */
  async function executeUntilDone(wakeUp: WakeUp): Promise<void> {
    while (!isStopping) {
      try {
        await execute(wakeUp);
        return;
      } catch (err) {
        logger.warn({ err, runId: wakeUp.runId }, 'an attempt was interrupted');
        if (!isPassing(err)) return;
        await sleep(AGAIN_MS);
      }
    }
  }

  return {
    async take({ wakeUps, lost }) {
      if (lost) {
        for (const wakeUp of wakeUps) lostRuns.add(() => executeUntilDone(wakeUp));
        return;
      }
      const left = await slots.fill(wakeUps, PATIENCE_MS);
      if (left.length > 0) await wakeAgain(left);
      await slots.whenFree();
    },
    async stop() {
      isStopping = true;
      await Promise.all([slots.close(), lostRuns.stop()]);
    },
  };
}

const isPassing = (error: unknown): boolean =>
  isOutage(error) || (error instanceof ServiceError && error.code === 'UNAVAILABLE');

/**
 * How long a run waits here for a slot. If it waited longer behind long calls, other workers might be idle
 * meanwhile.
 */
const PATIENCE_MS = 500;
const AGAIN_MS = 500;
