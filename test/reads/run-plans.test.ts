import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, channelsInUse } from '../../src/reads/channels.ts';
import { componentStatsQuery } from '../../src/reads/component-stats.ts';
import { latestReplaysQuery } from '../../src/reads/latest-replays.ts';
import { countsQuery } from '../../src/reads/run-counts.ts';
import { errorsQuery } from '../../src/reads/run-errors.ts';
import { countQuery, listQuery } from '../../src/reads/run-list.ts';
import { newestRunsQuery } from '../../src/reads/run-lookup.ts';
import { statsQuery } from '../../src/reads/run-stats.ts';
import { statsRange } from '../../src/reads/stats-range.ts';
import type { RunFilter } from '../../src/runs/model/run-filter.ts';
import { EVERY_RUN } from '../../src/runs/model/run-scope.ts';
import { createTestDatabase, majorVersion, type TestDatabase } from '../support/database.ts';

const RUNS = 50_000;
/** How far back the oldest run lies. */
const DAYS = 30;

let db: TestDatabase;
let hasGenericPlan: boolean;
beforeAll(async () => {
  db = await createTestDatabase();
  // A connection of its own, without the service's time limits: on a busy machine this takes a while.
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  hasGenericPlan = (await majorVersion()) >= 16;
  await client.query(HISTORY);
  await client.query(GROUPS);
  await client.query(ORDERS);
  // The statistics are those of all rows, and not of a sample that differs from run to run.
  await client.query(`set default_statistics_target = ${RUNS / 250}`);
  await client.query(
    'vacuum analyze journey_runs, journey_run_queue, journey_running, journey_run_outcomes, journey_run_groups, orders',
  );
  await client.end();
});
afterAll(() => db.drop());

const id = (kind: number, n: number) =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** The beginning of the ids that were made that many days ago. */
const idAt = (days: number) =>
  Math.floor(Date.now() - days * 86_400_000)
    .toString(16)
    .padStart(12, '0');
const day = (n: number) => new Date(Date.now() - n * 86_400_000);

const FILTERS: Record<string, RunFilter> = {
  'no condition': {},
  'a common status': { status: ['COMPLETED'] },
  'a rare status': { status: ['RUNNING'] },
  'several statuses': { status: ['COMPLETED', 'FAILED'] },
  componentId: { componentId: [id(1, 3)] },
  'several componentIds': { componentId: [id(1, 3), id(1, 4)] },
  componentKey: { componentKey: ['component-3'] },
  'several componentKeys': { componentKey: ['component-3', 'component-4'] },
  productId: { productId: [id(2, 3)] },
  attachmentId: { attachmentId: [id(3, 3)] },
  orderId: { orderId: [id(4, 3)] },
  'several orderIds': { orderId: [id(4, 3), id(4, 4)] },
  runId: { runId: [id(9, 1), id(9, 2)] },
  groupId: { groupId: [id(5, 3)] },
  replayOfId: { replayOfId: [id(9, 3)] },
  'several replayOfIds': { replayOfId: Array.from({ length: 200 }, (_, n) => id(9, n)) },
  caller: { caller: ['principal-1'] },
  'caller and status': { caller: ['principal-1'], status: ['FAILED'] },
  'caller and component': { caller: ['principal-1'], componentId: [id(1, 3)] },
  shop: { shop: ['shop-1'] },
  'several shops': { shop: ['shop-1', 'shop-2'] },
  channel: { channel: ['channel-1'] },
  'several channels': { channel: ['channel-1', 'channel-2'] },
  trigger: { trigger: ['CHECKOUT'] },
  'a common priority': { priority: ['NORMAL'] },
  'a rare priority': { priority: ['LOW'] },
  'several priorities': { priority: ['HIGH', 'LOW'] },
  'a rare priority and a status': { priority: ['LOW'], status: ['FAILED'] },
  'a rare priority and a component': { priority: ['LOW'], componentId: [id(1, 3)] },
  'a common priority and a channel': { priority: ['NORMAL'], channel: ['channel-1'] },
  errorCode: { errorCode: ['RUNNER_TIMEOUT'] },
  'several errorCodes': { errorCode: ['RUNNER_TIMEOUT', 'INPUT_INVALID'] },
  idempotencyKey: { idempotencyKey: ['key-17'] },
  'queued a day ago': { queuedAfter: day(1) },
  'queued before two weeks': { queuedBefore: day(14) },
  'queued on one day': { queuedAfter: day(15), queuedBefore: day(14) },
  'completed since a day': { completedAfter: day(1) },
  'completed before two weeks': { completedBefore: day(14) },
  'a common metadata': { metadata: { initiator: 'checkout' } },
  'a rare metadata': { metadata: { batch: 17 } },
  'a rare inputPayload': { inputPayload: { order: { number: 'o-17' } } },
  'a rare context': { context: { preview: true } },
  'what few groups share': { inputPayload: { order: { customer: { email: 'c17@example.com' } } } },
  'what many groups share': { inputPayload: { order: { customer: { country: 'DE' } } } },
  'what few groups share, and a status': {
    status: ['FAILED'],
    inputPayload: { order: { customer: { email: 'c17@example.com' } } },
  },
  'what a group shares and the run has itself': {
    inputPayload: { order: { customer: { email: 'c17@example.com' } }, gift: true },
  },
  'a rare status and a channel': { status: ['CANCELED'], channel: ['channel-1'] },
  'a common status and a channel': { status: ['COMPLETED'], channel: ['channel-1'] },
  'QUEUED and a channel': { status: ['QUEUED'], channel: ['channel-1'] },
  'RUNNING and a component': { status: ['RUNNING'], componentId: [id(1, 3)] },
  'several statuses and a component': { status: ['COMPLETED', 'FAILED'], componentId: [id(1, 3)] },
  'a common status and time': { status: ['COMPLETED'], queuedAfter: day(15), queuedBefore: day(14) },
  'errorCode and status': { status: ['FAILED'], errorCode: ['RUNNER_TIMEOUT'] },
  'errorCode and component': { errorCode: ['RUNNER_TIMEOUT'], componentId: [id(1, 3)] },
  'completed on one day, and a channel': {
    completedAfter: day(15),
    completedBefore: day(14),
    channel: ['channel-1'],
  },
  'status and component': { status: ['FAILED'], componentId: [id(1, 3)] },
  'status and product': { status: ['COMPLETED'], productId: [id(2, 3)] },
  'status and channel': { status: ['FAILED'], channel: ['channel-1'] },
  'status and time': { status: ['FAILED'], queuedAfter: day(1) },
  'component and time': { componentId: [id(1, 3)], queuedBefore: day(14) },
  orderNumber: { orderNumber: ['n-3'] },
  'several orderNumbers': { orderNumber: ['n-3', 'n-4'] },
  'orderNumber and status': { orderNumber: ['n-3'], status: ['FAILED'] },
  'a search of a key': { search: 'key-17' },
  'a search of an order number': { search: 'n-17' },
  'a search of the beginning of an id': { search: idAt(14).slice(0, 8) },
  'a search in a status': { search: 'key-17', status: ['COMPLETED', 'FAILED'] },
  'a search in a component': { search: 'key-17', componentId: [id(1, 3)] },
};

/**
 * Filters that match many runs, with a condition that no index serves. A fifth of all runs is rightly counted by reading
 * them all, so fewer are counted than with the filters above.
 */
const BROAD: Record<string, RunFilter> = {
  'status and metadata': { status: ['FAILED'], metadata: { initiator: 'checkout' } },
  'all statuses but one': { not: [{ status: ['COMPLETED'] }] },
  'all priorities but one': { not: [{ priority: ['NORMAL'] }] },
  'all channels but one': { not: [{ channel: ['channel-1'] }] },
  'all but a status of a component': { not: [{ status: ['COMPLETED'], componentId: [id(1, 3)] }] },
  'a component, but not a payload': {
    componentId: [id(1, 3)],
    not: [{ inputPayload: { order: { customer: { country: 'DE' } } } }],
  },
  'errors but one': { status: ['FAILED'], not: [{ errorCode: ['RUNNER_TIMEOUT'] }] },
};

describe(`with ${RUNS} runs, no table is read from end to end`, () => {
  it.each([
    ...Object.entries(FILTERS).map(([name, filter]) => ({ name, filter, atMost: 10_001 })),
    ...Object.entries(BROAD).map(([name, filter]) => ({ name, filter, atMost: 1_001 })),
  ])('by a list, a count, counts, errors or stats of $name', async ({ filter, atMost }) => {
    const after = '0190b5a0-0000-7000-8000-000000000000';
    const slice = { after: null, before: null, limit: 21, reverse: false };
    expect(await scanned(listQuery(filter, slice))).toEqual([]);
    expect(await scanned(listQuery(filter, { ...slice, before: after, reverse: true }))).toEqual([]);
    expect(await scanned(countQuery(filter, atMost))).toEqual([]);
    // Of all failed runs, or of a fifth of all runs, a scan is right: the bounds are as small a part here as of 1,000,000.
    expect(await scanned(countsQuery(filter, 1_001))).toEqual([]);
    expect(await scanned(errorsQuery(filter, 20, 201))).toEqual([]);
    expect(await scanned(statsQuery(filter))).toEqual([]);
    expect(await scanned(statsQuery(filter, statsRange(day(15), day(14), 24)))).toEqual([]);
  });

  it.each([
    ['product', 2, 'product_id'],
    ['attachment', 3, 'attachment_id'],
  ] as const)('by the newest runs of each %s', async (_name, kind, column) => {
    const parents = Array.from({ length: 10 }, (_, n) => id(kind, n));
    expect(await scanned(newestRunsQuery(EVERY_RUN, column, parents, 20, ['id', 'status']))).toEqual([]);
  });

  it('by the latest replays of a page of runs', async () => {
    const runs = Array.from({ length: 100 }, (_, n) => id(5, n));
    expect(await scanned(latestReplaysQuery(EVERY_RUN, runs, ['id', 'status']))).toEqual([]);
  });

  it.each([
    ['every run', {}],
    ['the runs of a principal', { caller: ['principal-1'] }],
    ['the runs of a channel', { channel: ['channel-1'] }],
  ])('by the stats of components, over %s', async (_name, scope) => {
    expect(await scanned(componentStatsQuery(scope))).toEqual([]);
  });

  it.each([
    ['every run', {}],
    ['the runs of a status', { status: ['FAILED'] }],
  ] satisfies [string, RunFilter][])('nor what was requested, by the stats of %s', async (_name, filter) => {
    const read = await executed(statsQuery(filter));
    const relations = read.flatMap((node) => node['Relation Name'] ?? []);
    expect(relations.some((name) => name.startsWith('journey_run_outcomes'))).toBe(true);
    expect(relations.filter((name) => name.startsWith('journey_runs'))).toEqual([]);
  });

  it('by the channels in use', async () => {
    expect(await scanned({ text: CHANNELS, values: [] })).toEqual([]);
    expect(await channelsInUse(db.pool)).toEqual(['channel-0', 'channel-1', 'channel-2']);
  });
});

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Actual Loops'?: number; Plans?: Plan[] };

/** The tables that grow with the history, and their partitions. */
const LONG = /^(journey_(runs|run_outcomes|run_keys)|orders)/;

/** The sequential scans of history in a statement's plan. */
const scanned = async (statement: pg.QueryConfig): Promise<Plan[]> =>
  (await executed(statement)).filter(
    (node) => node['Node Type'] === 'Seq Scan' && LONG.test(node['Relation Name']!),
  );

/**
 * The nodes of a statement's plan, for its values and, where it is prepared, for any; PostgreSQL shows the latter from 16
 * on.
 */
async function executed({ name, text, values }: pg.QueryConfig): Promise<Plan[]> {
  const plans = [await db.pool.query(`explain (analyze, format json) ${text}`, values)];
  if (name && hasGenericPlan) plans.push(await db.pool.query(`explain (format json, generic_plan) ${text}`));
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
  return (
    plans
      .flatMap(({ rows }) => nodes(rows[0]['QUERY PLAN'][0].Plan))
      // An alternative that the statement does not choose reads nothing.
      .filter((node) => node['Actual Loops'] !== 0)
  );
}

const uuid = (kind: number, n: string) =>
  `('${id(kind, 0).slice(0, -12)}' || lpad((${n})::text, 12, '0'))::uuid`;

/** One for the runs of each order, with a payload so wide that PostgreSQL keeps no statistics of it. */
const GROUPS = `
  insert into journey_run_groups (id, kind, order_id, shared_input, request_hash)
  select ${uuid(5, 'n')}, 'AUTOMATION', ${uuid(4, 'n')}, jsonb_build_object('order', jsonb_build_object(
    'customer', jsonb_build_object('email', 'c' || n || '@example.com', 'country', (array['DE', 'US'])[1 + n % 2]),
    'note', (select string_agg(md5((n * 50 + i)::text), '') from generate_series(1, 50) i))), '\\x00'
  from generate_series(0, ${RUNS} / 10) n`;

const ORDERS = `
  insert into orders (id, number, placed_at, request_hash)
  select ${uuid(4, 'n')}, 'n-' || n, now(), '\\x00' from generate_series(0, ${RUNS} / 10) n`;

/** A shop's month, in rows as wide as real ones: 20 components, 500 products, many small orders, nine of ten runs completed. */
const HISTORY = `
  with component as (
    insert into journey_component_versions (id, component_id, version, script_slug, script_runtime, triggers)
    select ${uuid(6, 'n')}, ${uuid(1, 'n')}, 1, 'slug', 'node', '{}' from generate_series(0, 19) n
    returning id, component_id
  )
  insert into journey_components (id, key, name, current_version_id, updated_at)
  select component_id, 'component-' || right(component_id::text, 12)::int, 'name', id, now() from component;
  create temporary table laid as
  select
    (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8' || left(md5(n::text), 15))::uuid as id,
    n, at, case when n > ${RUNS} - 200 then 'QUEUED' when n > ${RUNS} - 220 then 'RUNNING' when n % 20 = 7 then 'FAILED'
      when n % 50 = 9 then 'CANCELED' else 'COMPLETED' end::journey_run_status as status
  from generate_series(1, ${RUNS}) n cross join lateral (select now() - interval '${DAYS} days' * (${RUNS} - n) / ${RUNS} as at) t;

  insert into journey_runs (id, component_id, component_version_id, product_id, attachment_id, order_id, group_id,
    shop, caller, channel, trigger, input_payload, metadata, context, binding_snapshot, queued_at, idempotency_key)
  select id, ${uuid(1, 'n % 20')}, ${uuid(6, 'n % 20')}, ${uuid(2, 'n % 500')}, ${uuid(3, 'n % 1000')},
    case when n % 2 = 0 then ${uuid(4, 'n / 10')} end, case when n % 2 = 0 then ${uuid(5, 'n / 10')} end,
    'shop-' || n % 20, 'principal-' || n % 20, 'channel-' || n % 3, (enum_range(null::journey_trigger))[1 + n % 5],
    jsonb_build_object('order', jsonb_build_object('number', 'o-' || n / 10, 'total', '12.30'), 'gift', n % 2 = 0),
    jsonb_build_object('initiator', (array['checkout', 'operator'])[1 + n % 2], 'batch', n / 100),
    jsonb_build_object('preview', n % 5000 = 0), jsonb_build_array(repeat('binding', 60)), at, case when n % 3 = 0 then 'key-' || n end
  from laid;
  insert into journey_run_keys (idempotency_key, caller, shop, run_id)
  select idempotency_key, caller, shop, id from journey_runs where idempotency_key is not null;

  insert into journey_run_queue (run_id, queue, priority, rank, rank_at, run_at, max_attempts, event_xid)
  select id, 'journey-runtime', 'NORMAL', 'NORMAL', at, at, 3, pg_current_xact_id() from laid where status = 'QUEUED';

  insert into journey_running (run_id, worker_id, queue, priority, run_at, fence, attempt, lost_attempts, max_attempts,
    call_key, event_sequence, event_xid, started_at)
  select id, gen_random_uuid(), 'journey-runtime', 'NORMAL', at, 1, 1, 0, 3, 1, 2, pg_current_xact_id(), at
  from laid where status = 'RUNNING';

  insert into journey_run_outcomes (run_id, status, completed_at, queue, priority, run_at, fence, attempt, lost_attempts,
    max_attempts, call_key, event_sequence, event_xid, started_at, request, error)
  select id, status, at + interval '1 second', 'journey-runtime',
    case when n % 1000 = 3 then 'LOW' when n % 10 = 4 then 'HIGH' else 'NORMAL' end::journey_run_priority, at, 1, 1, 0, 3, 1, 3, pg_current_xact_id(), at, repeat('request', 100),
    case when status = 'FAILED' then jsonb_build_object('code', (array['RUNNER_TIMEOUT', 'INPUT_INVALID'])[1 + n / 20 % 2]) end
  from laid where status in ('COMPLETED', 'FAILED', 'CANCELED')`;
