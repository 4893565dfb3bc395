import type pg from 'pg';
import { rowsOf, statement } from '../../postgres/statement.ts';
import { isParkedSql } from '../../queue/parked-queue.ts';
import { isServedSql } from '../../queue/served-queues.ts';

/**
 * The names of the queues that have due runs or active bulk operations, and no live worker; '' stands for runs and
 * operations without a queue.
 */
export async function unservedQueues(pool: pg.Pool): Promise<string[]> {
  return (await rowsOf(pool, UNSERVED)).map(({ queue }) => queue);
}

/**
 * Steps from queue to queue on the index (queue, run_at), so its cost does not
 * depend on their number.
 */
const UNSERVED = statement({
  name: 'unserved-queues',
  text: `
  with recursive queues as (
    (select queue from journey_run_queue order by queue limit 1)
    union all
    select (
      select r.queue from journey_run_queue r where r.queue > q.queue order by r.queue limit 1
    ) from queues q where q.queue is not null
  )
  select q.queue from (
    select q.queue from queues q where q.queue is not null and exists (
      select from journey_run_queue r where r.queue = q.queue and r.run_at <= now()
    )
    union select queue from journey_bulk_operations where status = 'RUNNING'
  ) q where not ${isServedSql('q.queue')} and not ${isParkedSql('q.queue')} order by q.queue`,
  columns: { queue: 'text' },
});
