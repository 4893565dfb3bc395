import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventFeed } from '../../../src/feed/live/event-feed.ts';
import { listEvents } from '../../../src/feed/log/event-history.ts';
import { deleteOldRuns } from '../../../src/retention/delete-runs.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  appendEvent,
  beginWriter,
  insertRunWithEvent,
  placeAfterAll,
  startFeed,
  take,
  untilReleased,
} from '../../support/events.ts';
import { everyRun, insertComponent } from '../../support/runs.ts';

let database: TestDatabase;
let feed: EventFeed;
let componentId: string;
let stop: AbortController;

beforeEach(async () => {
  database = await createTestDatabase();
  componentId = (await insertComponent(database.pool)).id;
  feed = await startFeed(database);
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await feed.stop();
  await database.drop();
});

const EXPIRED = { code: 'CURSOR_EXPIRED' };
const all = { after: null, before: null, limit: 100, reverse: false };
const subscribe = (after = feed.now()) => feed.subscribe({ signal: stop.signal, after });

async function restartFeed(): Promise<void> {
  await feed.stop();
  feed = await startFeed(database);
}

async function write(): Promise<string> {
  return insertRunWithEvent(database.pool, { componentId });
}

/** A new subscriber gets a new event, and an old cursor is told that it is one. */
async function expectNewEra(old: ReturnType<EventFeed['now']>): Promise<void> {
  expect(feed.now().era).toBe(old.era + 1);
  await expect(take(subscribe(old), 1)).rejects.toMatchObject(EXPIRED);
  await expect(listEvents(database.pool, everyRun(), { ...all, after: old })).rejects.toMatchObject(EXPIRED);
  const received = take(subscribe(), 1);
  const runId = await write();
  expect(await received).toMatchObject([{ runId }]);
}

test('a restart of processes on the same server ends no cursor', async () => {
  await write();
  const cursor = await placeAfterAll(feed, database.pool);
  await restartFeed();
  const received = take(subscribe(cursor), 1);
  const runId = await write();
  expect(await received).toMatchObject([{ runId }]);
});

test('another server begins a new era, once however many processes find out', async () => {
  await write();
  const old = await placeAfterAll(feed, database.pool);
  await database.pool.query(`update journey_feed set system_identifier = 'another'`);
  const [one, two] = await Promise.all([startFeed(database), startFeed(database)]);
  await restartFeed();
  await expectNewEra(old);
  await Promise.all([one.stop(), two.stop()]);
});

test('events restored from a server whose transaction ids were ahead stay in order before the new ones', async () => {
  const runId = await write();
  await appendEvent(database.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  const old = await placeAfterAll(feed, database.pool);
  await database.pool.query(
    `with runs as (update journey_component_runs set event_xid = (event_xid::text::bigint + 1e9)::text::xid8)
     update journey_run_events set xid = (xid::text::bigint + 1e9)::text::xid8`,
  );
  // A transaction that has its id already, and writes an event only after the change.
  const early = await beginWriter(database.pool);
  await early.client.query('select pg_current_xact_id()');
  await restartFeed();
  const { runId: _, ...end } = feed.now();
  await appendEvent(early.client, runId, { type: 'COMPLETED', status: 'COMPLETED' });
  const another = await insertRunWithEvent(early.client, { componentId });
  await early.commit();
  await untilReleased(database.pool);
  const history = await listEvents(database.pool, everyRun(), all);
  expect(history.map((event) => [event.runId, event.sequence])).toEqual([
    [runId, 1],
    [runId, 2],
    [runId, 3],
    [another, 1],
  ]);
  const sent = await take(feed.subscribe({ signal: stop.signal, after: end }), 2);
  expect(sent.map((event) => event.runId)).toEqual([runId, another]);
  await feed.latest();
  await expectNewEra(old);
});

test('a server that lost events which were sent expires exactly the cursors at them, although it assigns their numbers again', async () => {
  await write();
  const before = await placeAfterAll(feed, database.pool);
  const lost = await write();
  const old = await placeAfterAll(feed, database.pool);
  const waiting = take(subscribe(old), 1);
  waiting.catch(() => {});
  await database.pool.query(
    `with lost as (delete from journey_run_events where run_id = $1 returning *),
       unknown as (select gen_random_uuid() as id),
       another as (insert into journey_component_runs (id, component_id, component_version_id, max_attempts, event_xid)
         select u.id, $2, $2, 1, lost.xid from lost, unknown u)
     insert into journey_run_events (run_id, sequence, xid, position, type, status, attempt)
     select u.id, 1, lost.xid, lost.position, 'ENQUEUED', 'QUEUED', 0 from lost, unknown u`,
    [lost, componentId],
  );
  await feed.latest();
  await expect(waiting).rejects.toMatchObject(EXPIRED);
  await expect(listEvents(database.pool, everyRun(), { ...all, after: old })).rejects.toMatchObject(EXPIRED);
  const runId = await write();
  const [other, next] = await take(subscribe(before), 2);
  expect(other!.runId).not.toBe(lost);
  expect(next).toMatchObject({ runId });
});

test('a cursor whose event a restored copy lacks has expired, while one that the copy has goes on without a gap', async () => {
  await write();
  const kept = await placeAfterAll(feed, database.pool);
  const runId = await write();
  const missing = await placeAfterAll(feed, database.pool);
  await feed.stop();
  await database.pool.query('delete from journey_run_events where run_id = $1', [runId]);
  feed = await startFeed(database);
  await expect(take(subscribe(missing), 1)).rejects.toMatchObject(EXPIRED);
  const received = take(subscribe(kept), 1);
  const next = await write();
  expect(await received).toMatchObject([{ runId: next }]);
});

test('cursors before what retention deleted have expired; the place up to where it deleted still holds', async () => {
  const start = feed.now();
  const runId = await write();
  const middle = await placeAfterAll(feed, database.pool);
  await appendEvent(database.pool, runId, { type: 'CANCELED', status: 'CANCELED' });
  const deletedUpTo = await placeAfterAll(feed, database.pool);
  await database.pool.query(`update journey_component_runs set completed_at = now() - interval '40 days'`);
  expect(await deleteOldRuns(database.pool, 30)).toBe(1);
  await restartFeed();
  expect(feed.now()).toEqual({ ...deletedUpTo, mark: 0 });
  for (const cursor of [start, middle])
    await expect(take(subscribe(cursor), 1)).rejects.toMatchObject(EXPIRED);
  const received = take(subscribe(deletedUpTo), 1);
  const next = await write();
  expect(await received).toMatchObject([{ runId: next }]);
  expect(await listEvents(database.pool, everyRun(), { ...all, after: deletedUpTo })).toMatchObject([
    { runId: next },
  ]);
});
