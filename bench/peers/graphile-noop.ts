import { makeWorkerUtils, run } from 'graphile-worker';
import { onQuestion, settings, tell } from '../harness/in-peer.ts';
import { middleOf } from './middle.ts';

const { url, jobs, tuned } = settings<{ url: string; jobs: number; tuned: boolean }>();

const utils = await makeWorkerUtils({ connectionString: url });
const batch = Array.from({ length: jobs }, (_, id) => ({ identifier: 'noop', payload: { id } }));
await utils.addJobs(batch);
await utils.release();

/** As its documentation says to reach the most: jobs fetched and completed many at a time. */
const TUNED = {
  concurrentJobs: 24,
  localQueue: { size: 500 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
};

onQuestion(async () => {
  const { rate, jobDone } = middleOf(jobs);
  const runner = await run({
    connectionString: url,
    noHandleSignals: true,
    preset: { worker: tuned ? TUNED : { concurrentJobs: 10 } },
    taskList: { noop: async () => jobDone() },
  });
  const measured = await rate;
  await runner.stop();
  return measured;
});
tell('ready');
