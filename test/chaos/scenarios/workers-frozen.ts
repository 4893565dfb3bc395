import { setTimeout as pause } from 'node:timers/promises';
import { atMost, exactly } from '../figures.ts';
import { inParallel } from '../load.ts';
import { pick } from '../random.ts';
import { bySize, type Scenario } from '../scenario.ts';

const LEASE_MS = 8_000;

/** Zombies: workers that sleep until they have been declared dead, and then go on as if nothing had been. */
export const workersFrozen: Scenario = {
  name: 'workers-frozen',
  fault: 'SIGSTOP of a worker for longer than its lease, then SIGCONT',
  sizes: ['smoke', 'full'],
  lane: 2,
  load: (size) =>
    `${bySize(size, '1 freeze of 12 s, 100', '20 freezes of three leases, 3,000')} runs, runner 1 s, or longer than the freeze`,
  async run({ size, random, open, say }) {
    const system = await open({ runner: { delayMs: 1_000 }, workers: bySize(size, 3, 6) });
    const { workers, caller, host } = system;
    const runs = bySize(size, 100, 3_000);
    const freezes = bySize(size, 1, 20);
    const atOnce = bySize(size, 1, 4);
    const frozenMs = bySize(size, 12_000, 3 * LEASE_MS);
    const componentId = await system.registerComponent('frozen', { maxAttempts: 10, timeoutSeconds: 120 });
    await system.subscribe({ api: 0, name: 'watcher', count: 2 });
    const wakings: { process: string; at: number; from: number }[] = [];

    const enqueued = inParallel(runs, bySize(size, 4, 8), async (n) => {
      await caller.enqueue(`frozen-${n}`, { componentId, inputPayload: { n } });
      await pause(bySize(size, 300, 350));
    });
    for (let n = 0; n < freezes; n += atOnce) {
      // The calls that are in flight meanwhile do not end by themselves.
      host.behaviour.delayMs = frozenMs + 10_000;
      await pause(1_500);
      const first = pick(
        random,
        workers.map((_, index) => index),
      );
      const sleepers = Array.from({ length: atOnce }, (_, m) => workers[(first + m) % workers.length]!);
      const from = Date.now();
      const wakers = sleepers.map((worker) => worker.freeze());
      say(`freeze ${n + 1}: ${sleepers.map(({ name }) => name)}, ${host.inFlight()} calls in flight`);
      host.behaviour.delayMs = 1_000;
      await pause(frozenMs);
      const at = Date.now();
      for (const wake of wakers) wake();
      for (const { name } of sleepers) wakings.push({ process: name, at, from });
      await pause(2_000);
    }
    await enqueued;
    await system.drained(180_000);
    const records = await system.finish();
    const held = wakings.flatMap(({ process, at, from }) =>
      host.calls
        .filter((call) => call.process === process && call.startedAt < from && (call.answeredAt ?? at) >= at)
        .map((call) => (call.brokenAt ?? call.answeredAt ?? Number.POSITIVE_INFINITY) - at),
    );
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, runs),
        exactly('zombies declared dead while they slept', records.deaths.length, freezes),
        atMost(
          `calls of zombies ended after waking, the last of ${held.length}`,
          Math.max(0, ...held) / 1_000,
          1,
          's',
        ),
      ],
    };
  },
};
