import { expect, test } from 'vitest';
import type { RunJob } from '../../src/queue/tasks.ts';
import { createLostRuns } from '../../src/worker/lost-runs.ts';

const job = (runId: string): RunJob => ({ runId, fence: 1, lost: true });

test('runs that lost a worker are worked on one at a time, and a failing one does not hold up the next', async () => {
  const log: string[] = [];
  const lostRuns = createLostRuns(async ({ runId }) => {
    log.push(`${runId} begins`);
    await new Promise(setImmediate);
    log.push(`${runId} ends`);
    if (runId === 'a') throw new Error('the database is away');
    if (runId === 'c') finished();
  });
  let finished = () => {};
  const all = new Promise<void>((resolve) => {
    finished = resolve;
  });
  for (const runId of ['a', 'b', 'c']) lostRuns.add(job(runId));
  await all;
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('a stop waits for the one in work and begins no other', async () => {
  const begun: string[] = [];
  let finish = () => {};
  const lostRuns = createLostRuns(({ runId }) => {
    begun.push(runId);
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  lostRuns.add(job('a'));
  lostRuns.add(job('b'));
  const stopped = lostRuns.stop();
  finish();
  await stopped;
  expect(begun).toEqual(['a']);
});
