import { makeWorkerUtils, run } from 'graphile-worker';
import { onQuestion, settings, tell } from '../harness/in-peer.ts';

const { url } = settings<{ url: string }>();
let onStart = (_at: number) => {};
await run({
  connectionString: url,
  noHandleSignals: true,
  preset: { worker: { concurrentJobs: 10 } },
  taskList: { noop: async () => onStart(performance.now()) },
});
const utils = await makeWorkerUtils({ connectionString: url });

// From the call on: an addJob that has answered may have been taken already.
onQuestion(async ({ count, betweenMs }: { count: number; betweenMs: number }) => {
  const latencies: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const calledAt = performance.now();
    const started = new Promise<number>((resolve) => {
      onStart = resolve;
    });
    await utils.addJob('noop', { n });
    latencies.push((await started) - calledAt);
    await new Promise((resolve) => setTimeout(resolve, betweenMs));
  }
  return latencies;
});
tell('ready');
