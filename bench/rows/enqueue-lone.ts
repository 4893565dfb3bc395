import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openStatementPool } from '../../src/postgres/statement-pool.ts';
import { createEnqueue } from '../../src/runs/enqueue/enqueue-batch.ts';
import { callFor } from '../harness/callers.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { atMost, type Row } from '../harness/row.ts';
import { ms } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';

export const enqueueLone: Row = {
  name: 'enqueue-lone',
  limit: 'The commit, and the time that PostgreSQL takes to begin a statement of this size.',
  measure: (bench) =>
    bench.cluster.withDatabase(async (url) => {
      const { attachments } = await layCatalogue(url);
      const statementPool = openStatementPool(url, 2);
      const enqueue = createEnqueue(statementPool, 'journey-runtime');
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      let count = 0;
      const next = () => {
        count += 1;
        return attachments[count % attachments.length]!;
      };
      const compared = await takeTurns(bench, {
        ours: () =>
          callFor(bench.turnMs, 1, () => {
            const { id, componentId, productId } = next();
            const request = { componentId, productId, attachmentId: id, channel: 'storefront' };
            return enqueue({ ...request, inputPayload: { note: 'n' }, caller: '', requestHash: null });
          }),
        theirs: () =>
          callFor(bench.turnMs, 1, () => {
            const { id, componentId, productId } = next();
            const values = [randomUUID(), componentId, productId, id, 'storefront', { note: 'n' }];
            return client.query({ name: 'one', text: ONE, values });
          }),
      });
      await statementPool.end();
      await client.end();
      return [
        {
          figure: "a lone caller's enqueue in process, p50",
          against: 'one prepared statement that does the same for one',
          ratio: compared.ratio('p50'),
          goal: atMost(1.15),
          ours: ms(compared.of('ours', 'p50')),
          theirs: ms(compared.of('theirs', 'p50')),
        },
      ];
    }),
};

/** Checks the same, and stores the same run, state, event and job, without being able to do it for more than one. */
const ONE = `
  with stored as (
    insert into journey_runs (id, component_id, component_version_id, product_id, attachment_id, channel,
      input_payload, binding_snapshot)
    select $1, c.id, c.current_version_id, p.id, a.id, $5, $6, a.bindings
    from journey_components c
      join products p on p.id = $3
      join product_journey_components a on a.id = $4 and a.product_id = p.id and a.component_id = c.id
    where c.id = $2 and c.archived_at is null and a.hidden_at is null
      and (a.channel_eligibility = '{}' or $5 = any (a.channel_eligibility))
    returning id, component_version_id
  ), queued as (
    insert into journey_run_queue (run_id, queue, priority, rank, rank_at, run_at, max_attempts, event_xid)
    select s.id, 'journey-runtime', 'NORMAL', 'NORMAL', now(), now(), v.max_attempts, pg_current_xact_id()
    from stored s join journey_component_versions v on v.id = s.component_version_id
    returning run_id, event_xid
  ), appended as (
    insert into journey_run_events (run_id, sequence, xid, type, status, attempt)
    select run_id, 1, event_xid, 'ENQUEUED', 'QUEUED', 0 from queued
  )
  select run_id, (graphile_worker.add_job('journey_runtime.execute_component_run', '{}',
    job_key => 'due:journey-runtime:' || pg_backend_pid())).id as job from queued`;
