import type { RunJob } from '../queue/tasks.ts';

/**
 * Runs that have lost a worker are worked on one at a time: one of them may be what kills workers, and must not take
 * the same neighbours along until they count as poisonous too. Their jobs end at once; should this process end before
 * their turn, the net wakes them.
 */
export function createLostRuns(execute: (job: RunJob) => Promise<unknown>) {
  const waiting: RunJob[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    for (let job = waiting.shift(); job; job = waiting.shift()) await execute(job).catch(() => {});
    working = undefined;
  }

  return {
    add(job: RunJob): void {
      waiting.push(job);
      working ??= work();
    },
    /** Leaves the waiting ones to the net; resolves when the one in work is done. */
    async stop(): Promise<void> {
      waiting.length = 0;
      await working;
    },
  };
}
