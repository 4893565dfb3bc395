import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openStatementPool } from '../../src/postgres/statement-pool.ts';
import { enqueueAll, enqueueItem } from '../../src/runs/enqueue/enqueue-batch.ts';
import type { Catalogue } from './catalogue.ts';

const PER_STATEMENT = 200;

/** Enqueues that many runs, as the API does. */
export async function enqueueBacklog(url: string, { attachments }: Catalogue, count: number): Promise<void> {
  const statementPool = openStatementPool(url, 1);
  for (let done = 0; done < count; done += PER_STATEMENT) {
    const items = Array.from({ length: PER_STATEMENT }, (_, index) => {
      const { id, componentId, productId } = attachments[(done + index) % attachments.length]!;
      return enqueueItem({
        componentId,
        productId,
        attachmentId: id,
        channel: 'storefront',
        trigger: 'OPERATOR',
        inputPayload: { note: `note ${done + index}`, quantity: index % 9 },
        metadata: { initiator: 'bench', line: (done + index) % 1_000 },
        caller: '',
        requestHash: randomBytes(32),
      });
    });
    await enqueueAll(statementPool, 'journey-runtime', items);
  }
  await statementPool.end();
}

/** Resolves when no run waits or is being run any more. */
export async function untilAllRan(url: string): Promise<void> {
  await untilLeft(url, 0);
}

/** Resolves with the number of runs that wait or are being run, when it is this one at most. */
export async function untilLeft(url: string, atMost: number): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (;;) {
    const { rows } = await client.query<{ left: number }>(LEFT, [atMost + 1]);
    const { left } = rows[0]!;
    if (left <= atMost) {
      await client.end();
      return left;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

const LOOK_EVERY_MS = 250;
/** Counts no further than needed. */
const LEFT = `
  select count(*)::int as left from (
    (select from journey_run_queue limit $1) union all (select from journey_running limit $1)
  ) r`;

/**
 * Runs a second, of the middle of a backlog that was worked through: neither the start of the worker nor its last few
 * runs count. Told by the events' own times.
 */
export async function rateOfMiddle(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ rate: number }>(MIDDLE);
  await client.end();
  return rows[0]!.rate;
}

const MIDDLE = `
  select (0.8 * count(*) / extract(epoch from
    percentile_disc(0.9) within group (order by at) - percentile_disc(0.1) within group (order by at)))::float8 as rate
  from journey_run_events where type = 'COMPLETED'`;
