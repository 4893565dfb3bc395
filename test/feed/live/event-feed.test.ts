import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDoorbell } from '../../../src/feed/live/doorbell.ts';
import type { EventFeed } from '../../../src/feed/live/event-feed.ts';
import { decodeCursor, encodeCursor } from '../../../src/feed/log/feed-cursor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  appendEvent,
  beginWriter,
  insertRunWithEvent,
  nameOf,
  placeAfterAll,
  silent,
  startFeed,
  storedEvents,
  take,
  untilReleased,
} from '../../support/events.ts';
import { insertComponent } from '../../support/runs.ts';
import { happensWithin } from '../../support/within.ts';

let database: TestDatabase;
let feed: EventFeed;
let componentId: string;
let ring: () => void;
const stop = new AbortController();
const { signal } = stop;

beforeAll(async () => {
  database = await createTestDatabase({ maxConnections: 24 });
  componentId = (await insertComponent(database.pool)).id;
  ring = createDoorbell(database.pool, silent);
  feed = await startFeed(database);
});

afterAll(async () => {
  stop.abort();
  await feed.stop();
  await database.drop();
});

test('events of writers that commit out of order reach every subscriber once, in one order', async () => {
  const start = await placeAfterAll(feed, database.pool);
  const writers = 16;
  const runsEach = 12;
  const total = writers * runsEach * 2;
  const subscribers = [
    take(feed.subscribe({ signal, after: start }), total),
    take(feed.subscribe({ signal, after: start }), total),
  ];
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let n = 0; n < runsEach; n += 1) {
        const { client, commit } = await beginWriter(database.pool);
        const runId = await insertRunWithEvent(client, { componentId });
        await pause(((writer * 7 + n * 13) % 10) * 3);
        await commit();
        await appendEvent(database.pool, runId, { type: 'STARTED', status: 'RUNNING' });
        ring();
      }
    }),
  );
  const [first, second] = await Promise.all(subscribers);
  const stored = await storedEvents(database.pool);
  expect(first!.map(nameOf)).toEqual(stored);
  expect(second!.map(nameOf)).toEqual(stored);
});

test('events of one run keep their order although a later writer took its transaction id first', async () => {
  const after = await placeAfterAll(feed, database.pool);
  const runId = await insertRunWithEvent(database.pool, { componentId });
  const early = await beginWriter(database.pool);
  await early.client.query('select pg_current_xact_id()');
  await appendEvent(database.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  await appendEvent(early.client, runId, { type: 'COMPLETED', status: 'COMPLETED' });
  await early.commit();
  ring();
  const events = await take(feed.subscribe({ signal, after }), 3);
  expect(events.map(({ type }) => type)).toEqual(['ENQUEUED', 'STARTED', 'COMPLETED']);
});

test('an event is held back while an earlier writer may still commit, and the wait is a figure', async () => {
  const after = await placeAfterAll(feed, database.pool);
  const writer = await beginWriter(database.pool);
  const first = await insertRunWithEvent(writer.client, { componentId });
  const second = await insertRunWithEvent(database.pool, { componentId });
  const received = take(feed.subscribe({ signal, after }), 2);
  await feed.latest();
  expect(encodeCursor(await feed.latest())).toBe(encodeCursor(after));
  expect(feed.figures().held?.ms).toBeGreaterThan(0);
  await writer.commit();
  expect((await received).map(({ runId }) => runId)).toEqual([first, second]);
  expect(feed.figures().held).toBeNull();
});

test('a subscription without a cursor begins after what was committed before', async () => {
  await insertRunWithEvent(database.pool, { componentId });
  await untilReleased(database.pool);
  const subscription = feed.subscribe({ signal });
  const received = take(subscription, 1);
  await feed.latest();
  const runId = await insertRunWithEvent(database.pool, { componentId });
  ring();
  expect((await received).map(nameOf)).toEqual([`${runId}/1`]);
});

test('a doorbell is heard at once, long before the feed would look by itself', async () => {
  const received = take(feed.subscribe({ signal, after: await placeAfterAll(feed, database.pool) }), 1);
  await insertRunWithEvent(database.pool, { componentId });
  ring();
  expect(await happensWithin(500, received, database.pool)).toBe(true);
});

test('what fell off the ring is read from the table, until the ring serves again', async () => {
  const small = await startFeed(database, { buffer: { events: 20, bytes: 1_000_000 } });
  const subscription = small.subscribe({ signal, after: await placeAfterAll(small, database.pool) });
  const runIds: string[] = [];
  for (let n = 0; n < 300; n += 1) runIds.push(await insertRunWithEvent(database.pool, { componentId }));
  const received = await take(subscription, 300);
  expect(small.figures().events).toBeLessThanOrEqual(20);
  expect(received.map(({ runId }) => runId)).toEqual(runIds);
  await small.stop();
});

test('the ring is bounded in bytes as well', async () => {
  const small = await startFeed(database, { buffer: { events: 10_000, bytes: 20_000 } });
  const after = await placeAfterAll(small, database.pool);
  const message = 'x'.repeat(4_000);
  const error = { code: 'INTERNAL', message, detail: null, retryable: false };
  const runId = await insertRunWithEvent(database.pool, { componentId });
  for (let n = 0; n < 10; n += 1)
    await appendEvent(database.pool, runId, { type: 'FAILED', status: 'FAILED', error });
  expect(await take(small.subscribe({ signal, after }), 11)).toHaveLength(11);
  expect(small.figures().bytes).toBeLessThanOrEqual(20_000);
  await small.stop();
});

test('a cursor that another process is ahead with waits until this one is there', async () => {
  const behind = await startFeed(database);
  await insertRunWithEvent(database.pool, { componentId });
  const ahead = await placeAfterAll(feed, database.pool);
  const received = take(behind.subscribe({ signal, after: ahead }), 1);
  const runId = await insertRunWithEvent(database.pool, { componentId });
  ring();
  expect((await received).map(nameOf)).toEqual([`${runId}/1`]);
  await behind.stop();
});

test('a cursor of the future, or one whose event is another one, has expired', async () => {
  const now = await placeAfterAll(feed, database.pool);
  for (const cursor of [
    { ...now, xid: now.xid + 1_000_000n },
    { ...now, position: now.position + 5n },
    { ...now, mark: (now.mark ^ 1) >>> 0 },
    { ...now, era: now.era + 1 },
  ]) {
    const text = encodeCursor(cursor);
    await expect(take(feed.subscribe({ signal, after: decodeCursor(text) }), 1)).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
    });
  }
});

test('a subscription that is left wakes up and ends', async () => {
  const left = new AbortController();
  const received = take(feed.subscribe({ signal: left.signal }), 1);
  await feed.latest();
  left.abort();
  expect(await received).toEqual([]);
});
