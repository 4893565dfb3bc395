import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openStatementPool } from '../../src/postgres/statement-pool.ts';
import { smallestIdAt } from '../../src/postgres/uuid.ts';
import { createEnqueue } from '../../src/runs/enqueue/enqueue-batch.ts';
import { callFor, callWhile } from '../harness/callers.ts';
import { type Catalogue, layCatalogue } from '../harness/catalogue.ts';
import { layHistory } from '../harness/history.ts';
import { atMost, type Bench, type Row } from '../harness/row.ts';
import { startWorker } from '../harness/service.ts';
import { ms } from '../harness/table.ts';

const CALLERS = 50;
const TABLES = ['journey_runs', 'journey_run_outcomes', 'journey_run_events'];
const DAY_MS = 86_400_000;
/** The age of the newest run that is dropped, and of the first partition, which has none. */
const DAYS_AGO = { newest: 10, first: 1_000 };

export const retention: Row = {
  name: 'retention',
  limit:
    'The keys of the dropped runs, which are deleted a few hundred at a time, each in an index over all time, for a third of the time: the callers share PostgreSQL with that. The drop itself locks them out for some milliseconds.',
  measure: (bench) =>
    bench.cluster.withDatabase(async (url) => {
      const catalogue = await layOldPartition(url, bench);
      const statementPool = openStatementPool(url, 2);
      const enqueueOne = enqueuing(statementPool, catalogue);
      await callFor(bench.turnMs, CALLERS, enqueueOne);
      const before = await callFor(bench.turnMs * 3, CALLERS, enqueueOne);
      // Another queue: the worker deletes old runs, and does not execute those that are enqueued.
      const worker = startWorker(url, {
        JOURNEY_RUNTIME_RETENTION_DAYS: '1',
        JOURNEY_RUNTIME_TASK_QUEUE: 'retention',
      });
      let isDropped = false;
      const dropped = untilDropped(url).then(() => {
        isDropped = true;
      });
      const during = await callWhile(() => !isDropped, CALLERS, enqueueOne);
      await dropped;
      await worker.stop();
      const after = await callFor(bench.turnMs * 3, CALLERS, enqueueOne);
      await statementPool.end();
      const alone = (before.p99! + after.p99!) / 2;
      const runs = bench.history.dropped.toLocaleString('en');
      return [
        {
          figure: `enqueue in process, ${CALLERS} callers, while retention drops ${runs} runs, p99`,
          against: 'the same before it and after it',
          ratio: during.p99! / alone,
          goal: atMost(1.5),
          ours: ms(during.p99!),
          theirs: ms(alone),
        },
      ];
    }),
};

/** Writes the old runs into a partition of their own, as retention would have made it at their time. */
async function layOldPartition(url: string, { history }: Bench): Promise<Catalogue> {
  const catalogue = await layCatalogue(url);
  await splitPartitions(url, DAYS_AGO.first);
  await layHistory(url, history.dropped, DAYS_AGO.newest + 1);
  await splitPartitions(url, DAYS_AGO.newest);
  return catalogue;
}

/** Ends the last partition of each table so many days ago, and begins the next one there. */
async function splitPartitions(url: string, daysAgo: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const bound = smallestIdAt(Date.now() - daysAgo * DAY_MS);
  for (const table of TABLES) {
    await client.query('select journey_bound_partition($1, $2)', [table, bound]);
    await client.query('select journey_check_bound($1)', [table]);
    await client.query('select journey_split_partition($1)', [table]);
  }
  await client.end();
}

function enqueuing(statementPool: pg.Pool, { attachments }: Catalogue): () => Promise<unknown> {
  const enqueue = createEnqueue(statementPool, 'journey-runtime');
  let count = 0;
  return () => {
    count += 1;
    const { id, componentId, productId } = attachments[count % attachments.length]!;
    const request = { componentId, productId, attachmentId: id, channel: 'storefront' };
    return enqueue({ ...request, inputPayload: { note: 'n' }, caller: '', requestHash: randomBytes(32) });
  };
}

/** Resolves when no table has the partition of the old runs any more. */
async function untilDropped(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const bound = smallestIdAt(Date.now() - (DAYS_AGO.newest + 0.5) * DAY_MS);
  for (;;) {
    const { rows } = await client.query(OLD_PARTITIONS, [bound]);
    if (rows[0].count === 0) return client.end();
    await pause(LOOK_EVERY_MS);
  }
}

const LOOK_EVERY_MS = 250;
/** The first partition, which is left with the runs that have not ended, begins nowhere. */
const OLD_PARTITIONS = 'select count(*)::int as count from journey_run_partitions where "from" < $1';
