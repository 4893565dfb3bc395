import type { Enqueue } from '../runs/enqueue/enqueue-batch.ts';
import { inEnqueueSpan } from '../runs/enqueue/enqueue-span.ts';
import { instruments } from '../telemetry/instruments.ts';

/** Counts, times and traces the enqueues into a queue that are answered. */
export const measured =
  (enqueue: Enqueue, queue: string): Enqueue =>
  (request) =>
    inEnqueueSpan({ queue: request.queue ?? queue }, async (span) => {
      const startedAt = performance.now();
      const result = await enqueue(request);
      instruments()?.enqueues.record((performance.now() - startedAt) / 1_000);
      if (result.ok) {
        instruments()?.enqueued.add(1, { deduplicated: result.value.deduplicated });
        span?.setAttribute('messaging.message.id', result.value.runId);
      }
      return result;
    });
