import { randomUUIDv7 } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BulkOperation } from '../../src/bulk/bulk-operations.ts';
import { wakeBulkOperations, workThroughBulkOperation } from '../../src/bulk/work.ts';
import type { RunStatus } from '../../src/runs/model/status.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { spawnWorker } from '../support/command.ts';
import { insertComponent } from '../support/runs.ts';
import { openEventStream, openSocket } from '../support/subscriptions.ts';
import { startTestWorker } from '../support/worker.ts';

let app: TestApp;
let worker: Worker | undefined;
let component: Awaited<ReturnType<typeof insertComponent>>;

const QUEUE = 'journey-runtime';

beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  await app.db.pool.query('truncate graphile_worker._private_jobs');
  component = await insertComponent(app.db.pool);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});
afterAll(() => app.stop());

let time = Date.now() - 60_000;

/** Ids of runs in their order: each is of a millisecond later than the last one. */
const newIds = (count: number): string[] =>
  Array.from({ length: count }, () => {
    time += 1;
    const hex = time.toString(16).padStart(12, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8)}${randomUUIDv7().slice(13)}`;
  });

/** Stores runs of the test's own component, with their first event. */
async function runsThatAre(status: RunStatus, count: number): Promise<void> {
  await app.db.pool.query(
    `with stored as (
       insert into journey_component_runs (id, status, component_id, component_version_id, max_attempts, attempt,
         completed_at, input_payload, event_xid)
       select id, $1::journey_run_status, $2, $3, 1, 1, case when $1 in ('QUEUED', 'RUNNING') then null else now() end,
         jsonb_build_object('n', n), pg_current_xact_id()
       from unnest($4::uuid[]) with ordinality as new(id, n) returning *
     )
     insert into journey_run_events (run_id, sequence, xid, type, status, attempt)
     select id, 1, event_xid, 'ENQUEUED', 'QUEUED', 0 from stored`,
    [status, component.id, component.versionId, newIds(count)],
  );
}

const OPERATION = `operation { id kind status expected done failed skipped actor createdAt completedAt }
  userErrors { code path message }`;

async function bulk(name: string, args: object): Promise<{ operation: BulkOperation; userErrors: object[] }> {
  const literal = JSON.stringify(args)
    .replace(/"(\w+)":/g, '$1:')
    .replace(/"([A-Z]+)"/g, '$1');
  return (await app.query(`mutation { ${name}(${literal.slice(1, -1)}) { ${OPERATION} } }`))[name];
}
const retryAll = (where: object, more = {}) => bulk('bulkRetryRuns', { where, ...more });
const ofComponent = () => ({ componentId: [component.id] });

const read = async (id: string): Promise<BulkOperation> =>
  (
    await app.query(
      `query ($id: ID!) { bulkOperation(id: $id) { id kind status expected done failed skipped completedAt } }`,
      { id },
    )
  ).bulkOperation;
const workOnce = (id: string) => workThroughBulkOperation(app.db.pool, QUEUE, id);
async function workThrough(id: string): Promise<BulkOperation> {
  while (await workOnce(id));
  return read(id);
}

/** Follows the operation as a client does, to its end. */
async function untilEnded(id: string): Promise<BulkOperation[]> {
  const seen: BulkOperation[] = [];
  const query = `subscription ($id: ID!) { bulkOperationUpdated(id: $id) { status expected done failed skipped } }`;
  for await (const { data } of openEventStream(app, query, { id }))
    if (data?.data) seen.push(data.data.bulkOperationUpdated);
  return seen;
}

const statuses = async (): Promise<Record<string, number>> => {
  const { rows } = await app.db.pool.query<{ status: string; count: number }>(
    'select status, count(*)::int from journey_component_runs where component_id = $1 group by status',
    [component.id],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};
const eventsByType = async () => {
  const { rows } = await app.db.pool.query<{ type: string; count: number; actors: string[] }>(
    `select type, count(*)::int, count(distinct run_id)::int as runs, array_agg(distinct reason) as reasons
     from journey_run_events e join journey_component_runs r on r.id = e.run_id where r.component_id = $1 group by type`,
    [component.id],
  );
  return Object.fromEntries(rows.map(({ type, ...rest }) => [type, rest]));
};

describe('the set', () => {
  test('is fixed when asked: answered at once, runs that come later are not in it', async () => {
    await runsThatAre('FAILED', 3);
    const { operation, userErrors } = await retryAll(ofComponent());
    expect(userErrors).toEqual([]);
    expect(operation).toMatchObject({
      kind: 'RETRY',
      status: 'RUNNING',
      expected: 3,
      done: 0,
      completedAt: null,
    });
    expect(await statuses()).toEqual({ FAILED: 3 });
    await runsThatAre('FAILED', 2);
    expect(await workThrough(operation.id)).toMatchObject({
      status: 'COMPLETED',
      done: 3,
      failed: 0,
      skipped: 0,
    });
    expect(await statuses()).toEqual({ FAILED: 2, QUEUED: 3 });
  });

  test('without a run is completed at once', async () => {
    const { operation } = await retryAll({ ...ofComponent(), status: [] });
    expect(operation).toMatchObject({ status: 'COMPLETED', expected: 0, completedAt: expect.any(String) });
  });

  test.each(['bulkRetryRuns', 'bulkCancelRuns', 'bulkReplayRuns'])(
    '%s refuses an empty filter',
    async (name) => {
      const refused = { operation: null, userErrors: [{ code: 'INVALID', path: ['where'] }] };
      expect(await bulk(name, { where: {} })).toMatchObject(refused);
      expect(await bulk(name, { where: { metadata: {}, status: null } })).toMatchObject(refused);
      expect(await bulk(name, { where: { status: null } })).toMatchObject(refused);
      expect(await bulk(name, { where: { not: [], search: ' ' } })).toMatchObject(refused);
    },
  );

  test('of 100,000 runs is taken, and of one more refused', { timeout: 300_000 }, async () => {
    for (let stored = 0; stored < 100_000; stored += 10_000) await runsThatAre('COMPLETED', 10_000);
    const { operation } = await retryAll(ofComponent());
    expect(operation).toMatchObject({ expected: 100_000 });
    await bulk('abortBulkOperation', { id: operation.id });
    await runsThatAre('COMPLETED', 1);
    expect(await retryAll(ofComponent())).toMatchObject({
      operation: null,
      userErrors: [{ code: 'TOO_LARGE', path: ['where'] }],
    });
  });

  test('asked for under a key is made once, and another request under it is a conflict', async () => {
    await runsThatAre('FAILED', 2);
    const key = { idempotencyKey: component.id };
    const answers = await Promise.all([1, 2, 3, 4].map(() => retryAll(ofComponent(), key)));
    expect(new Set(answers.map(({ operation }) => operation.id)).size).toBe(1);
    const conflict = {
      operation: null,
      userErrors: [{ code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'] }],
    };
    expect(await retryAll({ ...ofComponent(), status: ['FAILED'] }, key)).toMatchObject(conflict);
    expect(await bulk('bulkCancelRuns', { where: ofComponent(), ...key })).toMatchObject(conflict);
  });

  test('is not made for a request with mistakes, and each is told', async () => {
    const where = ofComponent();
    expect(
      await bulk('bulkCancelRuns', { where, reason: 'x'.repeat(501), idempotencyKey: '' }),
    ).toMatchObject({
      operation: null,
      userErrors: [{ path: ['reason'] }, { path: ['idempotencyKey'] }],
    });
    // A document may not be as long as this; variables may.
    const replay = `mutation ($where: RunFilter!, $input: ReplayRunInput) {
      bulkReplayRuns(where: $where, input: $input) { ${OPERATION} }
    }`;
    const input = { metadata: { a: 'x'.repeat(300_000) }, idempotencyKey: 'k' };
    expect((await app.query(replay, { where, input })).bulkReplayRuns).toMatchObject({
      operation: null,
      userErrors: [
        { code: 'TOO_LARGE', path: ['input', 'metadata'] },
        { code: 'INVALID', path: ['input', 'idempotencyKey'] },
      ],
    });
  });
});

describe('each run has its own outcome', () => {
  test('a retry: FAILED and CANCELED ones are queued with LOW priority, the others skipped', async () => {
    await runsThatAre('FAILED', 250);
    await runsThatAre('CANCELED', 10);
    await runsThatAre('COMPLETED', 20);
    const { operation } = await retryAll(ofComponent());
    expect(await workThrough(operation.id)).toMatchObject({
      done: 260,
      skipped: 20,
      failed: 0,
      expected: 280,
    });
    expect(await statuses()).toEqual({ QUEUED: 260, COMPLETED: 20 });
    expect(await eventsByType()).toMatchObject({ RETRIED: { count: 260, runs: 260 } });
    const { rows } = await app.db.pool.query(
      `select distinct q.priority, q.rank from journey_run_queue q join journey_runs r on r.id = q.run_id
       where r.component_id = $1`,
      [component.id],
    );
    expect(rows).toEqual([{ priority: 'LOW', rank: 'LOW' }]);
  });

  test('a cancel: with its reason, at once or asked of the worker', async () => {
    await runsThatAre('QUEUED', 5);
    await runsThatAre('RUNNING', 2);
    await runsThatAre('COMPLETED', 1);
    await runsThatAre('CANCELED', 1);
    const { operation } = await bulk('bulkCancelRuns', { where: ofComponent(), reason: 'wrong price' });
    expect(await workThrough(operation.id)).toMatchObject({ done: 8, skipped: 1 });
    expect(await eventsByType()).toMatchObject({
      CANCELED: { count: 5, reasons: ['wrong price'] },
      CANCEL_REQUESTED: { count: 2, reasons: ['wrong price'] },
    });
    const { bulkOperation } = await app.query(
      `query ($id: ID!) {
        bulkOperation(id: $id) {
          skipped: items(status: [SKIPPED]) { nodes { position status reason run { status } } pageInfo { hasNextPage } }
          first: items(first: 2) { nodes { position status } pageInfo { hasNextPage endCursor } }
        }
      }`,
      { id: operation.id },
    );
    expect(bulkOperation).toMatchObject({
      skipped: {
        nodes: [
          {
            position: 8,
            status: 'SKIPPED',
            reason: expect.stringContaining('COMPLETED'),
            run: { status: 'COMPLETED' },
          },
        ],
        pageInfo: { hasNextPage: false },
      },
      first: { nodes: [{ position: 1, status: 'DONE' }, { position: 2 }], pageInfo: { hasNextPage: true } },
    });
    const next = await app.query(
      `query ($id: ID!, $after: String) { bulkOperation(id: $id) { items(first: 2, after: $after) { nodes { position } } } }`,
      { id: operation.id, after: bulkOperation.first.pageInfo.endCursor },
    );
    expect(next.bulkOperation.items.nodes).toEqual([{ position: 3 }, { position: 4 }]);
  });

  test('a replay: one new run each, at LOW priority, with what the input says instead', async () => {
    await runsThatAre('COMPLETED', 120);
    const { operation } = await bulk('bulkReplayRuns', {
      where: ofComponent(),
      input: { metadata: { backfill: true } },
    });
    expect(await workThrough(operation.id)).toMatchObject({ done: 120, status: 'COMPLETED' });
    const { rows } = await app.db.pool.query(
      `select count(distinct replay_of_id)::int as originals, count(*)::int as replays, count(distinct input_payload)::int as payloads,
         array_agg(distinct priority::text) as priorities, array_agg(distinct metadata) as metadata
       from journey_component_runs where component_id = $1 and replay_of_id is not null`,
      [component.id],
    );
    expect(rows).toEqual([
      { originals: 120, replays: 120, payloads: 120, priorities: ['LOW'], metadata: [{ backfill: true }] },
    ]);
  });

  test('a replay that would be refused fails, one of a deleted run is skipped', async () => {
    await runsThatAre('COMPLETED', 3);
    await app.db.pool.query('update journey_components set archived_at = now() where id = $1', [
      component.id,
    ]);
    const { operation } = await bulk('bulkReplayRuns', { where: ofComponent() });
    await app.db.pool.query(
      'delete from journey_component_runs where id = (select min(id::text)::uuid from journey_component_runs where component_id = $1)',
      [component.id],
    );
    expect(await workThrough(operation.id)).toMatchObject({
      failed: 2,
      skipped: 1,
      done: 0,
      status: 'COMPLETED',
    });
  });

  test('a run at which the database balks fails alone', async () => {
    await runsThatAre('FAILED', 5);
    await app.db.pool.query(
      `create function balk() returns trigger language plpgsql as $$ begin
         if (select input_payload ->> 'n' = '3' from journey_runs where id = new.run_id) then raise check_violation; end if;
         return new; end $$;
       create trigger balks before insert on journey_run_queue for each row execute function balk()`,
    );
    const { operation } = await retryAll(ofComponent());
    expect(await workThrough(operation.id)).toMatchObject({ done: 4, failed: 1, status: 'COMPLETED' });
    await app.db.pool.query('drop function balk cascade');
    expect(await statuses()).toEqual({ QUEUED: 4, FAILED: 1 });
  });
});

describe('the work', () => {
  test('is stopped between batches by an abort, and what was done stands', async () => {
    await runsThatAre('FAILED', 500);
    const { operation } = await retryAll(ofComponent());
    await workOnce(operation.id);
    const aborted = await bulk('abortBulkOperation', { id: operation.id });
    expect(aborted.operation).toMatchObject({
      status: 'ABORTED',
      done: 200,
      completedAt: expect.any(String),
    });
    expect(await workOnce(operation.id)).toBe(false);
    expect(await statuses()).toEqual({ QUEUED: 200, FAILED: 300 });
    expect((await bulk('abortBulkOperation', { id: operation.id })).operation).toMatchObject({
      status: 'ABORTED',
    });
  });

  test('can be aborted neither once it is completed nor where there is none', async () => {
    const { operation } = await retryAll({ ...ofComponent(), status: [] });
    expect(await bulk('abortBulkOperation', { id: operation.id })).toMatchObject({
      userErrors: [{ code: 'CONFLICT' }],
    });
    expect(await bulk('abortBulkOperation', { id: 'none' })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    expect(await read('none')).toBeNull();
  });

  test('of several processes at once is done once', async () => {
    await runsThatAre('COMPLETED', 300);
    const { operation } = await bulk('bulkReplayRuns', { where: ofComponent() });
    await Promise.all([1, 2, 3, 4].map(() => workThrough(operation.id)));
    expect(await workThrough(operation.id)).toMatchObject({ done: 300, status: 'COMPLETED' });
    expect(await statuses()).toEqual({ COMPLETED: 300, QUEUED: 300 });
  });

  test('that no job goes on with is found and woken', async () => {
    await runsThatAre('FAILED', 1);
    const { operation } = await retryAll(ofComponent());
    await app.db.pool.query('truncate graphile_worker._private_jobs');
    const jobs = async () =>
      (await app.db.pool.query('select payload from graphile_worker._private_jobs')).rows;
    await wakeBulkOperations(app.db.pool, QUEUE);
    expect(await jobs()).toEqual([]);
    await app.db.pool.query(
      `update journey_bulk_operations set woken_at = now() - interval '11 s' where id = $1`,
      [operation.id],
    );
    await wakeBulkOperations(app.db.pool, QUEUE);
    await wakeBulkOperations(app.db.pool, QUEUE);
    expect(await jobs()).toEqual([{ payload: { operationId: operation.id } }]);
  });

  test('is watched to its end, and what it queued is run', async () => {
    await runsThatAre('FAILED', 450);
    const { operation } = await retryAll(ofComponent());
    const watching = untilEnded(operation.id);
    worker = await startTestWorker(app.db);
    const seen = await watching;
    expect(seen[0]).toMatchObject({ expected: 450 });
    expect(seen.at(-1)).toEqual({ status: 'COMPLETED', expected: 450, done: 450, failed: 0, skipped: 0 });
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
    expect(await untilEnded(operation.id)).toEqual([seen.at(-1)]);
  });

  test('cannot be watched under an unknown id', async () => {
    const socket = openSocket(app);
    const watched = socket.subscribe(`subscription { bulkOperationUpdated(id: "none") { id } }`);
    await expect(watched.next()).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    await socket.close();
  });

  test('is neither lost nor doubled by a worker that is killed in the midst of it', async () => {
    await runsThatAre('COMPLETED', 3_000);
    const { operation } = await bulk('bulkReplayRuns', { where: ofComponent() });
    // Slow enough to be killed before its end.
    await app.db.pool.query(
      `create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.5); return null; end $$;
       create trigger slow before insert on journey_runs for each statement execute function slow()`,
    );
    const child = spawnWorker({ DATABASE_URL: app.db.url });
    const controller = new AbortController();
    for await (const { done } of app.services.watchBulkOperation(operation.id, {}, controller.signal))
      if (done > 0) break;
    child.kill('SIGKILL');
    await once(child, 'exit');
    await app.db.pool.query('drop function slow cascade');
    const left = await read(operation.id);
    expect(left.status).toBe('RUNNING');

    worker = await startTestWorker(app.db);
    expect((await untilEnded(operation.id)).at(-1)).toMatchObject({ status: 'COMPLETED', done: 3_000 });
    const { rows } = await app.db.pool.query(
      `select count(*)::int as replays, count(distinct replay_of_id)::int as originals
       from journey_component_runs where component_id = $1 and replay_of_id is not null`,
      [component.id],
    );
    expect(rows).toEqual([{ replays: 3_000, originals: 3_000 }]);
  });
});
