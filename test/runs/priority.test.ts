import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunPriority } from '../../src/runs/model/run-row.ts';
import { promoteStarvedRuns } from '../../src/runs/upkeep/promote.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertComponent } from '../support/runs.ts';
import { startScriptedHost } from '../support/script-host.ts';
import { openEnqueue, startTestWorker, untilEvent } from '../support/worker.ts';

let db: TestDatabase;
let door: ReturnType<typeof openEnqueue>;
let worker: Worker | undefined;
let componentId: string;

const QUEUE = 'journey-runtime';

beforeAll(async () => {
  db = await createTestDatabase();
  door = openEnqueue(db);
  componentId = (await insertComponent(db.pool)).id;
});
beforeEach(() =>
  db.pool.query(
    'truncate journey_runs, journey_run_queue, journey_running, journey_run_outcomes; truncate graphile_worker._private_jobs',
  ),
);
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});
afterAll(async () => {
  await door.close();
  await db.drop();
});

/** Enqueues a run; `name` is by what the host knows it. */
async function enqueue(name: string, priority: RunPriority): Promise<string> {
  const { runId } = await door.enqueue({ componentId, priority, inputPayload: { name } });
  return runId!;
}
const makeDue = (runId: string, secondsAgo: number) =>
  db.pool.query(`update journey_component_runs set run_at = now() - $2 * interval '1 second' where id = $1`, [
    runId,
    secondsAgo,
  ]);
const startHost = () => startScriptedHost([{ status: 200, body: '1' }]);
type Host = Awaited<ReturnType<typeof startHost>>;
const calledFor = (host: Host): string[] => host.calls.map(({ body }) => JSON.parse(body).input.name);

describe('priorities', () => {
  test('HIGH goes before NORMAL before LOW', async () => {
    for (const priority of ['LOW', 'NORMAL', 'HIGH', 'LOW', 'NORMAL', 'HIGH'] as const)
      await enqueue(priority, priority);
    await using host = await startHost();
    worker = await startTestWorker(db, { runnerUrl: host.url, batchSize: 1 });
    await host.called(6);
    expect(calledFor(host)).toEqual(['HIGH', 'HIGH', 'NORMAL', 'NORMAL', 'LOW', 'LOW']);
  });

  test('a checkout waits for no more of a backfill than is being executed', async () => {
    const batchSize = 5;
    await Promise.all(Array.from({ length: 400 }, (_, n) => enqueue(`LOW ${n}`, 'LOW')));
    await using host = await startHost();
    worker = await startTestWorker(db, { runnerUrl: host.url, batchSize });
    await host.called(20);
    const checkout = await enqueue('checkout', 'HIGH');
    const before = host.calls.length;
    await untilEvent(db, checkout, 'COMPLETED');
    expect(calledFor(host).indexOf('checkout') - before).toBeLessThanOrEqual(2 * batchSize);
    expect(host.calls.length).toBeLessThan(400);
  });
});

describe('a run that others keep overtaking', () => {
  test('is given a place among the HIGH ones, and keeps it', async () => {
    const low = await enqueue('LOW', 'LOW');
    await enqueue('HIGH before', 'HIGH');
    await makeDue(low, 301);
    await promoteStarvedRuns(db.pool, QUEUE);
    await enqueue('HIGH after', 'HIGH');
    await promoteStarvedRuns(db.pool, QUEUE);
    await using host = await startHost();
    worker = await startTestWorker(db, { runnerUrl: host.url, batchSize: 1 });
    await host.called(3);
    expect(calledFor(host)).toEqual(['HIGH before', 'LOW', 'HIGH after']);
  });

  test('is one of a few at a time, the longest waiting first, so that a backfill does not come before a checkout', async () => {
    for (let n = 1; n <= 9; n += 1) await makeDue(await enqueue(`LOW ${n}`, 'LOW'), 400 - n);
    for (let looks = 0; looks < 3; looks += 1) await promoteStarvedRuns(db.pool, QUEUE);
    await enqueue('HIGH', 'HIGH');
    await using host = await startHost();
    worker = await startTestWorker(db, { runnerUrl: host.url, batchSize: 1 });
    await host.called(10);
    expect(calledFor(host).slice(0, 6)).toEqual(['LOW 1', 'LOW 2', 'LOW 3', 'LOW 4', 'LOW 5', 'HIGH']);
    expect(new Set(calledFor(host)).size).toBe(10);
  });

  test('waits its turn before its time', async () => {
    const low = await enqueue('LOW', 'LOW');
    await makeDue(low, 299);
    await promoteStarvedRuns(db.pool, QUEUE);
    const rank = async () => (await db.pool.query('select rank from journey_run_queue')).rows[0].rank;
    expect(await rank()).toBe('LOW');
    await promoteStarvedRuns(db.pool, QUEUE, 60);
    expect(await rank()).toBe('HIGH');
  });
});

describe('a delayed run', () => {
  test('starts at its time by the database’s clock, without waiting for the next poll', async () => {
    worker = await startTestWorker(db, { pollIntervalSeconds: 3_600 });
    const runAt = new Date(Date.now() + 1_500);
    const { runId } = await door.enqueue({ componentId, runAt });
    const { runId: next } = await door.enqueue({ componentId });
    await untilEvent(db, next!, 'COMPLETED');
    await untilEvent(db, runId!, 'COMPLETED');
    const { rows } = await db.pool.query<{ late: number }>(
      `select extract(epoch from started_at - run_at)::float8 as late from journey_component_runs where id = $1`,
      [runId],
    );
    expect(rows[0]!.late).toBeGreaterThanOrEqual(0);
    expect(rows[0]!.late).toBeLessThan(60);
  });

  test('whose time is past is due at once', async () => {
    const { runId } = await door.enqueue({ componentId, runAt: new Date('2001-01-01T00:00:00Z') });
    const { rows } = await db.pool.query(
      'select run_at = queued_at as now from journey_component_runs where id = $1',
      [runId],
    );
    expect(rows).toEqual([{ now: true }]);
  });

  test('that failed is retried at its time, without waiting for the next poll', async () => {
    const { id, versionId } = await insertComponent(db.pool);
    await db.pool.query(
      `update journey_component_versions set max_attempts = 2, backoff = 'FIXED', initial_delay_seconds = 1 where id = $1`,
      [versionId],
    );
    await using host = await startScriptedHost([{ status: 503 }, { status: 200, body: '1' }]);
    worker = await startTestWorker(db, { runnerUrl: host.url, pollIntervalSeconds: 3_600 });
    const { runId } = await door.enqueue({ componentId: id });
    const events = await untilEvent(db, runId!, 'COMPLETED');
    expect(events.map(({ type }) => type)).toEqual([
      'ENQUEUED',
      'STARTED',
      'RETRY_SCHEDULED',
      'STARTED',
      'COMPLETED',
    ]);
    const { rows } = await db.pool.query<{ late: number }>(
      `select extract(epoch from s.at - f.run_at)::float8 as late from journey_run_events s
         join journey_run_events f on f.run_id = s.run_id and f.type = 'RETRY_SCHEDULED'
       where s.run_id = $1 and s.type = 'STARTED' and s.attempt = 2`,
      [runId],
    );
    expect(rows[0]!.late).toBeGreaterThanOrEqual(0);
    expect(rows[0]!.late).toBeLessThan(60);
  });
});
