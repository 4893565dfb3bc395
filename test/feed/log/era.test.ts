import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventFeed } from '../../../src/feed/live/event-feed.ts';
import { listEvents } from '../../../src/feed/log/event-history.ts';
import { deleteOldRuns } from '../../../src/retention/delete-runs.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  appendEvent,
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

test.for([
  { name: 'another server', change: `set system_identifier = 'another'` },
  { name: 'another timeline', change: 'set timeline = timeline + 1' },
])('$name begins a new era, once however many processes find out', async ({ change }) => {
  await write();
  const old = await placeAfterAll(feed, database.pool);
  await database.pool.query(`update journey_feed ${change}`);
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
  await restartFeed();
  await appendEvent(database.pool, runId, { type: 'COMPLETED', status: 'COMPLETED' });
  await untilReleased(database.pool);
  const history = await listEvents(database.pool, everyRun(), all);
  expect(history.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  await feed.latest();
  await expectNewEra(old);
});

test('a server that lost events which were handed out begins a new era, although it gives their numbers out again', async () => {
  await write();
  await feed.latest();
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
  await expectNewEra(old);
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
