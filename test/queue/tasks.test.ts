import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runJob, taskName } from '../../src/queue/tasks.ts';
import { enqueueAll, enqueueItem } from '../../src/runs/enqueue/enqueue-batch.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertComponent } from '../support/runs.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('runs that are due at the same time with the same priority share jobs, five to each at most', async () => {
  const { id: componentId } = await insertComponent(db.pool);
  const later = new Date(Date.now() + 60_000);
  const request = { componentId, caller: '', requestHash: null };
  const items = [
    ...Array.from({ length: 13 }, () => enqueueItem(request)),
    enqueueItem({ ...request, priority: 'HIGH' }),
    enqueueItem({ ...request, runAt: later }),
    enqueueItem({ ...request, runAt: later }),
  ];
  await enqueueAll(db.pool, 'journey-runtime', items);
  const { rows } = await db.pool.query<{ runIds: string[]; priority: number; isDue: boolean }>(
    `select array(select w ->> 'runId' from json_array_elements(payload -> 'wakeUps') w) as "runIds",
       priority, run_at <= now() as "isDue"
     from graphile_worker._private_jobs order by priority, run_at, 1`,
  );
  const ids = items.map(({ id }) => id);
  const due = ids.slice(0, 13).sort();
  const now = { priority: 0, isDue: true };
  expect(rows).toEqual([
    { priority: -10, isDue: true, runIds: [ids[13]] },
    { ...now, runIds: due.slice(0, 5) },
    { ...now, runIds: due.slice(5, 10) },
    { ...now, runIds: due.slice(10) },
    { priority: 0, isDue: false, runIds: ids.slice(14).sort() },
  ]);
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

test('jobs of earlier versions are understood; what is no job of ours is refused', () => {
  const wakeUp = { runId: 'a', fence: 3 };
  expect(runJob.parse({ wakeUps: [wakeUp], lost: true })).toEqual({ wakeUps: [wakeUp], lost: true });
  expect(runJob.parse({ ...wakeUp, lost: true })).toEqual({ wakeUps: [wakeUp], lost: true });
  expect(runJob.parse(wakeUp)).toEqual({ wakeUps: [wakeUp], lost: false });
  for (const other of [null, {}, [], 'a', { wakeUps: {} }, { wakeUps: [null], lost: true }])
    expect(runJob.safeParse(other).success).toBe(false);
});
