import { setTimeout as pause } from 'node:timers/promises';
import { exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { bySize, type Scenario } from '../scenario.ts';

/** The script host is away for a minute, and then has everything to do. */
export const runnerDown: Scenario = {
  name: 'runner-down',
  fault: 'the script host down, then up',
  sizes: ['full'],
  lane: 2,
  load: (size) => bySize(size, 'down for 10 s, 300 runs queued', 'down for 60 s, 5,000 runs queued'),
  async run({ size, open, say }) {
    const system = await open({ runner: { delayMs: 5 } });
    const { caller, host } = system;
    const runs = bySize(size, 300, 5_000);
    const downMs = bySize(size, 10_000, 60_000);
    const componentId = await system.registerComponent('runner', {
      maxAttempts: 30,
      initialDelaySeconds: 5,
      maxDelaySeconds: 5,
    });
    await host.down();
    const downAt = Date.now();
    await inParallel(runs, 30, (n) => caller.enqueue(`runner-${n}`, { componentId, inputPayload: { n } }));
    await pause(downAt + downMs - Date.now());
    await host.up();
    const upAt = Date.now();
    say(`up again after ${Math.round((upAt - downAt) / 1_000)} s`);
    await system.drained(90_000);
    const drainedSeconds = (Date.now() - upAt) / 1_000;
    const records = await system.finish();
    const delays = records.events.flatMap(({ type, at, runAt }) =>
      type === 'RETRY_SCHEDULED' ? [Math.round((runAt! - at) / 1_000)] : [],
    );
    return {
      records,
      figures: [
        exactly('runs completed', records.runs.filter(({ status }) => status === 'COMPLETED').length, runs),
        exactly('retries with another delay than the policy says', delays.filter((d) => d !== 5).length, 0),
        told('retries', String(delays.length)),
        told('drained after', `${drainedSeconds.toFixed(1)} s`),
      ],
    };
  },
};
