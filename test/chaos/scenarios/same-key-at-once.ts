import { exactly } from '../figures.ts';
import { inParallel } from '../load.ts';
import { bySize, type Scenario } from '../scenario.ts';

/** An impatient caller: the same enqueue five times at once, at both APIs. Some are refused, and leave nothing. */
export const sameKeyAtOnce: Scenario = {
  name: 'same-key-at-once',
  fault: 'the same enqueue five times in parallel',
  sizes: ['smoke', 'full'],
  lane: 2,
  load: (size) => `${bySize(size, '200', '1,000')} keys, and one enqueue in ten that is rejected`,
  async run({ size, open }) {
    const system = await open({ workers: bySize(size, 1, 3), runner: { delayMs: 0 } });
    const { caller, enqueues } = system;
    const keys = bySize(size, 200, 1_000);
    const componentId = await system.registerComponent('same', { maxAttempts: 1 });
    await inParallel(keys, 10, async (n) => {
      const input = { componentId, inputPayload: { n } };
      const five = Array.from({ length: 5 }, () => caller.enqueue(`same-${n}`, input));
      const unknown = { componentId, productId: '00000000-0000-7000-8000-000000000000' };
      if (n % 10 === 0) await caller.enqueue(`refused-${n}`, unknown);
      await Promise.all(five);
    });
    await system.drained(30_000);
    const records = await system.finish();
    const acknowledged = enqueues.filter(({ outcome }) => outcome === 'acknowledged');
    return {
      records,
      figures: [
        exactly('runs', records.runs.length, keys),
        exactly('acknowledged', acknowledged.length, 5 * keys),
        exactly('runs acknowledged', new Set(acknowledged.map(({ runId }) => runId)).size, keys),
        exactly('rejected', enqueues.filter(({ outcome }) => outcome === 'refused').length, keys / 10),
        exactly('calls', records.calls.length, keys),
      ],
    };
  },
};
