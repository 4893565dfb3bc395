import pg from 'pg';
import { layCatalogue } from './catalogue.ts';
import type { Cluster } from './cluster.ts';

/** A database with that many runs behind it, one every 2.6 seconds up to now, and their events. Made once a cluster. */
export function historyOf(cluster: Cluster, runs: number): Promise<string> {
  return cluster.kept(`history_${runs}`, async (url) => {
    await layCatalogue(url);
    await layHistory(url, runs);
  });
}

/** Writes that many runs with their events, the last of which was enqueued so many days ago. */
export async function layHistory(url: string, runs: number, daysAgo = 0): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // An index is built far faster than it grows.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(SECONDARY_INDEXES);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
  await client.query(MADE, [runs, daysAgo]);
  for (const fill of [REQUESTS, KEYS, QUEUED, RUNNING, OUTCOMES, EVENTS]) await client.query(fill);
  // PostgreSQL leaves the partitions out where it shows the definition of a partitioned table's index.
  for (const { definition } of indexes) await client.query(definition.replace(' ON ONLY ', ' ON '));
  await client.query('vacuum analyze');
  await client.end();
}

const SECONDARY_INDEXES = `
  select indexname as name, indexdef as definition from pg_indexes
  where tablename in ('journey_runs', 'journey_run_queue', 'journey_running', 'journey_run_outcomes', 'journey_run_events')
    and indexname not in (select conname from pg_constraint)`;

/** Of 100 runs 94 have completed, 4 failed, and 1 was canceled; the last 250 are waiting or being run, whatever their number. */
const MADE = `
  create temp table made as select g, h, at, (
    lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(g), 15, '0'))::uuid as id,
    (case when g >= $1::int - 200 then 'QUEUED' when g >= $1::int - 250 then 'RUNNING'
      when h / 4 % 25 = 3 then 'FAILED' when h / 4 % 100 = 7 then 'CANCELED' else 'COMPLETED' end)::journey_run_status as status
  from generate_series(0, $1::int - 1) g
    cross join lateral (select hashint4(g) & 2147483647 as h) hashed
    cross join lateral (select now() - $2::int * interval '1 day' - ($1::int - g) * interval '2.6 seconds' as at) t`;

const REQUESTS = `
  insert into journey_runs (
    id, component_id, component_version_id, product_id, attachment_id, channel, trigger, group_id, order_id, input_payload,
    metadata, context, binding_snapshot, queued_at, idempotency_key)
  select m.id, a.component_id, c.current_version_id, a.product_id, a.id,
    (array['storefront', 'pos', 'marketplace', 'app'])[1 + h % 4],
    (array['CHECKOUT', 'OPERATOR', 'AUTOMATION'])[1 + h / 100 % 3]::journey_trigger,
    md5('group' || g / 4)::uuid, md5('order' || g / 8)::uuid,
    jsonb_build_object('note', 'note ' || g, 'cart', g / 8), jsonb_build_object('initiator', 'checkout', 'batch', g / 100),
    jsonb_build_object('checkout', jsonb_build_object('session', g / 4)), a.bindings, at, 'key-' || g
  from made m
    join (select *, row_number() over (order by id) - 1 as n, count(*) over () as total from product_journey_components) a
      on a.n = (hashint4(-g) & 2147483647) % a.total
    join journey_components c on c.id = a.component_id
  order by g`;

const KEYS = `
  insert into journey_run_keys (idempotency_key, caller, shop, run_id)
  select idempotency_key, caller, shop, id from journey_runs where idempotency_key is not null`;

const QUEUED = `
  insert into journey_run_queue (run_id, queue, priority, rank, rank_at, run_at, max_attempts, event_xid)
  select id, 'journey-runtime', 'NORMAL', 'NORMAL', at, at, 1, '1' from made where status = 'QUEUED' order by g`;

const STARTED =
  'run_id, queue, priority, run_at, fence, attempt, lost_attempts, max_attempts, call_key, event_xid, started_at';
const STARTED_VALUES = `id, 'journey-runtime', 'NORMAL', at, 1, 1, 0, 1, 1, '1', at + interval '20 ms'`;

const RUNNING = `
  insert into journey_running (${STARTED}, event_sequence, worker_id)
  select ${STARTED_VALUES}, 2, md5('worker')::uuid from made where status = 'RUNNING' order by g`;

const OUTCOMES = `
  insert into journey_run_outcomes (${STARTED}, event_sequence, status, completed_at, resolved_bindings, result_payload, error,
    telemetry, request)
  select ${STARTED_VALUES}, 3, status, at + interval '60 ms', jsonb_build_object('title', 'Product'),
    case when status = 'COMPLETED' then jsonb_build_object('inputs', jsonb_build_object('note', 'note ' || g)) end,
    case when status = 'FAILED' then jsonb_build_object('code',
      (array['RUNNER_REJECTED', 'RUNNER_TIMEOUT', 'INPUT_INVALID'])[1 + h / 300 % 3], 'message', 'It failed.', 'detail', null,
      'retryable', false) end,
    '{"runner": "echo", "latencyMs": 0.2, "bindingsCount": 2, "outputPreview": "{}"}',
    '{"runId": "of this run", "inputs": {"title": "Product"}}'
  from made where status not in ('QUEUED', 'RUNNING') order by g`;

const EVENTS = `
  insert into journey_run_events (run_id, sequence, xid, type, status, attempt, at, error, telemetry, actor)
  select m.id, n, '1', (case n when 1 then 'ENQUEUED' when 2 then 'STARTED' else m.status::text end)::journey_run_event_type,
    case n when 1 then 'QUEUED' when 2 then 'RUNNING' else m.status end, least(n - 1, 1),
    m.at + (case n when 1 then 0 when 2 then 20 else 60 end) * interval '1 ms',
    coalesce(case when n = 3 then o.error end, 'null'), coalesce(case when n = 3 then o.telemetry end, 'null'),
    case when n > 1 then 'worker' end
  from made m left join journey_run_outcomes o on o.run_id = m.id
    cross join lateral generate_series(1, case m.status when 'QUEUED' then 1 when 'RUNNING' then 2 else 3 end) n
  order by m.g, n`;
