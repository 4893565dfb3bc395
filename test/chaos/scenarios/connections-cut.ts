import { setTimeout as pause } from 'node:timers/promises';
import { answeredInTime, exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { between } from '../random.ts';
import { bySize, type Scenario } from '../scenario.ts';

/** Connections break while statements are in flight: whether those were done nobody knows, and the caller repeats with its key. */
export const connectionsCut: Scenario = {
  name: 'connections-cut',
  fault: 'connections between API and PostgreSQL cut while batches are in flight',
  sizes: ['smoke', 'full'],
  lane: 1,
  load: (size) =>
    `${bySize(size, 'every 0.3 s, 600', 'every 0.3 s, 3,000')} enqueues with keys, repeated by the caller`,
  async run({ size, random, open }) {
    const system = await open({ workers: bySize(size, 1, 3), proxied: 'apis', runner: { delayMs: 10 } });
    const { caller, proxies, enqueues } = system;
    const runs = bySize(size, 600, 3_000);
    const componentId = await system.registerComponent('cut', { maxAttempts: 1 });
    await system.subscribe({ api: 0, name: 'watcher', count: 2 });
    let isDone = false;
    let cuts = 0;
    const cutting = (async () => {
      while (!isDone) {
        await pause(between(random, 100, 500));
        for (const proxy of proxies.values()) proxy.cut(() => random() < 0.7);
        cuts += 1;
      }
    })();
    await inParallel(runs, 50, async (n) => {
      await caller.enqueue(`cut-${n}`, { componentId, inputPayload: { n } });
      await pause(between(random, 0, 200));
    });
    isDone = true;
    await cutting;
    await system.drained(60_000);
    const records = await system.finish();
    const repeated = enqueues.filter(({ latenciesMs }) => latenciesMs.length > 1).length;
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, runs),
        answeredInTime(enqueues),
        told('cuts', String(cuts)),
        told('enqueues that were repeated', String(repeated)),
      ],
    };
  },
};
