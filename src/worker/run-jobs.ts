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
  /** Runs in hand at once. */
  slots: number;
  /** Adds wake-ups to the queue again. */
  wakeAgain: (wakeUps: readonly WakeUp[]) => Promise<void>;
  logger: Logger;
};

/** What a worker does with the jobs of its runs. */
export type RunJobs = {
  /**
   * Begins the job's runs as slots come free, and resolves when one is free for the next job: so a worker takes no more
   * jobs than it has slots for. A job ends when its runs have begun; whatever then breaks off is left to the sweeper.
   */
  take: (job: RunJob) => Promise<void>;
  /** Begins no more, gives back what has not begun, and resolves when nothing is in work. */
  stop: () => Promise<void>;
};

export function createRunJobs({ execute, slots: size, wakeAgain, logger }: RunJobsOptions): RunJobs {
  const slots = createSlots<WakeUp>(size, executeSurely);
  /**
   * Runs that have lost a worker: one of them may be what kills workers, and must not take the same neighbours along until
   * they count as poisonous too. Should this process end before their turn, the net wakes them.
   */
  const lostRuns = createInTurn();
  let isStopping = false;

  /** A claim that met an outage is repeated: it may have come through, and then finds nothing more to claim. */
  async function executeSurely(wakeUp: WakeUp): Promise<void> {
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
        for (const wakeUp of wakeUps) lostRuns.add(() => executeSurely(wakeUp));
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

/** How long a run waits here for a slot: behind long calls it would wait while other workers are idle. */
const PATIENCE_MS = 500;
const AGAIN_MS = 500;
