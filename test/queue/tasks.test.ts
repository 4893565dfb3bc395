import { afterAll, beforeAll, expect, test } from 'vitest';
import { taskName } from '../../src/queue/tasks.ts';
import { enqueueAll, identified } from '../../src/runs/enqueue.ts';
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
    ...Array.from({ length: 13 }, () => identified(request)),
    identified({ ...request, priority: 'HIGH' }),
    identified({ ...request, runAt: later }),
    identified({ ...request, runAt: later }),
  ];
  await enqueueAll(db.pool, taskName('journey-runtime'), items);
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
