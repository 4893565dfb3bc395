import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createJourneyClient, type JourneyClientOptions } from '../../packages/client/src/client.ts';
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

afterEach(() => proxy.cut(false));

afterAll(async () => {
  await proxy.close();
  await app.stop();
});

const transports = ['websocket', 'sse'] as const;

const connect = (options: Partial<JourneyClientOptions>) => {
  const client = createJourneyClient({ url: proxy.url, ...options });
  return Object.assign(client, { [Symbol.dispose]: client.close });
};

async function write(runId: string): Promise<void> {
  await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  app.services.ring();
}

async function feedCursor(): Promise<string> {
  await untilReleased(app.db.pool);
  await app.services.feed.latest();
  return (await app.query('{ feedCursor }')).feedCursor;
}

test.for(transports)(
  'each event comes once and in order, however often the connection is cut: %s',
  async (transport) => {
    const runId = await insertRunWithEvent(app.db.pool, { componentId });
    const after = await feedCursor();
    const states = new Set<string>();
    const live = Promise.withResolvers<void>();
    using client = connect({
      transport,
      onStatus: ({ state }) => {
        states.add(state);
        if (state === 'live') live.resolve();
      },
    });
    const sequences: number[] = [];
    const writing = (async () => {
      await live.promise;
      for (let n = 0; n < 60; n += 1) {
        await write(runId);
        if (n % 10 !== 5) continue;
        proxy.cut(true);
        await write(runId);
        proxy.cut(false);
      }
    })();
    for await (const { sequence } of client.watchRunEvents({ where: { runId: [runId] }, after })) {
      sequences.push(sequence);
      if (sequence === 67) break;
    }
    await writing;
    expect(states).toContain('interrupted');
    expect(sequences).toEqual(Array.from({ length: 66 }, (_, index) => index + 2));
  },
);

test.for(transports)(
  'without a cursor it begins now, and misses nothing of an interruption before the first event: %s',
  async (transport) => {
    const runId = await insertRunWithEvent(app.db.pool, { componentId });
    await feedCursor();
    const live = Promise.withResolvers<void>();
    const interrupted = Promise.withResolvers<void>();
    using client = connect({
      transport,
      onStatus: ({ state }) => {
        if (state === 'live') live.resolve();
        if (state === 'interrupted') interrupted.resolve();
      },
    });
    const first = client.watchRunEvents({ where: { runId: [runId] } }).next();
    await live.promise;
    proxy.cut(true);
    await interrupted.promise;
    await write(runId);
    proxy.cut(false);
    expect((await first).value).toMatchObject({ runId, sequence: 2 });
  },
);

test.for(transports)('it continues after a stored cursor: %s', async (transport) => {
  const after = await feedCursor();
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  await write(runId);
  using client = connect({ transport });
  const [first] = await takeFirst(client.watchRunEvents({ after }), 1);
  expect(first).toMatchObject({ runId, sequence: 1, type: 'ENQUEUED' });
  const [second] = await takeFirst(client.watchRunEvents({ after: first!.cursor }), 1);
  expect(second).toMatchObject({ runId, sequence: 2, type: 'STARTED' });
});

test.for(transports)(
  'any document with $after and a cursor resumes, under an alias too: %s',
  async (transport) => {
    const runId = await insertRunWithEvent(app.db.pool, { componentId });
    const after = await feedCursor();
    using client = connect({ transport });
    const watch = client.watch(
      `subscription Steps($after: String, $runs: [ID!]) {
      step: runEvents(after: $after, where: { runId: $runs }) { ...Step }
    }
    fragment Step on RunEvent { sequence cursor run { id } }`,
      { after, runs: [runId] },
    );
    const seen: number[] = [];
    for (const n of [2, 3, 4]) {
      await write(runId);
      const { value } = await watch.next();
      seen.push(value!.step.sequence);
      expect(value).toMatchObject({ step: { sequence: n, run: { id: runId } } });
      proxy.cut(true);
      proxy.cut(false);
    }
    expect(seen).toEqual([2, 3, 4]);
  },
);

test.for(transports)(
  'without a cursor it starts again with the current state, and ends when the server completes it: %s',
  async (transport) => {
    const runId = await insertRunWithEvent(app.db.pool, { componentId });
    await feedCursor();
    const interrupted = Promise.withResolvers<void>();
    using client = connect({
      transport,
      onStatus: ({ state }) => state === 'interrupted' && interrupted.resolve(),
    });
    const watch = client.watch('subscription ($id: ID!) { runUpdated(id: $id) { status } }', { id: runId });
    expect((await watch.next()).value).toEqual({ runUpdated: { status: 'QUEUED' } });
    proxy.cut(true);
    await interrupted.promise;
    await appendEvent(app.db.pool, runId, { type: 'COMPLETED', status: 'COMPLETED' });
    app.services.ring();
    proxy.cut(false);
    expect((await watch.next()).value).toEqual({ runUpdated: { status: 'COMPLETED' } });
    expect(await watch.next()).toEqual({ done: true, value: undefined });
    expect(client.status).toEqual({ state: 'idle' });
  },
);

test.for(transports)(
  'an expired cursor is an error with its code, and is not sent again: %s',
  async (transport) => {
    const after = Buffer.from('1.99999999.7.0').toString('base64url');
    using client = connect({ transport });
    const watch = client.watchRunEvents({ after });
    await expect(watch.next()).rejects.toMatchObject({ name: 'JourneyClientError', code: 'CURSOR_EXPIRED' });
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  },
);

test.for(transports)(
  'return() and aborted signals end a pending next() at once, connected or not: %s',
  async (transport) => {
    const DONE = { done: true, value: undefined };
    const live = Promise.withResolvers<void>();
    using client = connect({ transport, onStatus: ({ state }) => state === 'live' && live.resolve() });
    const where = { runId: [NO_RUN] };
    const returned = client.watchRunEvents({ where });
    const leaving = new AbortController();
    const aborted = client.watchRunEvents({ where, signal: leaving.signal });
    const pending = [returned.next(), aborted.next()];
    await live.promise;
    expect(await returned.return!()).toEqual(DONE);
    leaving.abort();
    expect(await Promise.all(pending)).toEqual([DONE, DONE]);

    proxy.cut(true);
    const interrupted = Promise.withResolvers<void>();
    const closing = new AbortController();
    using away = connect({
      transport,
      signal: closing.signal,
      onStatus: ({ state }) => state === 'interrupted' && interrupted.resolve(),
    });
    const waiting = away.watchRunEvents().next();
    await interrupted.promise;
    closing.abort();
    expect(await waiting).toEqual(DONE);
    expect(away.status).toEqual({ state: 'closed' });
    expect(() => away.watchRunEvents()).toThrow('closed');
  },
);

/** The id of no run, so that no event of another test comes. */
const NO_RUN = '01900000-0000-7000-8000-000000000000';
