import type { Enqueue } from '../runs/enqueue/enqueue-batch.ts';
import { instruments } from '../telemetry/instruments.ts';

/** Counts and times the enqueues that are answered. */
export const measured =
  (enqueue: Enqueue): Enqueue =>
  async (request) => {
    const startedAt = performance.now();
    const result = await enqueue(request);
    const { enqueued, enqueues } = instruments();
    enqueues.record((performance.now() - startedAt) / 1_000);
    if (result.ok) enqueued.add(1, { deduplicated: result.value.deduplicated });
    return result;
  };
