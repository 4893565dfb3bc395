import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/postgres/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startFeed } from '../support/events.ts';
import { startProxy } from '../support/proxy.ts';
import { insertComponent } from '../support/runs.ts';
import { openEnqueue, startTestWorker, untilEvent } from '../support/worker.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('connections that listen use the URL for them, all others the URL of the database', async () => {
  const [main, listening] = [await startProxy(db.url), await startProxy(db.url)];
  const proxied = openDatabase({ url: main.url, listenUrl: listening.url, maxConnections: 4 });
  // The worker would look for the run by itself an hour later.
  const worker = await startTestWorker(proxied, { pollIntervalSeconds: 3_600 });
  const feed = await startFeed(db, { url: proxied.listenUrl, pool: proxied.pool });
  await expect
    .poll(() => listening.sent())
    .toMatch(/LISTEN "jobs:insert"[\s\S]*|listen journey_runtime_events/);
  await expect.poll(() => feed.figures().isListening).toBe(true);
  const door = openEnqueue(proxied);
  const { id: componentId } = await insertComponent(db.pool);
  const { runId } = await door.enqueue({ componentId });
  await untilEvent(db, runId!, 'COMPLETED');

  await door.close();
  await worker.stop();
  await feed.stop();
  await proxied.close();
  expect(listening.sent()).toContain('LISTEN "jobs:insert"');
  expect(listening.sent()).toContain('listen journey_runtime_events');
  expect(listening.sent()).not.toContain('journey_run_queue');
  expect(main.sent()).not.toMatch(/\blisten\b/i);
  await Promise.all([main.close(), listening.close()]);
});
