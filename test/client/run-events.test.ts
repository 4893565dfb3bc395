import { afterAll, beforeAll, expect, test } from 'vitest';
import { overEventStream, overWebSocket, watchRunEvents } from '../../src/client/run-events.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { appendEvent, insertRunWithEvent, untilReleased } from '../support/events.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { insertComponent } from '../support/runs.ts';
import { takeFirst } from '../support/subscriptions.ts';

let app: TestApp;
let proxy: TcpProxy;
let componentId: string;

beforeAll(async () => {
  app = await startTestApp();
  proxy = await startProxy(app.url);
  componentId = (await insertComponent(app.db.pool)).id;
});

afterAll(async () => {
  await proxy.close();
  await app.stop();
});

const transports = [
  { name: 'server-sent events', open: () => overEventStream({ url: proxy.url }) },
  { name: 'WebSocket', open: () => overWebSocket({ url: proxy.url }) },
];

async function write(runId: string): Promise<void> {
  await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  app.services.ring();
}

test.for(transports)(
  'each event comes once and in order, however often the connection is cut: $name',
  async ({ open }) => {
    const runId = await insertRunWithEvent(app.db.pool, { componentId });
    await untilReleased(app.db.pool);
    await app.services.feed.latest();
    const { feedCursor: after } = await app.query('{ feedCursor }');
    let breaks = 0;
    const watching = watchRunEvents<{ cursor: string; sequence: number }>({
      url: proxy.url,
      where: { runId: [runId] },
      after,
      transport: open(),
      onDisconnect: () => {
        breaks += 1;
      },
    });
    const sequences: number[] = [];
    const writing = (async () => {
      for (let n = 0; n < 60; n += 1) {
        await write(runId);
        if (n % 10 === 5) {
          proxy.cut(true);
          await write(runId);
          proxy.cut(false);
        }
      }
    })();
    for await (const { sequence } of watching) {
      sequences.push(sequence);
      if (sequence === 67) break;
    }
    await writing;
    expect(breaks).toBeGreaterThan(0);
    expect(sequences).toEqual(Array.from({ length: 66 }, (_, index) => index + 2));
  },
);

test.for(transports)('it goes on after a cursor that was kept: $name', async ({ open }) => {
  await app.services.feed.latest();
  const { feedCursor: after } = await app.query('{ feedCursor }');
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  await write(runId);
  const watch = (cursor: string) =>
    watchRunEvents({
      url: proxy.url,
      after: cursor,
      transport: open(),
      fields: 'runId sequence run { id status }',
    });
  const [first] = await takeFirst(watch(after), 1);
  expect(first).toMatchObject({ runId, sequence: 1, run: { id: runId, status: 'RUNNING' } });
  const [second] = await takeFirst(watch(first!.cursor), 1);
  expect(second).toMatchObject({ runId, sequence: 2 });
});

test.for(transports)('an expired cursor is an error, and not tried again: $name', async ({ open }) => {
  const after = Buffer.from('1.99999999.7.0').toString('base64url');
  const watching = watchRunEvents({ url: proxy.url, after, transport: open() });
  await expect(watching.next()).rejects.toMatchObject({ name: 'RunEventsError', code: 'CURSOR_EXPIRED' });
});

test.for(transports)(
  'a request that the server refuses is an error, and not tried again: $name',
  async ({ open }) => {
    const watching = watchRunEvents({ url: proxy.url, transport: open(), fields: 'noSuchField' });
    await expect(watching.next()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  },
);

test.for(transports)('it ends when its signal is aborted, connected or not: $name', async ({ open }) => {
  const leaving = new AbortController();
  const connected = watchRunEvents({ url: proxy.url, transport: open(), signal: leaving.signal }).next();
  const { promise: disconnected, resolve } = Promise.withResolvers<void>();
  const away = watchRunEvents({
    url: 'http://127.0.0.1:1/graphql',
    signal: leaving.signal,
    onDisconnect: () => resolve(),
  }).next();
  await disconnected;
  leaving.abort();
  expect(await Promise.all([connected, away])).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
  ]);
});
