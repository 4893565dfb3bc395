import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweep, takeSweepTurn } from '../../../src/runs/upkeep/sweep.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { insertRunWithEvent } from '../../support/events.ts';
import { insertComponent } from '../../support/runs.ts';
import { eventsOf } from '../../support/worker.ts';

let db: TestDatabase;
let componentId: string;
const GRACE_SECONDS = 8;
const sweepNow = () => sweep(db.pool, GRACE_SECONDS);

/**
 * As if sweeps had gone on until `sweptAgo` seconds ago, without a gap for `steadyFor` before that. In the future, so that
 * a slow test causes no gap, it is negative.
 */
const sweptBefore = (sweptAgo: number, steadyFor: number) =>
  db.pool.query(
    `update journey_sweeps set swept_at = now() - $1 * interval '1 second',
       steady_since = now() - ($1 + $2) * interval '1 second'`,
    [sweptAgo, steadyFor],
  );

beforeAll(async () => {
  db = await createTestDatabase();
  componentId = (await insertComponent(db.pool)).id;
});
beforeEach(async () => {
  await db.pool.query(
    'truncate journey_runs, journey_run_queue, journey_running, journey_run_outcomes, journey_workers; truncate graphile_worker._private_jobs',
  );
  await sweptBefore(-60, 120);
});
afterAll(() => db.drop());

async function workerWithLease(seconds: number): Promise<string> {
  const id = randomUUID();
  await db.pool.query(
    `insert into journey_workers (id, pool_id, host, pid, lease_until)
     values ($1::uuid, 'pool-' || $1::uuid, 'host', 1, now() + $2 * interval '1 second')`,
    [id, seconds],
  );
  return id;
}

async function runOn(
  workerId: string,
  given: { lostAttempts?: number; cancel?: boolean } = {},
): Promise<string> {
  const runId = await insertRunWithEvent(db.pool, { componentId });
  await db.pool.query(
    `update journey_component_runs set status = 'RUNNING', worker_id = $2, attempt = 1, fence = 1, lost_attempts = $3,
       cancel_requested_at = case when $4 then now() end where id = $1`,
    [runId, workerId, given.lostAttempts ?? 0, given.cancel ?? false],
  );
  return runId;
}

const stored = async (runId: string) =>
  (await db.pool.query('select * from journey_component_runs where id = $1', [runId])).rows[0];
const jobs = async () =>
  (await db.pool.query('select payload, key, locked_by from graphile_worker._private_jobs order by id')).rows;

describe('a worker whose lease ran out', () => {
  test('loses its runs, which are queued again under a new fence and with a job', async () => {
    const runId = await runOn(await workerWithLease(-1));
    expect(await sweepNow()).toMatchObject({ runsTaken: 1 });
    expect(await stored(runId)).toMatchObject({
      status: 'QUEUED',
      fence: 2,
      lost_attempts: 1,
      worker_id: null,
    });
    expect((await eventsOf(db, runId)).at(-1)).toMatchObject({ type: 'WORKER_LOST', status: 'QUEUED' });
    expect(await jobs()).toMatchObject([{ key: expect.stringContaining('due:journey-runtime:') }]);
  });

  test('fails a run that has lost its third worker with it', async () => {
    const runId = await runOn(await workerWithLease(-1), { lostAttempts: 2 });
    await sweepNow();
    expect(await stored(runId)).toMatchObject({ status: 'FAILED', error: { code: 'WORKER_LOST' } });
    expect((await eventsOf(db, runId)).at(-1)).toMatchObject({ type: 'FAILED', errorCode: 'WORKER_LOST' });
    expect(await jobs()).toEqual([]);
  });

  test('leaves a run canceled whose cancel was asked', async () => {
    const runId = await runOn(await workerWithLease(-1), { cancel: true });
    await sweepNow();
    expect((await eventsOf(db, runId)).at(-1)).toMatchObject({ type: 'CANCELED', errorCode: 'CANCELED' });
  });

  test('keeps them after a time in which nobody could sweep, until it has had a lease to be heard again', async () => {
    const runId = await runOn(await workerWithLease(-1));
    await sweptBefore(4, 60);
    await sweepNow();
    expect(await stored(runId)).toMatchObject({ status: 'RUNNING' });
    await sweptBefore(-60, 64);
    await sweepNow();
    expect(await stored(runId)).toMatchObject({ status: 'RUNNING' });
    // The stored time is rounded to milliseconds, perhaps up.
    await sweptBefore(-60, 69);
    await sweepNow();
    expect(await stored(runId)).toMatchObject({ status: 'QUEUED' });
  });

  test('has its jobs unlocked', async () => {
    const workerId = await workerWithLease(-1);
    await db.pool.query(`select graphile_worker.add_job('task')`);
    await db.pool.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-' || $1::uuid, locked_at = now()`,
      [workerId],
    );
    await sweepNow();
    expect((await jobs())[0].locked_by).toBeNull();
  });
});

test('a living worker keeps its runs', async () => {
  const runId = await runOn(await workerWithLease(5));
  expect(await sweepNow()).toMatchObject({ deadWorkers: [], runsTaken: 0 });
  expect(await stored(runId)).toMatchObject({ status: 'RUNNING' });
});

test('a run that a foreign transaction locks does not hold up the others', async () => {
  const workerId = await workerWithLease(-1);
  const [locked, free] = [await runOn(workerId), await runOn(workerId)];
  const foreign = await db.pool.connect();
  await foreign.query('begin');
  await foreign.query('select from journey_running where run_id = $1 for update', [locked]);
  await sweepNow();
  expect([(await stored(locked)).status, (await stored(free)).status]).toEqual(['RUNNING', 'QUEUED']);
  await foreign.query('commit');
  foreign.release();
  await sweepNow();
  expect((await stored(locked)).status).toBe('QUEUED');
});

test('one sweeper at a time', async () => {
  const other = await db.pool.connect();
  await other.query('begin');
  await other.query('select pg_advisory_xact_lock(7205113)');
  expect(await sweepNow()).toBeNull();
  await other.query('rollback');
  other.release();
});

describe('the turn to sweep', () => {
  test('is taken once a second by all processes together', async () => {
    // All have a connection, so that they begin at once.
    await Promise.all(Array.from({ length: 5 }, () => db.pool.query('select pg_sleep(0.05)')));
    await sweptBefore(1, 60);
    const turns = await Promise.all(Array.from({ length: 5 }, () => takeSweepTurn(db.pool, true)));
    expect(turns.filter((turn) => turn !== null)).toEqual([false]);
    expect(await takeSweepTurn(db.pool, true)).toBeNull();
  });

  test('shows whether there is anything to sweep', async () => {
    await db.pool.query(
      `insert into journey_workers (id, pool_id, queue, host, pid, lease_until)
       values ($1, '', 'q', 'h', 1, now() + interval '1 minute')`,
      [randomUUID()],
    );
    await sweptBefore(1, 60);
    expect(await takeSweepTurn(db.pool, true)).toBe(false);
    await sweptBefore(1, 60);
    await db.pool.query(`update journey_workers set lease_until = now() - interval '1 second'`);
    expect(await takeSweepTurn(db.pool, false)).toBe(true);
  });

  test('notices a gap, so that living workers get time to renew their leases', async () => {
    await sweptBefore(10, 60);
    await db.pool.query(
      `insert into journey_workers (id, pool_id, queue, host, pid, lease_until)
       values ($1, '', 'q', 'h', 1, now() - interval '1 second')`,
      [randomUUID()],
    );
    expect(await takeSweepTurn(db.pool, false)).toBe(true);
    expect(await sweepNow()).toEqual({ deadWorkers: [], runsTaken: 0 });
  });
});
