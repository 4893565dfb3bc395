import { setTimeout as pause } from 'node:timers/promises';
import { answeredInTime, atMost, exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { between } from '../random.ts';
import { bySize, type Scenario } from '../scenario.ts';

/** PostgreSQL goes and comes back, as for an update of it, or after a crash. */
export const postgresRestarted: Scenario = {
  name: 'postgres-restarted',
  fault: 'PostgreSQL restarted every 8 s, fast and immediate in turn, down for 0 to 5 s',
  sizes: ['smoke', 'full'],
  lane: 1,
  load: (size) => `${bySize(size, '2 restarts, 300', '6 restarts, 3,000')} runs`,
  async run({ size, random, open, say }) {
    const system = await open({
      workers: bySize(size, 2, 3),
      runner: { delayMs: 200, failing: 0.05 },
    });
    const { postgres, caller, enqueues } = system;
    const runs = bySize(size, 300, 3_000);
    const restarts = bySize(size, 2, 6);
    const everyMs = bySize(size, 4_000, 8_000);
    const componentId = await system.registerComponent('restarted', { maxAttempts: 10 });
    await system.subscribe({ api: 0, name: 'watcher', count: 5 });
    await system.subscribe({ api: 1, name: 'stream', count: 1, over: 'event stream' });
    await system.subscribe({ api: 0, name: 'socket client', count: 1, over: 'socket' });
    const backAt: number[] = [];

    let isDone = false;
    const acknowledgedAt: number[] = [];
    const enqueued = inParallel(runs, 10, async (n) => {
      await caller.enqueue(`restarted-${n}`, { componentId, inputPayload: { n } });
      acknowledgedAt.push(Date.now());
      if (!isDone) await pause(bySize(size, 250, 150));
    });
    for (let n = 0; n < restarts; n += 1) {
      await pause(everyMs / 2);
      const mode = n % 2 === 0 ? 'fast' : 'immediate';
      const downMs = between(random, 0, bySize(size, 3_000, 5_000));
      say(`restart ${n + 1}: ${mode}, down for ${Math.round(downMs)} ms`);
      await postgres.stop(mode);
      await pause(downMs);
      await postgres.start();
      backAt.push(Date.now());
      await pause(everyMs / 2);
    }
    isDone = true;
    await enqueued;
    await system.drained(60_000);
    const records = await system.finish();
    const backs = backAt.map((at) => {
      const first = Math.min(...acknowledgedAt.filter((acknowledged) => acknowledged > at));
      const call = Math.min(
        ...records.calls.filter(({ startedAt }) => startedAt > at).map((c) => c.startedAt),
      );
      return { api: (first - at) / 1_000, worker: (call - at) / 1_000 };
    });
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, runs),
        atMost('API serves again, at the latest', Math.max(...backs.map(({ api }) => api)), 5, 's'),
        atMost('workers call again, at the latest', Math.max(...backs.map(({ worker }) => worker)), 5, 's'),
        answeredInTime(enqueues),
        told('answers UNAVAILABLE', String(enqueues.reduce((sum, { unavailable }) => sum + unavailable, 0))),
        exactly('workers declared dead', records.deaths.length, 0),
      ],
    };
  },
};
