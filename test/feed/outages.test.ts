import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDoorbell } from '../../src/feed/live/doorbell.ts';
import { createEventFeed } from '../../src/feed/live/event-feed.ts';
import { openDatabase } from '../../src/postgres/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertRunWithEvent, placeAfterAll, silent, startFeed, take } from '../support/events.ts';
import { startProxy } from '../support/proxy.ts';
import { everyRun, insertComponent } from '../support/runs.ts';
import { happensWithin } from '../support/within.ts';

let database: TestDatabase;
let componentId: string;
let ring: () => void;
const stop = new AbortController();
const { signal } = stop;

beforeAll(async () => {
  database = await createTestDatabase();
  componentId = (await insertComponent(database.pool)).id;
  ring = createDoorbell(database.pool, silent);
});

afterAll(async () => {
  stop.abort();
  await database.drop();
});

async function write(count: number): Promise<string[]> {
  const runIds: string[] = [];
  for (let n = 0; n < count; n += 1) runIds.push(await insertRunWithEvent(database.pool, { componentId }));
  ring();
  return runIds;
}

test('nothing is missed while the connection that listens is terminated again and again', async () => {
  const feed = await startFeed(database);
  const received = take(feed.subscribe({ signal, after: await placeAfterAll(feed, database.pool) }), 60);
  const written: string[] = [];
  let terminated = 0;
  for (let n = 0; n < 20; n += 1) {
    const { rowCount } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'journey-runtime doorbell %'`,
    );
    terminated += rowCount!;
    written.push(...(await write(3)));
  }
  expect(terminated).toBeGreaterThan(0);
  expect((await received).map(({ runId }) => runId)).toEqual(written);
  await feed.stop();
});

test('a doorbell whose packets are swallowed costs a second at most', async () => {
  const proxy = await startProxy(database.url);
  const feed = await startFeed(database, { url: proxy.url });
  await expect.poll(() => feed.figures().isListening).toBe(true);
  const subscription = feed.subscribe({ signal, after: await placeAfterAll(feed, database.pool) });
  proxy.swallow(true);
  const [runId] = await write(1);
  const received = take(subscription, 1);
  expect(await happensWithin(1_500, received, database.pool)).toBe(true);
  expect((await received).map((event) => event.runId)).toEqual([runId]);
  proxy.swallow(false);
  await feed.stop();
  await proxy.close();
});

test('where rings are not heard, as behind some poolers, the feed warns and looks once a second', async () => {
  const elsewhere = await createTestDatabase({ maxConnections: 1 });
  const lines: string[] = [];
  const feed = await startFeed(database, {
    url: elsewhere.url,
    logger: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }),
  });
  await expect.poll(() => lines.join()).toContain('LISTEN does not work');
  const received = take(feed.subscribe({ signal, after: await placeAfterAll(feed, database.pool) }), 1);
  const [runId] = await write(1);
  expect(await received).toMatchObject([{ runId }]);
  await feed.stop();
  await elsewhere.drop();
});

test('a feed can be stopped while it connects to listen', async () => {
  const proxy = await startProxy(database.url);
  proxy.swallow(true);
  const feed = await startFeed(database, { url: proxy.url });
  await expect.poll(proxy.count, { timeout: 20_000 }).toBe(1);
  await feed.stop();
  await proxy.close();
});

test('subscribers wait while the database is away, then get what they missed, in order', async () => {
  const proxy = await startProxy(database.url);
  const cutOff = openDatabase({ url: proxy.url, maxConnections: 5 });
  const feed = createEventFeed({ url: proxy.url, pool: cutOff.pool, logger: silent });
  await feed.start();
  const filters = [everyRun(), everyRun({ metadata: { nothing: 'special' } })];
  const after = await placeAfterAll(feed, database.pool);
  const received = filters.map((filter) => take(feed.subscribe({ signal, filter, after }), 6));
  const metadata = { nothing: 'special' };
  const written = [await insertRunWithEvent(database.pool, { componentId, metadata })];
  proxy.cut(true);
  for (let n = 0; n < 4; n += 1)
    written.push(await insertRunWithEvent(database.pool, { componentId, metadata }));
  // Asks the reader, and so waits until it has met the outage.
  await feed.latest();
  proxy.cut(false);
  written.push(await insertRunWithEvent(database.pool, { componentId, metadata }));
  ring();
  for (const events of await Promise.all(received)) expect(events.map(({ runId }) => runId)).toEqual(written);
  await feed.stop();
  await cutOff.close();
  await proxy.close();
});

test('a feed that starts while the database is away is there once the database is', async () => {
  const proxy = await startProxy(database.url);
  proxy.cut(true);
  const cutOff = openDatabase({ url: proxy.url, maxConnections: 5 });
  const feed = createEventFeed({ url: proxy.url, pool: cutOff.pool, logger: silent });
  const started = feed.start();
  await expect(cutOff.pool.query('select 1')).rejects.toThrow();
  proxy.cut(false);
  await started;
  const received = take(feed.subscribe({ signal, after: await placeAfterAll(feed, database.pool) }), 1);
  const [runId] = await write(1);
  expect((await received)[0]).toMatchObject({ runId });
  await feed.stop();
  await cutOff.close();
  await proxy.close();
});
