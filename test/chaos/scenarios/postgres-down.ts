import { setTimeout as pause } from 'node:timers/promises';
import { exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { bySize, type Scenario } from '../scenario.ts';
import { until } from '../until.ts';

/** PostgreSQL is away for longer than a lease while healthy workers have long calls in flight: none of them may lose its runs. */
export const postgresDown: Scenario = {
  name: 'postgres-down',
  fault: 'PostgreSQL down under three healthy workers with runs in flight',
  sizes: ['smoke', 'full'],
  lane: 2,
  load: (size) =>
    bySize(
      size,
      'down for 9 s, 15 in flight, runner 6 s',
      'down for 5 s and for 20 s, 30 in flight, runner 30 s',
    ),
  async run({ size, open, say }) {
    const inFlight = bySize(size, 15, 30);
    const system = await open({ batchSize: inFlight / 3, runner: { delayMs: bySize(size, 6_000, 30_000) } });
    const { postgres, caller, host } = system;
    const componentId = await system.registerComponent('down', { maxAttempts: 1, timeoutSeconds: 60 });
    for (const [round, downMs] of bySize(size, [9_000], [5_000, 20_000]).entries()) {
      await inParallel(inFlight, 10, (n) => caller.enqueue(`down-${round}-${n}`, { componentId }));
      const calls = (round + 1) * inFlight;
      await until(() => host.calls.length === calls, `${inFlight} runs to be called`, 20_000);
      say(`down for ${downMs} ms, ${host.inFlight()} calls in flight`);
      await postgres.stop(round % 2 === 0 ? 'fast' : 'immediate');
      await pause(downMs);
      await postgres.start();
      await system.drained(60_000);
    }
    // A worker that was wrongly declared dead may be so only later.
    await pause(bySize(size, 2_000, 10_000));
    const records = await system.finish();
    const count = (type: string) => records.events.filter((event) => event.type === type).length;
    return {
      records,
      figures: [
        exactly('runs completed', count('COMPLETED'), records.runs.length),
        exactly('runs taken from a living worker', count('WORKER_LOST'), 0),
        told('calls', String(records.calls.length)),
      ],
    };
  },
};
