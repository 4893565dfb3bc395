import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enqueueAll, enqueueItem } from '../../src/runs/enqueue/enqueue-batch.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { untilReleased } from '../support/events.ts';
import { automate, checkOut, components, product, recordOrder } from '../support/orders.ts';
import { startScriptHost } from '../support/script-host.ts';
import { openEventStream } from '../support/subscriptions.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

/** Nothing else that is stored holds it. */
const CANARY = 'canary-ada@example.com';
const OTHER = 'canary-bob@example.com';

let app: TestApp;
let host: Awaited<ReturnType<typeof startScriptHost>>;
let worker: Worker | undefined;
let gift: string;
beforeAll(async () => {
  app = await startTestApp();
  // Half of the runs fail with what they got, the others give it back.
  host = await startScriptHost((response, { body }) => {
    const { inputs } = JSON.parse(body);
    response.writeHead(inputs.orderItem.fails ? 422 : 200).end(JSON.stringify({ seen: inputs }));
  });
  ({ gift } = await components(app, { gift: ['CHECKOUT', 'AUTOMATION'] }));
  await product(app, 'FORGET-1', [
    { componentId: gift, bindings: [{ runtime: { inputKey: 'email', path: 'input.order.email' } }] },
  ]);
});
afterAll(async () => {
  await worker?.stop();
  await host.stop();
  await app.stop();
});

const FORGET = `mutation ($id: ID, $number: String) {
  forgetOrder(id: $id, number: $number) { order { id number payload forgottenAt } runs userErrors { code message path } }
}`;
const forget = async (by: { id?: string; number?: string }) => (await app.query(FORGET, by)).forgetOrder;

const checkout = (email: string) => ({
  order: {
    number: `order-${randomUUID()}`,
    payload: { email },
    lines: [
      { sku: 'FORGET-1', quantity: 1, payload: { fails: false, note: email } },
      { sku: 'FORGET-1', quantity: 1, payload: { fails: true, note: email } },
      { sku: 'FORGET-1', quantity: 1, payload: { fails: false, note: email } },
    ],
  },
  cart: { email },
  checkout: { email },
  metadata: { email },
});

/** The tables, of all schemas, in which a text stands, with their rows. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await app.db.pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await app.db.pool.query(`select from ${name} t where strpos(t::text, $1) > 0`, [
      text,
    ]);
    if (rowCount) found.push(name);
  }
  return found;
}

const historyOf = async (ids: string[]) =>
  (
    await app.db.pool.query(
      'select run_id, sequence, xid, position, type, status, attempt, at, actor from journey_run_events where run_id = any($1::uuid[]) order by 1, 2',
      [ids],
    )
  ).rows;

test('an order is forgotten in every table and in the feed, and keeps its ids and the history of its runs', async () => {
  worker = await startTestWorker(app.db, { runnerUrl: host.url });
  const input = checkout(CANARY);
  const after = (await app.query('{ feedCursor }')).feedCursor;
  const { order, runs } = await checkOut(app, input);
  const other = await checkOut(app, checkout(OTHER));
  const ids: string[] = runs.map(({ id }: { id: string }) => id);
  for (const id of [...ids, ...other.runs.map(({ id }: { id: string }) => id)])
    await untilEvent(app.db, id, 'COMPLETED', 'FAILED');
  const { replayRun } = await app.query(
    'mutation ($id: ID!, $payload: JSONObject) { replayRun(id: $id, input: {inputPayload: $payload}) { run { id } } }',
    { id: ids[0], payload: { order: { email: CANARY }, orderItem: {} } },
  );
  await untilEvent(app.db, replayRun.run.id, 'COMPLETED');
  const { bulkReplayRuns } = await app.query(
    `mutation ($where: RunFilter!, $payload: JSONObject) {
      bulkReplayRuns(where: $where, input: {context: $payload}) { operation { id } userErrors { message } }
    }`,
    { where: { runId: [ids[1]] }, payload: { email: CANARY } },
  );
  const query = 'subscription ($id: ID!) { bulkOperationUpdated(id: $id) { status } }';
  for await (const _ of openEventStream(app, query, { id: bulkReplayRuns.operation.id }));
  const { runs: replays } = await app
    .query('query ($id: ID!) { run(id: $id) { replays { nodes { id } } } }', { id: ids[1] })
    .then(({ run }) => ({ runs: run.replays.nodes as { id: string }[] }));
  await untilEvent(app.db, replays[0]!.id, 'FAILED');

  const waiting = await app.query(
    `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }`,
    {
      input: {
        componentId: gift,
        orderId: order.id,
        inputPayload: { email: CANARY },
        bindings: [{ static: { inputKey: 'email', value: CANARY } }],
        runAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    },
  );
  expect(await forget({ id: order.id })).toMatchObject({
    order: null,
    userErrors: [{ code: 'CONFLICT', message: expect.stringMatching(/^1 runs .*Cancel them/) }],
  });
  expect(await tablesWith(CANARY)).toContain('public.orders');
  await app.query(
    'mutation ($id: ID!, $reason: String) { cancelRun(id: $id, reason: $reason) { run { id } } }',
    {
      id: waiting.enqueueRun.run.id,
      reason: `asked by ${CANARY}`,
    },
  );
  await untilReleased(app.db.pool);
  await app.services.feed.latest();
  const all = [...ids, replayRun.run.id, replays[0]!.id, waiting.enqueueRun.run.id];
  const before = await historyOf(all);

  expect(await forget({ number: input.order.number })).toMatchObject({
    order: { id: order.id, number: input.order.number, payload: {}, forgottenAt: expect.any(String) },
    runs: 6,
    userErrors: [],
  });
  expect(await tablesWith(CANARY)).toEqual([]);
  expect(await tablesWith(OTHER)).toEqual(
    expect.arrayContaining(['public.orders', 'public.journey_run_groups']),
  );
  expect(await historyOf(all)).toEqual(before);
  expect(await forget({ id: order.id })).toMatchObject({ order: { id: order.id }, runs: 0, userErrors: [] });

  // The feed's readers had the events in memory.
  const details =
    'type error { code message detail } telemetry { runner latencyMs outputPreview errorPreview } reason';
  const told: object[] = [];
  const subscription = `subscription ($after: String, $where: RunFilter) { runEvents(after: $after, where: $where) { ${details} } }`;
  for await (const { data } of openEventStream(app, subscription, { after, where: { runId: all } })) {
    told.push(data!.data.runEvents);
    if (told.length === before.length) break;
  }
  expect(JSON.stringify(told)).not.toContain(CANARY);
  expect(told).toContainEqual(
    expect.objectContaining({
      type: 'FAILED',
      error: { code: 'RUNNER_REJECTED', message: expect.stringContaining('erased'), detail: null },
      telemetry: expect.objectContaining({ runner: 'http', errorPreview: null }),
    }),
  );
});

test('nothing is made again of a forgotten order', async () => {
  const input = checkout(CANARY);
  const { order, runs, groupId } = await checkOut(app, input);
  for (const { id } of runs) await untilEvent(app.db, id, 'COMPLETED', 'FAILED');
  await forget({ id: order.id });
  const id = runs[1].id;

  const mutate = async (text: string, variables: object) =>
    Object.values(await app.query(text, variables))[0] as { userErrors: { code: string; message: string }[] };
  const refusals = [
    await mutate('mutation ($id: ID!) { replayRun(id: $id) { run { id } userErrors { code message } } }', {
      id,
    }),
    await mutate('mutation ($id: ID!) { retryRun(id: $id) { run { id } userErrors { code message } } }', {
      id,
    }),
    await mutate('query ($id: ID!) { previewReplay(id: $id) { userErrors { code message } } }', { id }),
    await mutate(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { code message } } }',
      { input: { componentId: gift, orderId: order.id } },
    ),
    await automate(app, { orderId: order.id }),
  ];
  for (const { userErrors } of refusals)
    expect(userErrors).toEqual([expect.objectContaining({ message: expect.stringContaining('forgotten') })]);

  const bulk = await app.query(
    `mutation ($where: RunFilter!) { bulkReplayRuns(where: $where) { operation { id } } }`,
    { where: { runId: [id] } },
  );
  const items = `subscription ($id: ID!) { bulkOperationUpdated(id: $id) { status done skipped } }`;
  let last: object | undefined;
  for await (const { data } of openEventStream(app, items, { id: bulk.bulkReplayRuns.operation.id }))
    last = data?.data?.bulkOperationUpdated ?? last;
  expect(last).toEqual({ status: 'COMPLETED', done: 0, skipped: 1 });

  // A repeated checkout is known by its hash, and brings nothing back.
  expect(await checkOut(app, input)).toMatchObject({ groupId, deduplicated: true, userErrors: [] });
  expect(await recordOrder(app, input.order)).toMatchObject({ order: { id: order.id, payload: {} } });
  expect(await tablesWith(CANARY)).toEqual([]);
});

test('a checkout of an order that was recorded and forgotten is refused', async () => {
  const input = checkout(CANARY);
  const { order } = await recordOrder(app, input.order);
  await forget({ id: order.id });
  expect((await checkOut(app, input)).userErrors).toEqual([
    { code: 'CONFLICT', message: expect.stringContaining('forgotten'), path: ['order', 'number'] },
  ]);
  expect(await tablesWith(CANARY)).toEqual([]);
});

test('a run that is being stored for the order is waited for', async () => {
  const { order } = await recordOrder(app, checkout(CANARY).order);
  const client = await app.db.pool.connect();
  await client.query('begin');
  const request = enqueueItem({
    componentId: gift,
    orderId: order.id,
    caller: '',
    requestHash: null,
    runAt: new Date(Date.now() + 3_600_000),
  });
  await enqueueAll(client, 'journey-runtime', [request]);
  const forgetting = forget({ id: order.id });
  let isAnswered = false;
  void forgetting.finally(() => {
    isAnswered = true;
  });
  const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while (!isAnswered && (await client.query(waits)).rowCount === 0) await pause(5);
  await client.query('commit');
  client.release();
  expect((await forgetting).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('an order that is not there is a mistake of the caller', async () => {
  for (const by of [{ id: randomUUID() }, { id: 'nonsense' }, { number: 'nowhere' }])
    expect((await forget(by)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});
