import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseOldOperations } from '../../src/bulk/erase-old-operations.ts';
import { adoptOpenKeys } from '../../src/identity/keys/adopt-keys.ts';
import { eraseOldGroups } from '../../src/orders/erase-old-groups.ts';
import { smallestIdAt } from '../../src/postgres/uuid.ts';
import { deleteKeys } from '../../src/retention/delete-keys.ts';
import { deleteOldRuns } from '../../src/retention/delete-runs.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { createKey } from '../support/identity.ts';
import { insertComponent } from '../support/runs.ts';
import { startTestWorker } from '../support/worker.ts';

let db: TestDatabase;
let componentId: string;
const DAY_MS = 86_400_000;
const ALWAYS = new AbortController().signal;

beforeAll(async () => {
  db = await createTestDatabase();
  componentId = (await insertComponent(db.pool)).id;
});
afterAll(() => db.drop());

async function runOf(status: 'COMPLETED' | 'FAILED' | 'QUEUED', daysAgo: number): Promise<string> {
  const at = new Date(Date.now() - daysAgo * DAY_MS);
  const completedAt = status === 'QUEUED' ? null : at;
  return insertRunWithEvent(db.pool, { componentId, status, queuedAt: at, completedAt });
}

const ids = async (table: string, column: string) =>
  new Set((await db.pool.query(`select distinct ${column} as id from ${table}`)).rows.map((row) => row.id));

test('old terminal runs go with their events, completed ones first, and nothing else goes', async () => {
  const [failed, completed, live, young] = await Promise.all([
    runOf('FAILED', 40),
    runOf('COMPLETED', 31),
    runOf('QUEUED', 90),
    runOf('COMPLETED', 29),
  ]);
  expect(await deleteOldRuns(db.pool, 30)).toBe(1);
  expect((await ids('journey_component_runs', 'id')).has(completed)).toBe(false);
  expect(await deleteOldRuns(db.pool, 30)).toBe(1);
  expect(await deleteOldRuns(db.pool, 30)).toBe(0);
  expect(await ids('journey_component_runs', 'id')).toEqual(new Set([live, young]));
  expect((await ids('journey_run_events', 'run_id')).has(failed)).toBe(false);
  expect(await ids('journey_run_events', 'run_id')).toEqual(new Set([live, young]));
});

test('the keys of runs go with them, also those that a principal adopted', async () => {
  const { principalId: principal } = await createKey(db);
  const at = new Date(Date.now() - 40 * DAY_MS);
  const keyed = (idempotencyKey: string, completedAt = at) =>
    insertRunWithEvent(db.pool, {
      componentId,
      status: 'COMPLETED',
      queuedAt: at,
      completedAt,
      idempotencyKey,
    });
  await keyed('adopted');
  const young = await keyed('young', new Date());
  expect(await adoptOpenKeys(db.pool, principal)).toEqual({ ok: true, value: 2 });
  await keyed('own');
  expect(await deleteOldRuns(db.pool, 30)).toBe(2);
  expect(await ids('journey_run_keys', 'run_id')).toEqual(new Set([young]));

  await keyed('dropped');
  expect(await adoptOpenKeys(db.pool, principal)).toEqual({ ok: true, value: 1 });
  await deleteKeys(db.pool, smallestIdAt(Date.now()), new Date(Date.now() - DAY_MS), ALWAYS);
  expect(await ids('journey_run_keys', 'run_id')).toEqual(new Set([young]));
  expect(await deleteOldRuns(db.pool, 30)).toBe(1);
});

test('the watermark stands at the last event that was deleted, and never goes back', async () => {
  const read = async () =>
    (await db.pool.query('select watermark_xid, watermark_position from journey_feed')).rows[0];
  const before = await read();
  const runId = await runOf('FAILED', 40);
  const event = await db.pool.query('select xid, position from journey_run_events where run_id = $1', [
    runId,
  ]);
  await deleteOldRuns(db.pool, 30);
  expect(await read()).toEqual({
    watermark_xid: event.rows[0].xid,
    watermark_position: event.rows[0].position,
  });
  expect(before).not.toEqual(await read());
});

test('what runs shared goes with the last of them, and the keys and hashes of their group stay', async () => {
  const group = async (daysAgo: number) => {
    const { rows } = await db.pool.query<{ id: string }>(
      `insert into journey_run_groups (id, kind, order_id, shared_input, shared_context, caller, idempotency_key, request_hash, created_at)
       values (gen_random_uuid(), 'AUTOMATION', gen_random_uuid(), '{"order": {"email": "ada"}}', '{"checkout": 1}', 'shop',
         gen_random_uuid()::text, '\\x01', now() - $1 * interval '1 day') returning id`,
      [daysAgo],
    );
    return rows[0]!.id;
  };
  const read = async (groupId: string) =>
    (await db.pool.query('select * from journey_run_groups where id = $1', [groupId])).rows[0];
  const [shared, alone, young] = await Promise.all([group(40), group(40), group(1)]);
  const inGroup = (groupId: string, daysAgo: number) => {
    const completedAt = new Date(Date.now() - daysAgo * DAY_MS);
    return insertRunWithEvent(db.pool, { componentId, groupId, status: 'COMPLETED', completedAt });
  };
  await inGroup(shared, 40);
  const last = await inGroup(shared, 10);
  const before = await read(shared);

  await deleteOldRuns(db.pool, 30);
  expect(await eraseOldGroups(db.pool, 30)).toBe(1);
  expect(await read(alone)).toMatchObject({ shared_input: {}, shared_context: {} });
  expect(await read(shared)).toEqual(before);

  await db.pool.query(
    `update journey_component_runs set completed_at = now() - interval '40 days' where id = $1`,
    [last],
  );
  await deleteOldRuns(db.pool, 30);
  expect(await eraseOldGroups(db.pool, 30)).toBe(1);
  expect(await eraseOldGroups(db.pool, 30)).toBe(0);
  const { erased_at, ...after } = await read(shared);
  expect(after).toEqual({ ...withoutErasedAt(before), shared_input: {}, shared_context: {} });
  expect(await read(young)).toMatchObject({ shared_input: { order: { email: 'ada' } } });
});

const withoutErasedAt = ({ erased_at, ...rest }: Record<string, unknown>) => rest;

test('the items and the input of old bulk operations go, their counts and keys stay', async () => {
  const operation = async (daysAgo: number | null, items: number) => {
    const { rows } = await db.pool.query<{ id: string }>(
      `with operation as (
         insert into journey_bulk_operations (id, kind, input, expected, done, status, completed_at, idempotency_key)
         values (gen_random_uuid(), 'REPLAY', '{"inputPayload": {"email": "ada"}}', $2::int, $2::int,
           (case when $1::float8 is null then 'RUNNING' else 'COMPLETED' end)::journey_bulk_operation_status,
           now() - $1 * interval '1 day', gen_random_uuid()::text) returning id
       ), items as (
         insert into journey_bulk_operation_items (operation_id, position, run_id, status)
         select id, n, gen_random_uuid(), 'DONE' from operation, generate_series(1, $2::int) n
       ) select id from operation`,
      [daysAgo, items],
    );
    return rows[0]!.id;
  };
  const read = async (id: string) =>
    (
      await db.pool.query(
        `select input, done, idempotency_key is not null as "hasKey",
           (select count(*)::int from journey_bulk_operation_items where operation_id = o.id) as items
         from journey_bulk_operations o where id = $1`,
        [id],
      )
    ).rows[0];
  const [old, large, young, running] = [
    await operation(40, 3),
    await operation(35, 7_000),
    await operation(29, 3),
    await operation(null, 3),
  ];
  while (await eraseOldOperations(db.pool, 30));
  expect(await read(old)).toEqual({ input: {}, done: 3, hasKey: true, items: 0 });
  expect(await read(large)).toEqual({ input: {}, done: 7_000, hasKey: true, items: 0 });
  for (const id of [young, running])
    expect(await read(id)).toMatchObject({ input: { inputPayload: { email: 'ada' } }, items: 3 });
});

test('a worker erases them by itself, and makes a partition ahead', async () => {
  const { rows } = await db.pool.query<{ id: string }>(
    `insert into journey_run_groups (id, kind, order_id, shared_input, request_hash, created_at)
     values (gen_random_uuid(), 'CHECKOUT', gen_random_uuid(), '{"cart": {}}', '\\x01', now() - interval '40 days') returning id`,
  );
  const worker = await startTestWorker(db, { retentionDays: 30 });
  const erased = `select from journey_run_groups where id = $1 and shared_input = '{}'`;
  while ((await db.pool.query(erased, [rows[0]!.id])).rowCount === 0) await pause(20);
  const partitions = `select from journey_run_partitions where parent = 'journey_run_events'`;
  expect((await db.pool.query(partitions)).rowCount).toBe(2);
  await worker.stop();
});
