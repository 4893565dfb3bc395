import { beforeEach, expect, test } from 'vitest';
import { readPage } from '../../src/feed/log/event-log.ts';
import { withSettings } from '../../src/postgres/connection-config.ts';
import { openPool } from '../../src/postgres/database.ts';
import { openStatementPool } from '../../src/postgres/statement-pool.ts';
import { smallestIdAt } from '../../src/postgres/uuid.ts';
import { deleteOldRuns } from '../../src/retention/delete-runs.ts';
import {
  analyzeGrown,
  dropPartitions,
  makePartitions,
  removeBounds,
} from '../../src/retention/partitions.ts';
import { createEnqueue } from '../../src/runs/enqueue/enqueue-batch.ts';
import { retryRun } from '../../src/runs/operate/retry.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { appendEvent, insertRunWithEvent, untilReleased } from '../support/events.ts';
import { insertComponent } from '../support/runs.ts';

const DAY_MS = 86_400_000;
const TABLES = ['journey_runs', 'journey_run_outcomes', 'journey_run_events'];
const ALWAYS = new AbortController().signal;

let db: TestDatabase;
let componentId: string;
beforeEach(async () => {
  db = await createTestDatabase();
  componentId = (await insertComponent(db.pool)).id;
  return () => db.drop();
});

const rows = async (text: string, values: unknown[] = []) => (await db.pool.query(text, values)).rows;
const ids = async (text: string) => (await rows(text)).map(({ id }) => id as string).sort();
const daysAgo = (days: number) => Date.now() - days * DAY_MS;

/** Splits the tables at these times, as housekeeping did then. */
async function splitAt(times: number[], tables = TABLES): Promise<void> {
  for (const time of times)
    for (const table of tables) {
      await rows('select journey_bound_partition($1, $2)', [table, smallestIdAt(time)]);
      await rows('select journey_check_bound($1)', [table]);
      await rows('select journey_split_partition($1)', [table]);
    }
}
const partitionsOf = (table: string) =>
  rows(`select "from", "to" from journey_run_partitions where parent = $1 order by "to" nulls last`, [table]);

async function runOf(
  status: 'COMPLETED' | 'FAILED' | 'QUEUED',
  queuedDaysAgo: number,
  endedDaysAgo = queuedDaysAgo,
): Promise<string> {
  const completedAt = status === 'QUEUED' ? null : new Date(daysAgo(endedDaysAgo));
  const queuedAt = new Date(daysAgo(queuedDaysAgo));
  return insertRunWithEvent(db.pool, {
    componentId,
    status,
    queuedAt,
    completedAt,
    idempotencyKey: `key-${Math.random()}`,
  });
}

test('partitions are made ahead, with the indexes of their tables, and runs come into them', async () => {
  await makePartitions(db.pool, 8);
  await makePartitions(db.pool, 8);
  const bounds = await partitionsOf('journey_runs');
  expect(bounds).toEqual([
    { from: null, to: expect.any(String) },
    { from: bounds[0].to, to: null },
  ]);
  for (const table of TABLES) expect(await partitionsOf(table)).toEqual(bounds);
  const indexes = (name: string) =>
    rows(
      `select substring(pg_get_indexdef(indexrelid) from ' USING .*') as definition, indisunique as unique
       from pg_index where indrelid = $1::regclass order by 1, 2`,
      [name],
    );
  for (const table of TABLES) {
    const [newest] = await rows(
      `select name from journey_run_partitions where parent = $1 and "to" is null`,
      [table],
    );
    const ofTable = await indexes(table);
    expect(ofTable.length).toBeGreaterThan(1);
    expect(await indexes(newest.name)).toEqual(ofTable);
  }
  await runOf('COMPLETED', 3);
  await runOf('COMPLETED', -3);
  const places = await rows('select tableoid::regclass::text as name from journey_runs order by id');
  expect(new Set(places.map(({ name }) => name)).size).toBe(2);
});

test('old partitions are dropped; runs that are open or ended lately stay whole', async () => {
  await splitAt([60, 45, 31].map(daysAgo));
  const gone = [await runOf('COMPLETED', 70), await runOf('FAILED', 50), await runOf('COMPLETED', 40)];
  const stay = [
    await runOf('QUEUED', 80),
    await runOf('QUEUED', 50),
    await runOf('COMPLETED', 40, 5),
    await runOf('COMPLETED', 30.5, 30.4),
    await runOf('COMPLETED', 1),
  ].sort();
  const [{ greatest }] = await rows(
    `select max(position)::text as greatest from journey_run_events where run_id = any($1)`,
    [gone],
  );
  expect(await ids('select id from journey_runs')).toEqual([...gone, ...stay].sort());

  await dropPartitions(db.pool, 30, ALWAYS);
  expect(await ids('select id from journey_runs')).toEqual(stay);
  expect(await ids('select id from journey_component_runs')).toEqual(stay);
  expect(await ids('select run_id as id from journey_run_events')).toEqual(stay);
  expect(await ids('select run_id as id from journey_run_keys')).toEqual(stay);
  expect(await rows('select watermark_position::text as greatest from journey_feed')).toEqual([{ greatest }]);
  for (const table of TABLES) expect(await partitionsOf(table)).toHaveLength(2);

  await dropPartitions(db.pool, 30, ALWAYS);
  expect(await ids('select id from journey_runs')).toEqual(stay);
  expect(await retryRun(db.pool, gone[1]!, '')).toMatchObject({
    ok: false,
    userErrors: [{ code: 'NOT_FOUND' }],
  });
});

test('the feed reads events of all partitions in their order', async () => {
  await splitAt([60, 45, 31].map(daysAgo));
  const runs = [await runOf('QUEUED', 70), await runOf('QUEUED', 1), await runOf('QUEUED', 50)];
  for (const run of [2, 0, 1, 0, 2])
    await appendEvent(db.pool, runs[run]!, { type: 'RETRIED', status: 'QUEUED' });
  const start = { era: 1, xid: 0n, position: 0n, mark: 0 };
  await untilReleased(db.pool);
  const page = await readPage(db.pool, start, { limit: 10, timeoutMs: 5_000, foreign: [] });
  const seen = page.expired === null ? page.events.map(({ runId }) => runs.indexOf(runId)) : page.expired;
  expect(seen).toEqual([0, 1, 2, 2, 0, 1, 0, 2]);
});

test('a drop that was killed is continued', async () => {
  await splitAt([60, 45, 31].map(daysAgo));
  await runOf('COMPLETED', 50);
  const stays = await runOf('QUEUED', 50);
  const killed = `select journey_drop_partitions('journey_runs', $1, now() - interval '30 days', 10)`;
  await rows(killed, [(await partitionsOf('journey_runs'))[1].to]);
  expect(await ids('select run_id as id from journey_run_events')).toHaveLength(2);
  await dropPartitions(db.pool, 30, ALWAYS);
  expect(await ids('select run_id as id from journey_run_events')).toEqual([stays]);
  const bounds = await partitionsOf('journey_runs');
  for (const table of TABLES) expect(await partitionsOf(table)).toEqual(bounds);
});

test('a bound that was left by a killed process is checked again, or removed without retention', async () => {
  const bounded = `select parent from journey_run_partitions where bound is not null`;
  for (const table of TABLES)
    await rows('select journey_bound_partition($1, $2)', [table, smallestIdAt(daysAgo(-1))]);
  expect(await rows(bounded)).toHaveLength(3);
  await removeBounds(db.pool);
  expect(await rows(bounded)).toEqual([]);

  await rows('select journey_bound_partition($1, $2)', ['journey_runs', smallestIdAt(daysAgo(-0.01))]);
  await makePartitions(db.pool, 8);
  expect(await rows(bounded)).toEqual([]);
  for (const table of TABLES) expect(await partitionsOf(table)).toHaveLength(2);
});

test('a partition in which too many runs stay is not dropped: its old runs are deleted one by one', async () => {
  await splitAt([60, 45].map(daysAgo));
  const old = await runOf('COMPLETED', 50);
  await rows(
    `insert into journey_component_runs (id, component_id, component_version_id)
     select (left($1::text, 24) || lpad(to_hex(n), 12, '0'))::uuid, $2, $2 from generate_series(1, 2001) n`,
    [smallestIdAt(daysAgo(50)), componentId],
  );
  const until = await dropPartitions(db.pool, 30, ALWAYS);
  expect(until).toBe((await partitionsOf('journey_runs'))[1].to);
  expect(await partitionsOf('journey_runs')).toHaveLength(3);
  expect(await deleteOldRuns(db.pool, 30, until)).toBe(1);
  expect(await rows('select from journey_runs where id = $1', [old])).toEqual([]);
  expect(await rows('select from journey_run_queue')).toHaveLength(2_001);
});

test('only old runs of the first partition are deleted one by one', async () => {
  await splitAt([60, 31].map(daysAgo));
  const [first, second] = [await runOf('COMPLETED', 70), await runOf('COMPLETED', 50)];
  expect(await deleteOldRuns(db.pool, 30, smallestIdAt(daysAgo(60)))).toBe(1);
  expect(await deleteOldRuns(db.pool, 30, smallestIdAt(daysAgo(60)))).toBe(0);
  expect(await rows('select from journey_runs where id = $1', [first])).toEqual([]);
  expect(await rows('select from journey_runs where id = $1', [second])).toHaveLength(1);
});

test('a role that owns nothing makes and drops partitions by the functions that it may execute', async () => {
  await splitAt([60, 45].map(daysAgo));
  await runOf('COMPLETED', 50);
  const role = `keeper_${db.url.slice(-8)}`;
  await rows(`create role ${role}`);
  const pool = openPool(withSettings(db.url, { role }), { max: 2 });
  try {
    await rows(`grant select, delete on all tables in schema public to ${role}`);
    await expect(makePartitions(pool, 30)).rejects.toThrow(/permission denied for function/);
    await rows(`grant execute on all functions in schema public to ${role}`);
    await makePartitions(pool, 30);
    await dropPartitions(pool, 30, ALWAYS);
  } finally {
    await pool.end();
    await rows(`drop owned by ${role}; drop role ${role}`);
  }
  for (const table of TABLES) expect(await partitionsOf(table)).toHaveLength(3);
  expect(await rows('select from journey_runs')).toEqual([]);
});

test('statistics for joins are gathered for tables that have grown', async () => {
  await runOf('COMPLETED', 1);
  const known = `select from pg_stats where tablename = 'journey_runs' and inherited limit 1`;
  await rows('analyze journey_runs_first');
  await analyzeGrown(db.pool);
  expect(await rows(known)).toEqual([]);
  await rows(`update pg_class set reltuples = 300000 where relname = 'journey_runs_first'`);
  await analyzeGrown(db.pool);
  expect(await rows(known)).toHaveLength(1);
});

test('requests go on while partitions are made and dropped', async () => {
  await splitAt([60, 45, 31].map(daysAgo));
  for (let n = 0; n < 20; n += 1) await runOf('COMPLETED', 50);
  const pool = openStatementPool(db.url, 2);
  const enqueue = createEnqueue(pool, 'journey-runtime');
  let isDone = false;
  let stored = 0;
  const callers = Array.from({ length: 20 }, async (_, caller) => {
    for (let n = 0; !isDone || n === 0; n += 1) {
      const key = `${caller}-${n}`;
      const result = await enqueue({
        componentId,
        caller: '',
        requestHash: Buffer.from(key),
        idempotencyKey: key,
      });
      expect(result.ok).toBe(true);
      stored += 1;
    }
  });
  await dropPartitions(db.pool, 30, ALWAYS);
  await makePartitions(db.pool, 1);
  isDone = true;
  await Promise.all(callers);
  await pool.end();
  const [counts] = await rows(`select (select count(*)::int from journey_runs) as runs,
    (select count(*)::int from journey_run_queue) as queued, (select count(*)::int from journey_run_keys) as keys,
    (select count(*)::int from journey_run_events) as events`);
  expect(counts).toEqual({ runs: stored, queued: stored, keys: stored, events: stored });
});
