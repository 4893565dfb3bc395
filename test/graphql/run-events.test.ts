import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { appendEvent, beginWriter, insertRunWithEvent, untilReleased } from '../support/events.ts';
import { insertComponent } from '../support/runs.ts';
import { openEventStream, openSocket, takeFirst } from '../support/subscriptions.ts';

const EVENT = `cursor runId sequence type status attempt at error { code message } actor run { id component { key } }`;
const SUBSCRIPTION = `subscription ($where: RunFilter, $after: String) { runEvents(where: $where, after: $after) { ${EVENT} } }`;
const HISTORY = `query ($where: RunFilter, $after: String, $first: Int) {
  runEvents(where: $where, after: $after, first: $first) { edges { cursor node { ${EVENT} } } pageInfo { hasNextPage endCursor } } }`;

let app: TestApp;
let socket: ReturnType<typeof openSocket>;
let component: { id: string; key: string };
let other: { id: string; key: string };

beforeAll(async () => {
  app = await startTestApp();
  socket = openSocket(app);
  component = await insertComponent(app.db.pool);
  other = await insertComponent(app.db.pool);
});

afterAll(async () => {
  await socket.close();
  await app.stop();
});

/** Runs of two components with what befell them, written side by side so that transaction ids and positions disagree. */
async function writeSomeHistory(): Promise<string[]> {
  const runIds: string[] = [];
  const slow = await beginWriter(app.db.pool);
  runIds.push(
    await insertRunWithEvent(slow.client, { componentId: component.id, metadata: { initiator: 'checkout' } }),
  );
  for (let n = 0; n < 8; n += 1) {
    const componentId = n % 2 === 0 ? component.id : other.id;
    const runId = await insertRunWithEvent(app.db.pool, {
      componentId,
      channel: n % 3 === 0 ? 'storefront' : null,
      metadata: n % 3 === 1 ? { initiator: 'checkout', n } : {},
    });
    await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
    if (n % 4 === 0) {
      const error = { code: 'RUNNER_FAILED', message: 'Answered 500.', detail: null, retryable: true };
      await appendEvent(app.db.pool, runId, { type: 'FAILED', status: 'FAILED', error });
    } else if (n % 4 === 1) await appendEvent(app.db.pool, runId, { type: 'COMPLETED', status: 'COMPLETED' });
    runIds.push(runId);
  }
  await slow.commit();
  app.services.ring();
  await untilReleased(app.db.pool);
  return runIds;
}

type HistoryEvent = { cursor: string; runId: string; status: string };

async function history(variables: object): Promise<HistoryEvent[]> {
  const nodes: HistoryEvent[] = [];
  for (let after: string | null | undefined; ; ) {
    const { runEvents } = await app.query(HISTORY, { first: 7, ...variables, ...(after && { after }) });
    for (const { cursor, node } of runEvents.edges) {
      expect(cursor).toBe(node.cursor);
      nodes.push(node);
    }
    if (!runEvents.pageInfo.hasNextPage) return nodes;
    after = runEvents.pageInfo.endCursor;
  }
}

const feedCursor = async (): Promise<string> => {
  await untilReleased(app.db.pool);
  await app.services.feed.latest();
  return (await app.query('{ feedCursor }')).feedCursor;
};

test.for([
  { name: 'no filter', where: {} },
  { name: 'a component', where: { componentKey: ['ours'] } },
  { name: 'a status', where: { status: ['COMPLETED', 'FAILED'] } },
  { name: 'an error code', where: { errorCode: ['RUNNER_FAILED'] } },
  { name: 'a channel and a status', where: { channel: ['storefront'], status: ['RUNNING'] } },
  { name: 'what JSON contains', where: { metadata: { initiator: 'checkout' } } },
  {
    name: 'when it ended',
    where: { completedAfter: '2020-01-01T00:00:00Z', completedBefore: '2100-01-01T00:00:00Z' },
  },
  {
    name: 'what is excluded',
    where: {
      not: [
        { status: ['COMPLETED'] },
        { metadata: { initiator: 'checkout' } },
        { channel: ['storefront'], status: ['RUNNING'] },
        { errorCode: ['RUNNER_FAILED'], queuedBefore: '2100-01-01T00:00:00Z' },
      ],
    },
  },
  { name: 'when it was queued', where: { queuedAfter: '2020-01-01T00:00:00Z' } },
])('history, WebSocket and SSE give the same events in the same order: $name', async ({ where }) => {
  const asked = where.componentKey ? { componentKey: [component.key] } : where;
  const after = await feedCursor();
  await writeSomeHistory();
  await app.services.feed.latest();
  const expected = await history({ where: asked, after });
  expect(expected.length).toBeGreaterThan(0);
  const variables = { where: asked, after };
  const overSocket = await takeFirst(socket.subscribe(SUBSCRIPTION, variables), expected.length);
  const overSse = await takeFirst(openEventStream(app, SUBSCRIPTION, variables), expected.length);
  expect(overSocket.map(({ data }) => data.runEvents)).toEqual(expected);
  expect(overSse.map(({ data }) => data!.data.runEvents)).toEqual(expected);
});

test('exclusions and a search select events alike in history and live', async () => {
  const after = await feedCursor();
  const text = `2026-${randomUUID()}`;
  const orderId = randomUUID();
  await app.db.pool.query(
    "insert into orders (id, number, placed_at, request_hash) values ($1, $2, now(), '')",
    [orderId, text],
  );
  const insert = (given: object) =>
    insertRunWithEvent(app.db.pool, { componentId: component.id, channel: 'searched', ...given });
  const byKey = await insert({ idempotencyKey: text });
  const byOrder = await insert({ orderId });
  const other = await insert({
    idempotencyKey: 'another',
    metadata: { test: true },
    priority: 'LOW',
    replayOfId: byKey,
  });
  await appendEvent(app.db.pool, byKey, { type: 'STARTED', status: 'RUNNING' });
  app.services.ring();
  await untilReleased(app.db.pool);
  await app.services.feed.latest();

  const expectEvents = async (where: object, expected: string[]) => {
    const found = await history({ where, after });
    expect(found.map(({ runId, status }) => `${runId} ${status}`)).toEqual(expected);
    const live = await takeFirst(socket.subscribe(SUBSCRIPTION, { where, after }), expected.length);
    expect(live.map(({ data }) => data.runEvents)).toEqual(found);
  };
  await expectEvents({ search: text }, [`${byKey} QUEUED`, `${byOrder} QUEUED`, `${byKey} RUNNING`]);
  await expectEvents({ orderNumber: [text] }, [`${byOrder} QUEUED`]);
  await expectEvents({ search: ` ${other.toUpperCase()} ` }, [`${other} QUEUED`]);
  await expectEvents({ replayOfId: [byOrder, byKey.toUpperCase(), 'not-an-id'] }, [`${other} QUEUED`]);
  const channel = ['searched'];
  await expectEvents({ channel, not: [{ metadata: { test: true } }, { status: ['RUNNING'] }] }, [
    `${byKey} QUEUED`,
    `${byOrder} QUEUED`,
  ]);
  await expectEvents({ channel, priority: ['LOW', 'HIGH'] }, [`${other} QUEUED`]);
  await expectEvents({ channel, not: [{ priority: ['LOW'] }, { status: ['RUNNING'] }] }, [
    `${byKey} QUEUED`,
    `${byOrder} QUEUED`,
  ]);
  await expectEvents({ channel, not: [{ status: ['QUEUED'], orderNumber: [text] }] }, [
    `${byKey} QUEUED`,
    `${other} QUEUED`,
    `${byKey} RUNNING`,
  ]);
});

test('an empty list matches nothing, and null is no condition', async () => {
  const after = await feedCursor();
  await writeSomeHistory();
  await app.services.feed.latest();
  expect(await history({ where: { status: [] }, after })).toEqual([]);
  expect(await history({ where: { runId: ['not-an-id'] }, after })).toEqual([]);
  expect((await history({ where: { status: null }, after })).length).toBeGreaterThan(9);
});

test('history shows nothing that a subscription would not have sent yet', async () => {
  const after = await feedCursor();
  const slow = await beginWriter(app.db.pool);
  const held = await insertRunWithEvent(slow.client, { componentId: component.id });
  const waiting = await insertRunWithEvent(app.db.pool, { componentId: component.id });
  expect(await history({ after })).toEqual([]);
  await slow.commit();
  await untilReleased(app.db.pool);
  expect(await history({ after })).toMatchObject([{ runId: held }, { runId: waiting }]);
});

test("a mutation's answer has its own event, whatever else is being written", async () => {
  const slow = await beginWriter(app.db.pool);
  const made = await app.query(
    `mutation ($id: ID!) { enqueueRun(input: { componentId: $id }) { run { id events { nodes { type } } } } }`,
    { id: component.id },
  );
  const { id, events } = made.enqueueRun.run;
  expect(events.nodes).toEqual([{ type: 'ENQUEUED' }]);
  const canceled = await app.query(
    'mutation ($id: ID!) { cancelRun(id: $id) { run { events { nodes { type } } } } retryRun(id: $id) { run { events { nodes { type } } } } }',
    { id },
  );
  const types = (run: { events: { nodes: { type: string }[] } }) => run.events.nodes.map(({ type }) => type);
  expect(types(canceled.cancelRun.run)).toEqual(['ENQUEUED', 'CANCELED']);
  expect(types(canceled.retryRun.run)).toEqual(['ENQUEUED', 'CANCELED', 'RETRIED']);
  await slow.commit();
});

test("a run's own events show while a transaction holds the feed back, and their cursors serve the stream", async () => {
  const before = await feedCursor();
  const slow = await beginWriter(app.db.pool);
  await slow.client.query('set local idle_in_transaction_session_timeout = 0');
  const hidden = await insertRunWithEvent(slow.client, { componentId: component.id });
  const runId = await insertRunWithEvent(app.db.pool, { componentId: component.id });
  await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  const eventsOf = async (id: string, after: string | null = null) =>
    (
      await app.query(
        'query ($id: ID!, $after: String) { run(id: $id) { events(after: $after) { nodes { cursor sequence type } } } }',
        { id, after },
      )
    ).run.events.nodes as { cursor: string; sequence: number; type: string }[];
  const shown = await eventsOf(runId);
  expect(shown.map(({ type }) => type)).toEqual(['ENQUEUED', 'STARTED']);
  const [first, last] = [shown[0]!.cursor, shown[1]!.cursor];
  expect((await eventsOf(runId, first)).map(({ type }) => type)).toEqual(['STARTED']);

  // Of other runs, events may still come to stand before it.
  for (const where of [{}, { runId: [hidden] }, { runId: [runId, hidden] }]) {
    const { errors } = await app.ask(
      'query ($after: String, $where: RunFilter) { runEvents(after: $after, where: $where) { nodes { runId } } }',
      { after: last, where },
    );
    expect(errors).toMatchObject([
      { message: expect.stringContaining(runId), extensions: { code: 'BAD_REQUEST' } },
    ]);
    const [refused] = await takeFirst(openEventStream(app, SUBSCRIPTION, { after: last, where }), 1);
    expect(refused?.data?.errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  }

  const where = { runId: [runId.toUpperCase()] };
  const live = [first, last].map((after) =>
    takeFirst(socket.subscribe(SUBSCRIPTION, { after, where }), after === first ? 2 : 1),
  );
  await appendEvent(app.db.pool, runId, { type: 'COMPLETED', status: 'COMPLETED' });
  expect(await history({ after: last, where })).toEqual([]);
  await slow.commit();
  app.services.ring();
  const [fromFirst, fromLast] = await Promise.all(live);
  expect(fromFirst!.map(({ data }) => data.runEvents.type)).toEqual(['STARTED', 'COMPLETED']);
  expect(fromLast!.map(({ data }) => data.runEvents.type)).toEqual(['COMPLETED']);
  await untilReleased(app.db.pool);
  expect(await history({ after: last, where })).toMatchObject([{ type: 'COMPLETED' }]);
  expect(await history({ after: before })).toHaveLength(4);
  const { cursor } = (await eventsOf(runId))[0]!;
  expect(await history({ after: cursor })).toHaveLength(2);
});

test("a run's events page by cursors that the feed understands", async () => {
  const after = await feedCursor();
  const runId = await insertRunWithEvent(app.db.pool, { componentId: component.id });
  await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  await appendEvent(app.db.pool, runId, { type: 'COMPLETED', status: 'COMPLETED' });
  await untilReleased(app.db.pool);
  const query = `query ($id: ID!, $after: String) { run(id: $id) { events(first: 2, after: $after) {
    nodes { cursor type } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
  const { run: first } = await app.query(query, { id: runId });
  expect(first.events.nodes.map(({ type }: { type: string }) => type)).toEqual(['ENQUEUED', 'STARTED']);
  expect(first.events.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const { run: second } = await app.query(query, { id: runId, after: first.events.pageInfo.endCursor });
  expect(second.events.nodes).toMatchObject([{ type: 'COMPLETED' }]);
  expect(second.events.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const live = socket.subscribe(SUBSCRIPTION, {
    after: first.events.pageInfo.endCursor,
    where: { runId: [runId] },
  });
  expect((await takeFirst(live, 1))[0]?.data.runEvents).toMatchObject({
    type: 'COMPLETED',
    run: { id: runId },
  });
  expect((await history({ after, where: { runId: [runId] } })).length).toBe(3);
});

test('server-sent events carry their cursor as id, and Last-Event-ID resumes after it whatever `after` says', async () => {
  const after = await feedCursor();
  await writeSomeHistory();
  const [first, second] = await takeFirst(openEventStream(app, SUBSCRIPTION, { after }), 2);
  expect(first).toMatchObject({ event: 'next', id: first!.data!.data.runEvents.cursor });
  const resumed = openEventStream(app, SUBSCRIPTION, { after }, { 'last-event-id': first!.id! });
  expect(await takeFirst(resumed, 1)).toEqual([second]);
});

test('subscribers of the same operation get the same events from wherever each of them begins', async () => {
  const after = await feedCursor();
  await writeSomeHistory();
  await app.services.feed.latest();
  const all = await history({ after });
  const received = await Promise.all(
    all
      .slice(0, -1)
      .map((node, index) =>
        takeFirst(socket.subscribe(SUBSCRIPTION, { after: node.cursor }), all.length - 1 - index),
      ),
  );
  for (const [index, events] of received.entries())
    expect(events.map(({ data }) => data.runEvents)).toEqual(all.slice(index + 1));
});

test('operations that differ in more than the cursor are not taken for each other', async () => {
  const after = await feedCursor();
  const runId = await insertRunWithEvent(app.db.pool, { componentId: component.id });
  const text = (events: string) =>
    `subscription ($after: String, $n: Int) { runEvents(after: $after) { ${events} } }`;
  const nested = 'run { events(first: $n) { nodes { sequence } } }';
  const results = await Promise.all([
    takeFirst(socket.subscribe(text(`runId ${nested}`), { after, n: 1 }), 1),
    takeFirst(socket.subscribe(text(`runId ${nested}`), { after, n: 2 }), 1),
    takeFirst(
      socket.subscribe('subscription ($after: String) { runEvents(after: $after) { sequence } }', { after }),
      1,
    ),
  ]);
  const expected = { runId, run: { events: { nodes: [{ sequence: 1 }] } } };
  expect(results.map(([result]) => result!.data.runEvents)).toEqual([expected, expected, { sequence: 1 }]);
});

test('a place that does not hold ends the stream with CURSOR_EXPIRED, and a malformed one is refused', async () => {
  const expired = Buffer.from('1.99999999.7.0').toString('base64url');
  const variables = { after: expired };
  const [sse] = await takeFirst(openEventStream(app, SUBSCRIPTION, variables), 1);
  expect(sse!.data!.errors).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
  await expect(takeFirst(socket.subscribe(SUBSCRIPTION, variables), 1)).rejects.toMatchObject([
    { extensions: { code: 'CURSOR_EXPIRED' } },
  ]);
  const { errors } = await app.ask(HISTORY, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
  const [refusal] = await takeFirst(socket.subscribe(SUBSCRIPTION, { after: 'nonsense' }), 1);
  expect(refusal!.errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  expect((await app.ask(HISTORY, { after: 'nonsense' })).errors).toMatchObject([
    { extensions: { code: 'BAD_REQUEST' } },
  ]);
});

test('a list read beside feedCursor and a subscription after it miss nothing', async () => {
  const { feedCursor: after, runs } = await app.query('{ feedCursor runs(first: 1) { nodes { id } } }');
  expect(runs.nodes).toHaveLength(1);
  const runId = await insertRunWithEvent(app.db.pool, { componentId: component.id });
  const [event] = await takeFirst(socket.subscribe(SUBSCRIPTION, { after, where: { runId: [runId] } }), 1);
  expect(event!.data.runEvents).toMatchObject({ runId, sequence: 1 });
});

test('the sequence of a run is that of its latest event, in a list and by its id', async () => {
  const runId = await insertRunWithEvent(app.db.pool, { componentId: component.id });
  const read = async () => {
    const { run, runs } = await app.query(
      `query ($id: ID!) {
        run(id: $id) { sequence events { nodes { sequence } } } runs(where: { runId: [$id] }) { nodes { sequence } }
      }`,
      { id: runId },
    );
    expect(runs.nodes).toEqual([{ sequence: run.sequence }]);
    expect(run.events.nodes.at(-1)).toEqual({ sequence: run.sequence });
    return run.sequence;
  };
  expect(await read()).toBe(1);
  await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  await appendEvent(app.db.pool, runId, { type: 'COMPLETED', status: 'COMPLETED' });
  expect(await read()).toBe(3);
});

test("a secret of the run's bindings is masked in its events too", async () => {
  const after = await feedCursor();
  const runId = await insertRunWithEvent(app.db.pool, {
    componentId: component.id,
    bindingSnapshot: [
      { kind: 'static', inputKey: 'token', value: 'hunter2hunter2hunter2', required: true, secret: true },
    ],
  });
  const error = {
    code: 'INPUT_INVALID',
    message: 'hunter2hunter2hunter2 is too short',
    detail: null,
    retryable: true,
  };
  await appendEvent(app.db.pool, runId, { type: 'FAILED', status: 'FAILED', error });
  const [, failed] = await takeFirst(socket.subscribe(SUBSCRIPTION, { after, where: { runId: [runId] } }), 2);
  expect(failed!.data.runEvents.error.message).toBe('•••••• is too short');
});
