import { readFileSync } from 'node:fs';
import { Logger, runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { applyMigration } from '../../../src/postgres/migrations/apply-migration.ts';
import { migrationNames, readMigration } from '../../../src/postgres/migrations/migration-files.ts';
import { createLedger } from '../../../src/postgres/migrations/migration-ledger.ts';

/** The first migration after the earlier version. */
export const FIRST = '20261127000000_states_of_runs';
export const QUEUE = 'journey-runtime';
export const COMPONENT = '01800000-0000-7000-8000-000000000001';
const VERSION = '01800000-0000-7000-8000-000000000002';
const PRODUCT = '01800000-0000-7000-8000-000000000003';
/** Of a number of an order or a run, as SQL. Runs have the ids of the past, and new ones come after them. */
const idSql = (prefix: string, number: string) =>
  `('${prefix}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
export const runId = (number: number): string =>
  `01810000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
export const orderId = (number: number): string =>
  `01820000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** A statement of the earlier version. */
export const earlierStatement = (name: string): string =>
  readFileSync(new URL(`earlier-version/${name}.sql`, import.meta.url), 'utf8');

/** Brings an empty database to the state of the earlier version. */
export async function installEarlierVersion(client: pg.Client, url: string): Promise<void> {
  await createLedger(client);
  for (const name of migrationNames().filter((name) => name < FIRST))
    await applyMigration(client, readMigration(name));
  await runMigrations({ connectionString: url, logger: new Logger(() => () => {}) });
}

/** A living worker of the earlier version; its lease never ends. */
export async function addWorker(client: pg.Client): Promise<string> {
  const { rows } = await client.query(`
    insert into journey_workers (id, pool_id, queue, host, pid, lease_until)
    values (gen_random_uuid(), 'pool', '${QUEUE}', 'shop-1', 4711, now() + interval '1 day') returning id`);
  return rows[0].id;
}

/**
 * Stores runs in every status with every field, ten for each order, and their events: ended ones (some forgotten), and
 * among a hundred some that are queued, due or not, without a queue, or after a lost worker, and one that is running.
 */
export async function fillRuns(client: pg.Client, count: number, workerId: string): Promise<void> {
  await client.query(CATALOGUE);
  await client.query(ORDERS, [count / 10]);
  await client.query(RUNS, [count, workerId]);
  await client.query(EVENTS);
  await client.query('analyze');
}

const CATALOGUE = `
  insert into journey_components (id, key, name, current_version_id, updated_at) values ('${COMPONENT}', 'a', 'A', '${VERSION}', now());
  insert into journey_component_versions (id, component_id, version, script_slug, script_runtime, max_attempts)
    values ('${VERSION}', '${COMPONENT}', 1, 'a', 'node', 3);
  insert into products (id, sku, slug, title, updated_at) values ('${PRODUCT}', 'a', 'a', 'A', now())`;

const ORDERS = `
  with ordered as (
    insert into orders (id, number, placed_at, request_hash)
    select ${idSql('01820000', 'n')}, 'order-' || n, now(), '\\x00' from generate_series(1, $1::int) n returning id
  )
  insert into journey_run_groups (id, kind, order_id, shared_input, shared_context, request_hash)
  select id, 'CHECKOUT', id, '{"customer": {"amount": 12345678901234567890.12345678901234567890}}', '{"locale": "de"}', '\\x00' from ordered`;

/** A number that a double would change, in each field with JSON; a secret's mask; a request of its own bytes. */
const RUNS = `
  insert into journey_component_runs (
    id, status, component_id, component_version_id, product_id, order_id, order_line_position, group_id, replay_of_id,
    channel, trigger, priority, queue, attempt, lost_attempts, max_attempts, input_payload, metadata, context,
    binding_snapshot, resolved_bindings, result_payload, error, telemetry, request, request_call_key, queued_at, run_at,
    started_at, completed_at, cancel_requested_at, caller, idempotency_key, request_hash, fence, worker_id, call_key,
    event_sequence, event_xid, forgotten_at
  )
  select ${idSql('01810000', 'n')}, s.status, '${COMPONENT}', '${VERSION}', case when n % 2 = 0 then '${PRODUCT}'::uuid end,
    ${idSql('01820000', '1 + (n - 1) / 10')}, n % 10, case when n % 3 = 0 then ${idSql('01820000', '1 + (n - 1) / 10')} end,
    case when n % 11 = 0 then ${idSql('01810000', 'n - 1')} end, (array['web', 'pos', null])[1 + n % 3],
    (array['CHECKOUT', null]::journey_trigger[])[1 + n % 2],
    (array['NORMAL', 'HIGH', 'LOW']::journey_run_priority[])[1 + n % 3],
    case when n % 7 = 0 then '' when n % 13 = 0 then 'other' else '${QUEUE}' end, n % 3, (n % 50 = 0)::int, 3,
    jsonb_build_object('n', n, 'exact', 0.10000000000000000000000001, 'token', '***'), '{"a": 1E+30}', '{"b": [1.50]}',
    case when s.ended then '[{"kind": "static", "inputKey": "x", "value": 1.00}]' else '[]' end::jsonb,
    case when s.ended or n % 5 = 0 then '{"x": 1.00}' else 'null' end::jsonb,
    case when s.status = 'COMPLETED' then jsonb_build_object('total', 99999999999999999999.50, 'text', repeat('r', 300)) else 'null' end,
    case s.status when 'FAILED' then '{"code": "RUNNER_ERROR", "message": "é", "detail": null, "retryable": true}'
      when 'CANCELED' then '{"code": "CANCELED", "message": "c", "detail": null, "retryable": true}' else 'null' end::jsonb,
    case when s.ended then '{"httpStatus": 200, "durationMs": 12.50}' else 'null' end::jsonb,
    case when s.ended or n % 5 = 0 then '{"n":' || n || ',"exact":1.0e2, "secret":"' || repeat('s', 400) || '"}' end,
    case when s.ended or n % 5 = 0 then 1 + n % 2 end, now() - interval '2 days', now() - interval '1 day' + n % 20 * interval '2 hours',
    case when s.status <> 'QUEUED' or n % 5 = 0 then now() - interval '1 day' end,
    case when s.ended then now() - (n % 1000) * interval '1 minute' end,
    case when s.status = 'CANCELED' then now() end, case when n % 2 = 0 then 'shop' else '' end,
    case when n % 4 = 0 then 'key-' || n end, decode(md5(n::text), 'hex'), n % 6,
    case when s.status = 'RUNNING' then $2::uuid end, 1 + n % 2, 1, pg_current_xact_id(),
    case when s.ended and n % 40 = 0 then now() end
  from generate_series(1, $1::int) n cross join lateral (
    select status, status not in ('QUEUED', 'RUNNING') as ended from (
      select (case when n % 100 < 5 then 'QUEUED' when n % 100 = 5 then 'RUNNING' when n % 10 = 8 then 'FAILED'
        when n % 10 = 9 then 'CANCELED' else 'COMPLETED' end)::journey_run_status as status
    ) s
  ) s`;

const EVENTS = `
  insert into journey_run_events (run_id, sequence, xid, type, status, attempt, error, telemetry, actor)
  select id, 1, event_xid, 'ENQUEUED', 'QUEUED', 0, error, telemetry, nullif(caller, '') from journey_component_runs`;
