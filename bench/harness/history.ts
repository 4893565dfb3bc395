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

async function layHistory(url: string, runs: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // An index is built far faster than it grows.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(SECONDARY_INDEXES);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
  await client.query(RUNS, [runs]);
  await client.query(EVENTS);
  for (const { definition } of indexes) await client.query(definition);
  await client.query('vacuum analyze');
  await client.end();
}

const SECONDARY_INDEXES = `
  select indexname as name, indexdef as definition from pg_indexes
  where tablename in ('journey_component_runs', 'journey_run_events')
    and indexname not in (select conname from pg_constraint)`;

/** Of 100 runs 94 have completed, 4 failed, and 1 was canceled; the last 250 are waiting or being run, whatever their number. */
const RUNS = `
  insert into journey_component_runs (
    id, status, component_id, component_version_id, product_id, attachment_id, channel, trigger, attempt, max_attempts,
    group_id, order_id, input_payload, metadata, context, binding_snapshot, resolved_bindings, result_payload, error,
    telemetry, request, queued_at, run_at, started_at, completed_at, idempotency_key, event_sequence, event_xid, worker_id)
  select
    (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(g), 15, '0'))::uuid,
    s.status, a.component_id, c.current_version_id, a.product_id, a.id,
    (array['storefront', 'pos', 'marketplace', 'app'])[1 + h % 4],
    (array['CHECKOUT', 'OPERATOR', 'AUTOMATION'])[1 + h / 100 % 3]::journey_trigger, 1, 1,
    md5('group' || g / 4)::uuid, md5('order' || g / 8)::uuid,
    jsonb_build_object('note', 'note ' || g, 'cart', g / 8), jsonb_build_object('initiator', 'checkout', 'batch', g / 100),
    jsonb_build_object('checkout', jsonb_build_object('session', g / 4)), a.bindings,
    jsonb_build_object('title', 'Product'), jsonb_build_object('inputs', jsonb_build_object('note', 'note ' || g)),
    case when s.status = 'FAILED' then jsonb_build_object('code',
      (array['RUNNER_REJECTED', 'RUNNER_TIMEOUT', 'INPUT_INVALID'])[1 + h / 300 % 3], 'message', 'It failed.', 'detail', null,
      'retryable', false) else 'null' end,
    '{"runner": "echo", "latencyMs": 0.2, "bindingsCount": 2, "outputPreview": "{}"}',
    '{"runId": "of this run", "inputs": {"title": "Product"}}', at, at,
    case when s.status <> 'QUEUED' then at + interval '20 ms' end,
    case when s.status in ('COMPLETED', 'FAILED', 'CANCELED') then at + interval '60 ms' end,
    'key-' || g, case when s.status = 'QUEUED' then 1 when s.status = 'RUNNING' then 2 else 3 end, '1',
    case when s.status = 'RUNNING' then md5('worker')::uuid end
  from generate_series(0, $1::int - 1) g
    cross join lateral (select hashint4(g) & 2147483647 as h) hashed
    cross join lateral (select now() - ($1::int - g) * interval '2.6 seconds' as at) t
    cross join lateral (select (case when g >= $1::int - 200 then 'QUEUED' when g >= $1::int - 250 then 'RUNNING'
      when h / 4 % 25 = 3 then 'FAILED' when h / 4 % 100 = 7 then 'CANCELED' else 'COMPLETED' end)::journey_run_status as status) s
    join (select *, row_number() over (order by id) - 1 as n, count(*) over () as total from product_journey_components) a
      on a.n = (hashint4(-g) & 2147483647) % a.total
    join journey_components c on c.id = a.component_id`;

const EVENTS = `
  insert into journey_run_events (run_id, sequence, xid, type, status, attempt, at, error, telemetry, actor)
  select r.id, n, '1', (case n when 1 then 'ENQUEUED' when 2 then 'STARTED' else r.status::text end)::journey_run_event_type,
    case n when 1 then 'QUEUED' when 2 then 'RUNNING' else r.status end, least(n - 1, 1),
    case n when 1 then r.queued_at when 2 then r.started_at else r.completed_at end,
    case n when 3 then r.error else 'null' end, case n when 3 then r.telemetry else 'null' end,
    case when n > 1 then 'worker' end
  from journey_component_runs r cross join lateral generate_series(1, r.event_sequence) n
  order by r.id, n`;
