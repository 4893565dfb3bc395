import { fileURLToPath } from 'node:url';
import { exactly, told } from '../figures.ts';
import { inParallel } from '../load.ts';
import { bySize, type Scenario } from '../scenario.ts';

const PRELOAD = fileURLToPath(new URL('../poison-preload.ts', import.meta.url));

/** A run that kills whatever worker works on it must not take its neighbours along. */
export const poisonousRun: Scenario = {
  name: 'poisonous-run',
  fault: 'a run that kills its worker',
  sizes: ['full'],
  lane: 2,
  load: (size) => `among ${bySize(size, '100', '1,000')}`,
  async run({ size, open }) {
    const system = await open({ workers: 0, runner: { delayMs: 100 } });
    const { caller } = system;
    const runs = bySize(size, 100, 1_000);
    for (let n = 1; n <= 3; n += 1)
      await system.addWorker(`worker-${n}`, { nodeArgs: ['--import', PRELOAD], mayEnd: true });
    const componentId = await system.registerComponent('poison', { maxAttempts: 3, timeoutSeconds: 60 });
    const poison = Math.floor(runs / 2);
    await inParallel(runs, 20, (n) =>
      caller.enqueue(`poison-${n}`, { componentId, inputPayload: n === poison ? { poison: true } : { n } }),
    );
    await system.drained(120_000);
    const records = await system.finish();
    const poisoned = records.runs.find((run) => run.idempotencyKey === `poison-${poison}`)!;
    const others = records.runs.filter((run) => run !== poisoned);
    return {
      records,
      figures: [
        exactly('workers that it killed', poisoned.lostAttempts, 3),
        exactly('others completed', others.filter(({ status }) => status === 'COMPLETED').length, runs - 1),
        told(
          'others that lost a worker with it',
          String(others.filter((run) => run.lostAttempts > 0).length),
        ),
        told('its status', poisoned.status),
      ],
    };
  },
};
