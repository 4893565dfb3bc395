import { randomBytes } from 'node:crypto';
import { openStatementPool } from '../../src/postgres/statement-pool.ts';
import { createEnqueue } from '../../src/runs/enqueue/enqueue-batch.ts';
import { callFor } from '../harness/callers.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { atLeast, type Row } from '../harness/row.ts';
import { perSecond } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';
import { openAddJob } from '../peers/add-job.ts';

const CALLERS = [
  { callers: 20, goal: atLeast(7) },
  { callers: 200, goal: atLeast(16) },
];

export const enqueueInProcess: Row = {
  name: 'enqueue-in-process',
  limit:
    'PostgreSQL: of the time of a statement of 200 half inserts the runs, with their entries in eight indexes, and their rows in the queue; a quarter validates the requests.',
  measure: (bench) =>
    bench.cluster.withDatabase(async (url) => {
      const { attachments } = await layCatalogue(url);
      const statementPool = openStatementPool(url, 2);
      const enqueue = createEnqueue(statementPool, 'journey-runtime');
      const peer = openAddJob(url);
      let count = 0;
      const enqueueOne = async () => {
        count += 1;
        const { id, componentId, productId } = attachments[count % attachments.length]!;
        const result = await enqueue({
          componentId,
          productId,
          attachmentId: id,
          channel: 'storefront',
          inputPayload: { note: `note ${count}` },
          caller: '',
          requestHash: randomBytes(32),
        });
        if (!result.ok) throw new Error(result.userErrors[0]!.message);
      };
      const figures = [];
      for (const { callers, goal } of CALLERS) {
        const compared = await takeTurns(bench, {
          ours: () => callFor(bench.turnMs, callers, enqueueOne),
          theirs: () => callFor(bench.turnMs, callers, peer.addJob),
        });
        figures.push({
          figure: `enqueue in process, ${callers} callers`,
          against: `graphile-worker addJob, ${callers} callers`,
          ratio: compared.ratio('rate'),
          goal,
          ours: perSecond(compared.of('ours', 'rate')),
          theirs: perSecond(compared.of('theirs', 'rate')),
        });
      }
      await statementPool.end();
      await peer.close();
      return figures;
    }),
};
