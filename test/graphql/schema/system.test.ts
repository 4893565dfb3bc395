import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { beginWriter, insertRunWithEvent } from '../../support/events.ts';
import { insertComponent } from '../../support/runs.ts';
import { startTestWorker } from '../../support/worker.ts';

let app: TestApp;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp({
    runnerUrl: 'https://user:password@scripts.example:8443/run',
    retentionDays: 30,
  });
  componentId = (await insertComponent(app.db.pool)).id;
});
afterAll(() => app.stop());

test('system shows the version, the clock of the database, the runner without its credentials, and retention', async () => {
  const { system } = await app.query(
    '{ system { version now runner { kind host } retentionDays feedLagMs } }',
  );
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(system).toEqual({
    version,
    now: expect.any(String),
    runner: { kind: 'HTTP', host: 'scripts.example:8443' },
    retentionDays: 30,
    feedLagMs: 0,
  });
  const { rows } = await app.db.pool.query<{ now: Date }>('select clock_timestamp() as now');
  expect(Math.abs(Date.parse(system.now) - rows[0]!.now.getTime())).toBeLessThan(60_000);
});

test('system names the echo runner', async () => {
  const other = await startTestApp();
  expect(await other.query('{ system { runner { kind host } retentionDays } }')).toEqual({
    system: { runner: { kind: 'ECHO', host: null }, retentionDays: null },
  });
  await other.stop();
});

test('system lists live workers, and each queue with its QUEUED runs', async () => {
  const QUERY = `{ system {
    workers { workerId host queue startedAt heartbeatAt activeRuns }
    queues { name queued { count exact } oldestDueSeconds isServed }
  } }`;
  expect(await app.query(QUERY)).toEqual({ system: { workers: [], queues: [] } });

  const later = new Date(Date.now() + 3_600_000);
  for (const runAt of [later, later]) await insertRunWithEvent(app.db.pool, { componentId, runAt });
  await app.db.pool.query("update journey_run_queue set queue = 'night'");
  await insertRunWithEvent(app.db.pool, { componentId, runAt: new Date(Date.now() - 5_000) });
  await app.db.pool.query("update journey_run_queue set queue = 'day' where queue <> 'night'");
  const worker = await startTestWorker(app.db, { taskQueue: 'night' });
  // A queue is served once the job pool of its worker has started.
  await expect
    .poll(async () =>
      (await app.query(QUERY)).system.queues.map(({ isServed }: { isServed: boolean }) => isServed),
    )
    .toEqual([false, true]);
  const { system } = await app.query(QUERY);
  expect(system.workers).toEqual([
    {
      workerId: worker.id(),
      host: expect.any(String),
      queue: 'night',
      startedAt: expect.any(String),
      heartbeatAt: expect.any(String),
      activeRuns: 0,
    },
  ]);
  expect(system.queues).toEqual([
    { name: 'day', queued: { count: 1, exact: true }, oldestDueSeconds: expect.any(Number), isServed: false },
    { name: 'night', queued: { count: 2, exact: true }, oldestDueSeconds: null, isServed: true },
  ]);
  expect(system.queues[0].oldestDueSeconds).toBeGreaterThan(4);
  await worker.stop();
  expect((await app.query(QUERY)).system.workers).toEqual([]);
});

test('feedLagMs grows while a transaction holds an event back', async () => {
  const writer = await beginWriter(app.db.pool);
  await writer.client.query('select pg_current_xact_id()');
  await insertRunWithEvent(app.db.pool, { componentId });
  app.services.ring();
  await expect
    .poll(async () => (await app.query('{ system { feedLagMs } }')).system.feedLagMs)
    .toBeGreaterThan(0);
  await writer.rollBack();
});
