import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { appendEvent, beginWriter, insertRunWithEvent, untilReleased } from '../../support/events.ts';
import { insertComponent } from '../../support/runs.ts';
import { openEventStream, openSocket, takeFirst } from '../../support/subscriptions.ts';

const UPDATED = 'subscription ($id: ID!) { runUpdated(id: $id) { id status } }';
const STATS = 'subscription ($where: RunFilter) { runStats(where: $where) { queued running completed } }';
const EVENTS =
  'subscription ($after: String) { runEvents(after: $after) { runId sequence run { metadata } } }';

let app: TestApp;
let socket: ReturnType<typeof openSocket>;
let componentId: string;

beforeAll(async () => {
  app = await startTestApp();
  socket = openSocket(app);
  componentId = (await insertComponent(app.db.pool)).id;
});

afterAll(async () => {
  await socket.close();
  await app.stop();
});

async function happen(runId: string, type: 'STARTED' | 'COMPLETED' | 'REQUEUED'): Promise<void> {
  const status = type === 'STARTED' ? 'RUNNING' : type === 'REQUEUED' ? 'QUEUED' : 'COMPLETED';
  await appendEvent(app.db.pool, runId, { type, status });
  app.services.ring();
}

/** For what a client's own library would hide: the messages as they come, and when they are read. */
async function openBareSocket(): Promise<WebSocket> {
  const bare = new WebSocket(app.socketUrl, 'graphql-transport-ws');
  await once(bare, 'open');
  bare.send(JSON.stringify({ type: 'connection_init' }));
  await once(bare, 'message');
  return bare;
}

/** Frees what nothing holds any more, so that the memory in use does not depend on when the engine does so by itself. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

/** The place after all events that were written before. */
async function cursorNow(): Promise<string> {
  await untilReleased(app.db.pool);
  await app.services.feed.latest();
  return (await app.query('{ feedCursor }')).feedCursor;
}

test('runUpdated shows the run as it is, then after changes, and completes after the terminal status', async () => {
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  const statuses: string[] = [];
  for await (const { data } of socket.subscribe(UPDATED, { id: runId.toUpperCase() })) {
    expect(data.runUpdated.id).toBe(runId);
    statuses.push(data.runUpdated.status);
    if (statuses.length === 1) await happen(runId, 'STARTED');
    if (statuses.length === 2) await happen(runId, 'COMPLETED');
  }
  expect(statuses).toEqual(['QUEUED', 'RUNNING', 'COMPLETED']);
});

test('runUpdated shows a change once, and of changes that come together at least the last', async () => {
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  const updates = openEventStream(app, UPDATED, { id: runId });
  const first = await updates.next();
  expect(first.value!.data!.data.runUpdated.status).toBe('QUEUED');
  for (let n = 0; n < 20; n += 1) await happen(runId, n % 2 === 0 ? 'STARTED' : 'REQUEUED');
  await happen(runId, 'STARTED');
  await happen(runId, 'COMPLETED');
  const rest: string[] = [];
  for await (const { event, data } of updates)
    rest.push(event === 'next' ? data!.data.runUpdated.status : event);
  expect(rest.slice(-2)).toEqual(['COMPLETED', 'complete']);
  expect(rest.length).toBeLessThanOrEqual(23);
});

test('runUpdated of a run that has ended sends it once and completes', async () => {
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  await happen(runId, 'COMPLETED');
  const updates = await takeFirst(socket.subscribe(UPDATED, { id: runId }), 2);
  expect(updates).toMatchObject([{ data: { runUpdated: { status: 'COMPLETED' } } }]);
});

test.for(['no-id', '019b0000-0000-7000-8000-000000000000'])(
  'runUpdated of an unknown run is NOT_FOUND: %s',
  async (id) => {
    const [result] = await takeFirst(socket.subscribe(UPDATED, { id }), 1);
    expect(result!.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  },
);

test('runStats comes at once, then after changes of runs that the filter concerns, at most once a second', async () => {
  const { id } = await insertComponent(app.db.pool);
  const where = { componentId: [id], status: ['QUEUED'] };
  const runId = await insertRunWithEvent(app.db.pool, { componentId: id });
  // When they are read: a client of a busy machine can receive two of them at once.
  const readAt: number[] = [];
  const { pool } = app.services.watchDb;
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  const timing = (...args: unknown[]) => {
    if (JSON.stringify(args[0]).includes('percentile_cont')) readAt.push(performance.now());
    return query(...args);
  };
  Object.assign(pool, { query: timing });
  const queued: number[] = [];
  for await (const { data } of socket.subscribe(STATS, { where })) {
    queued.push(data.runStats.queued);
    if (queued.length === 1) {
      const writer = await beginWriter(app.db.pool);
      await insertRunWithEvent(writer.client, { componentId: id });
      await appendEvent(writer.client, runId, { type: 'STARTED', status: 'RUNNING' });
      await insertRunWithEvent(writer.client, { componentId: id });
      await writer.commit();
      app.services.ring();
    }
    // Time changes the figures too, as long as a run is due.
    if (queued.at(-1) !== 1) break;
  }
  Object.assign(pool, { query });
  expect([queued[0], queued.at(-1)]).toEqual([1, 2]);
  expect(readAt[1]! - readAt[0]!).toBeGreaterThan(900);
});

test('dashboards with the same filter share what is read, and each gets all changes', async () => {
  const { id } = await insertComponent(app.db.pool);
  const where = { componentId: [id] };
  const [first] = await takeFirst(socket.subscribe(STATS, { where }), 1);
  expect(first!.data.runStats.queued).toBe(0);
  const watching = Array.from({ length: 5 }, async () => {
    for await (const { data } of socket.subscribe(STATS, { where }))
      if (data.runStats.queued === 1) return true;
    return false;
  });
  await insertRunWithEvent(app.db.pool, { componentId: id });
  app.services.ring();
  expect(await Promise.all(watching)).toEqual([true, true, true, true, true]);
});

test('events of any length come whole over a WebSocket, one by one and many at once', async () => {
  const client = await openBareSocket();
  const after = await cursorNow();
  const query = 'subscription ($after: String) { runEvents(after: $after) { run { metadata } } }';
  const message = (padding: string) =>
    JSON.stringify({
      id: '1',
      type: 'next',
      payload: { data: { runEvents: { run: { metadata: { padding } } } } },
    });
  // A frame tells its length in one, three or nine bytes.
  const lengths = [125, 126, 127, 65_535, 65_536, 65_537];
  const paddings = [...lengths.map((length) => 'x'.repeat(length - message('').length)), 'ß 👩‍👩‍👧'];
  const messages = paddings.map(message);
  const received: string[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  client.on('message', (data) => {
    received.push(String(data));
    if (received.length === 2 * messages.length) resolve();
  });
  for (const padding of paddings)
    await insertRunWithEvent(app.db.pool, { componentId, metadata: { padding } });
  client.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { after } } }));
  while (received.length < messages.length) await once(client, 'message');
  for (const padding of paddings) {
    await insertRunWithEvent(app.db.pool, { componentId, metadata: { padding } });
    app.services.ring();
  }
  await all;
  expect(received).toEqual([...messages, ...messages]);
  client.terminate();
});

test('a subscriber that reads nothing costs no memory, and catches up without a gap', async () => {
  const slow = await openBareSocket();
  const after = await cursorNow();
  const events = 600;
  const received: string[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  slow.on('message', (data) => {
    const { payload } = JSON.parse(String(data));
    received.push(`${payload.data.runEvents.runId}/${payload.data.runEvents.sequence}`);
    if (received.length === events) resolve();
  });
  slow.pause();
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  slow.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: EVENTS, variables: { after } } }));
  // 30 MB in all: far more than the network between the two holds.
  const runId = await insertRunWithEvent(app.db.pool, {
    componentId,
    metadata: { padding: 'x'.repeat(50_000) },
  });
  const written = [`${runId}/1`];
  for (let n = 2; n <= events; n += 1) {
    await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
    written.push(`${runId}/${n}`);
  }
  await app.services.feed.latest();
  collectGarbage();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(15 * 1024 * 1024);
  slow.resume();
  await all;
  expect(received).toEqual(written);
  slow.terminate();
});
