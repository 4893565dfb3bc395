import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLease, type Lease } from '../../../src/runs/attempt/lease.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { silent } from '../../support/events.ts';
import { happensWithin } from '../../support/within.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** A run that the worker executes: `onBeat` is called only while there is one. */
const RUN_ID = '01800000-0000-7000-8000-000000000001';

/** A started lease; `beat` resolves at its next beat, `lost` when it is declared dead. */
async function leaseUnderTest() {
  let onBeat = () => {};
  let onLost = () => {};
  const lost = new Promise<void>((resolve) => {
    onLost = resolve;
  });
  const lease: Lease = createLease(
    { url: db.url, queue: 'journey-runtime' },
    { activeIds: () => [RUN_ID], onBeat: () => onBeat(), onAllRuns: () => {}, onLost: () => onLost() },
    silent,
  );
  const beat = () =>
    new Promise<void>((resolve) => {
      onBeat = resolve;
    });
  await lease.start();
  return { lease, beat, lost };
}

const worker = async (id: string) =>
  (
    await db.pool.query(
      `select lease_until, extract(epoch from lease_until - heartbeat_at)::float8 as seconds, pool_id
       from journey_workers where id = $1`,
      [id],
    )
  ).rows[0];

test('a beat renews the lease to 8 seconds and names the job pool', async () => {
  const { lease, beat } = await leaseUnderTest();
  const before = await worker(lease.workerId());
  lease.usePool('pool-7');
  await beat();
  const { lease_until, seconds, pool_id } = await worker(lease.workerId());
  expect(lease_until.getTime()).toBeGreaterThan(before.lease_until.getTime());
  expect(seconds).toBe(8);
  expect(pool_id).toBe('pool-7');
  expect(lease.isHeld()).toBe(true);
  await lease.stop();
});

test('the job pool is on record at once', async () => {
  const { lease, beat } = await leaseUnderTest();
  lease.usePool('pool-8');
  // The next beat would come a second after the start.
  expect(await happensWithin(800, beat(), db.pool)).toBe(true);
  expect((await worker(lease.workerId())).pool_id).toBe('pool-8');
  await lease.stop();
});

test('a cut connection is replaced within the lease', async () => {
  const { lease, beat } = await leaseUnderTest();
  await db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await beat();
  expect(lease.isHeld()).toBe(true);
  await lease.stop();
});

test('a worker that was declared dead is told, and goes on under a new id', async () => {
  const { lease, beat, lost } = await leaseUnderTest();
  const oldId = lease.workerId();
  await db.pool.query('update journey_workers set dead_at = now() where id = $1', [oldId]);
  await lost;
  await beat();
  expect(lease.workerId()).not.toBe(oldId);
  expect(await worker(lease.workerId())).toBeDefined();
  await lease.stop();
  expect(await worker(lease.workerId())).toBeUndefined();
});
