import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openStatementPool } from '../../src/postgres/statement-pool.ts';
import { createEnqueue } from '../../src/runs/enqueue/enqueue-batch.ts';
import { enqueueBacklog } from '../harness/backlog.ts';
import { callFor } from '../harness/callers.ts';
import { type Catalogue, layCatalogue } from '../harness/catalogue.ts';
import { atLeast, type Row } from '../harness/row.ts';
import { perSecond } from '../harness/table.ts';
import { type Side, takeTurns } from '../harness/turns.ts';

const CALLERS = 50;

export const enqueueBehindQueue: Row = {
  name: 'enqueue-behind-queue',
  limit: 'The indexes, which get a level deeper; nothing else grows with the queue.',
  measure: async (bench) => {
    const queued = bench.quick ? 5_000 : 100_000;
    const { cluster } = bench;
    return cluster.withDatabase((full) =>
      cluster.withDatabase(async (empty) => {
        const catalogue = await layCatalogue(full);
        await enqueueBacklog(full, catalogue, queued);
        const emptyCatalogue = await layCatalogue(empty);
        const compared = await takeTurns(bench, {
          full: turn(full, catalogue, bench.turnMs),
          empty: async () => {
            await emptyQueue(empty);
            return turn(empty, emptyCatalogue, bench.turnMs)();
          },
        });
        return [
          {
            figure: `enqueue in process, ${CALLERS} callers, ${queued.toLocaleString('en')} runs queued`,
            against: 'the same with an empty queue',
            ratio: compared.ratio('rate'),
            goal: atLeast(0.9),
            ours: perSecond(compared.of('full', 'rate')),
            theirs: perSecond(compared.of('empty', 'rate')),
          },
        ];
      }),
    );
  },
};

/** Opens its connections anew, as a process that comes into a queue that is there. */
function turn(url: string, { attachments }: Catalogue, forMs: number): Side {
  return async () => {
    const statementPool = openStatementPool(url, 2);
    const enqueue = createEnqueue(statementPool, 'journey-runtime');
    let count = 0;
    const sample = await callFor(forMs, CALLERS, () => {
      count += 1;
      const { id, componentId, productId } = attachments[count % attachments.length]!;
      const request = { componentId, productId, attachmentId: id, channel: 'storefront' };
      return enqueue({ ...request, inputPayload: { note: 'n' }, caller: '', requestHash: randomBytes(32) });
    });
    await statementPool.end();
    return sample;
  };
}

async function emptyQueue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'truncate journey_runs, journey_run_queue, journey_run_events, graphile_worker._private_jobs cascade',
  );
  await client.end();
}
