import { setTimeout as pause } from 'node:timers/promises';
import { answeredInTime, exactly, noticedDeaths } from '../figures.ts';
import { inParallel } from '../load.ts';
import { pick } from '../random.ts';
import { bySize, type Scenario } from '../scenario.ts';
import { until } from '../until.ts';

/** Workers die in the middle of what they do, more often than any of them can get old. */
export const workersKilled: Scenario = {
  name: 'workers-killed',
  fault: 'kill -9 of a random worker every 1.5 s',
  sizes: ['smoke', 'full'],
  lane: 1,
  load: (size) => `${bySize(size, '6 kills, 600', '60 kills, 10,000')} runs, runner 100 ms, 5 % 503`,
  async run({ size, random, open, say }) {
    const system = await open({ runner: { delayMs: 100, failing: 0.05 } });
    const { workers, caller, host } = system;
    const runs = bySize(size, 600, 10_000);
    const kills = bySize(size, 6, 60);
    const componentId = await system.registerComponent('killed', { maxAttempts: 10 });
    await system.subscribe({ api: 0, name: 'watcher', count: 2 });

    const enqueued = inParallel(runs, bySize(size, 8, 16), async (n) => {
      await caller.enqueue(`killed-${n}`, { componentId, inputPayload: { n } });
      // The load lasts as long as the fault.
      await pause(bySize(size, 80, 120));
    });
    for (let n = 0; n < kills; n += 1) {
      await pause(1_500);
      // The promise is made for as long as another worker is up.
      const up = () => workers.filter((worker) => worker.isReady());
      await until(() => up().length >= 2, 'two workers to be up', 30_000);
      const worker = pick(random, up());
      say(`kill ${n + 1}: ${worker.name}, ${host.inFlight()} calls in flight`);
      await worker.end('SIGKILL');
    }
    await enqueued;
    await system.drained(60_000);
    const records = await system.finish();
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, runs),
        ...noticedDeaths(records),
        answeredInTime(records.enqueues),
      ],
    };
  },
};
