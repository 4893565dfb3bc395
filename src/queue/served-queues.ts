/**
 * An SQL condition: whether a live worker takes the runs of a queue, which is given as an SQL expression. Workers
 * without a queue are of a version before queues were stored, and take runs of any queue. Any worker takes runs
 * without a queue.
 */
export const isServedSql = (queue: string): string => `exists (
  select from journey_workers w
  where (w.queue = ${queue} or w.queue = '' or ${queue} = '')
    and w.pool_id <> '' and w.dead_at is null and w.lease_until > now()
)`;
