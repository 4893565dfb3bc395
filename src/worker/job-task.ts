import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Logger } from '../logger.ts';

/**
 * A graphile-worker task whose payload has this schema. A job with another payload is logged and completed, because
 * it would fail at each attempt. The waker wakes the operations that no job wakes.
 */
export function jobTask<S extends z.ZodType>(
  kind: string,
  payloadSchema: S,
  logger: Logger,
  work: (payload: z.output<S>) => Promise<void> | void,
): Task {
  return async (payload, { job }) => {
    const read = payloadSchema.safeParse(payload);
    if (read.success) return work(read.data);
    logger.error(
      { jobId: job.id, problem: z.prettifyError(read.error) },
      `dropped a ${kind} job whose payload is malformed`,
    );
  };
}
