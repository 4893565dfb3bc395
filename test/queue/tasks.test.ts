import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { taskName } from '../../src/queue/tasks.ts';
import { enqueueAll, enqueueItem } from '../../src/runs/enqueue/enqueue-batch.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertComponent } from '../support/runs.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('a thousand enqueues on one connection leave one job, which says only that runs are due', async () => {
  const { id: componentId } = await insertComponent(db.pool);
  const client = await db.pool.connect();
  for (let n = 0; n < 10; n += 1) {
    const items = Array.from({ length: 100 }, () =>
      enqueueItem({ componentId, caller: '', requestHash: null }),
    );
    await enqueueAll(client, 'journey-runtime', items);
  }
  const jobs = await client.query<{ payload: object; isDue: boolean }>(
    'select payload, run_at <= now() as "isDue" from graphile_worker._private_jobs',
  );
  const runs = await client.query('select from journey_run_queue');
  client.release();
  expect(jobs.rows).toEqual([{ payload: {}, isDue: true }]);
  expect(runs.rowCount).toBe(1_000);
});

test('every queue has a task of its own; the default one keeps its name', () => {
  expect(taskName('journey-runtime')).toBe('journey_runtime.execute_component_run');
  const queue = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
  fc.assert(
    fc.property(queue, queue, (one, other) => {
      expect(taskName(one) === taskName(other)).toBe(one === other);
      expect(taskName(one).length).toBeLessThanOrEqual(128);
    }),
  );
  const signs = ['a-b', 'a_b', 'a.b', 'a-_b', 'a_-b', 'a--b', 'a__b', 'journey_runtime'];
  expect(new Set(signs.map(taskName)).size).toBe(signs.length);
  expect(signs.map(taskName)).not.toContain(taskName('journey-runtime'));
});
