/**
 * A from-item over the runs that a queue's workers may take: those that carry its name ($1), and those without a
 * queue. Runs without a queue were enqueued before queues were stored; they get the queue of the first worker that
 * wakes or takes them. `select` reads the runs of one `q.queue` in the order of an index, so that the runs of other
 * queues cost nothing.
 */
export const ofQueue = (select: string): string =>
  `unnest(array[$1::text, '']) as q(queue) cross join lateral (${select})`;
