import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiConnections, workerConnections } from '../../src/postgres/connection-budget.ts';
import { startServe } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertComponent } from '../support/runs.ts';
import { untilEvent } from '../support/worker.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const LOAD = 200;

test('under load, API and worker open the connections that they may, and say so in their names', async () => {
  const { child, url } = await startServe({
    DATABASE_URL: db.url,
    JOURNEY_RUNTIME_API_CONNECTIONS: '9',
    JOURNEY_RUNTIME_WORKER_CONNECTIONS: '9',
  });
  const { id } = await insertComponent(db.pool);
  const send = async (query: string) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data: { enqueueRun: { run: { id: string } } } };
  };
  const enqueue = `mutation { enqueueRun(input: { componentId: "${id}" }) { run { id attempt } } }`;
  let isLoaded = true;
  const load = Promise.all(
    Array.from({ length: LOAD }, (_, index) =>
      send(index % 2 ? enqueue : `{ product(sku: "${index}") { id } }`),
    ),
  ).finally(() => {
    isLoaded = false;
  });
  const most = { 'journey-runtime-api': 0, 'journey-runtime-worker': 0 };
  while (isLoaded) {
    const { rows } = await db.pool.query<{ service: keyof typeof most; count: number }>(
      `select split_part(application_name, ' ', 1) as service, count(*)::int from pg_stat_activity
       where datname = current_database() and application_name ~ '^journey-runtime-(api|worker) '
       group by 1`,
    );
    for (const { service, count } of rows) most[service] = Math.max(most[service], count);
  }
  const answers = await load;
  for (const { data } of answers.filter((_, index) => index % 2))
    await untilEvent(db, data.enqueueRun.run.id, 'COMPLETED');
  expect(most['journey-runtime-api']).toBeLessThanOrEqual(9);
  expect(most['journey-runtime-api']).toBeGreaterThanOrEqual(6);
  expect(most['journey-runtime-worker']).toBeLessThanOrEqual(9);
  child.kill('SIGTERM');
  await once(child, 'exit');
});

test.each([9, 10, 18, 40])('%i connections leave each pool two', (all) => {
  const [api, worker] = [apiConnections(all), workerConnections(all)];
  expect(api.main + api.enqueue + api.subscriptions + 1).toBe(all);
  expect(worker.main + worker.jobs + worker.runs + 1).toBe(all);
  expect(Math.min(...Object.values(api), ...Object.values(worker))).toBeGreaterThanOrEqual(2);
});

test('the defaults are those of ARCHITECTURE.md', () => {
  expect(apiConnections(18)).toEqual({ main: 10, subscriptions: 5, enqueue: 2 });
  expect(workerConnections(19)).toEqual({ main: 10, jobs: 4, runs: 4 });
});
