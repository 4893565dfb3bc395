import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { parseJson } from '../../src/json/parse.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { askExactly } from '../support/exact.ts';
import { jsonNumber, jsonSample } from '../support/json-text.ts';
import { startScriptHost } from '../support/script-host.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

let app: TestApp;
let worker: Worker;
let host: Awaited<ReturnType<typeof startScriptHost>>;
let componentId: string;

/** The host's result is the very text that it was sent, the run's inputs somewhere in it. */
beforeAll(async () => {
  app = await startTestApp();
  host = await startScriptHost((response, { body }) => response.end(`{"sent":${body}}`));
  worker = await startTestWorker(app.db, { runnerUrl: host.url });
  componentId = await register(app, { key: 'exact', triggers: ['OPERATOR'] });
});
afterAll(async () => {
  await worker.stop();
  await host.stop();
  await app.stop();
});

const ENQUEUE = `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { code message path } } }`;
const READ = `query ($id: ID!) { run(id: $id) {
  status inputPayload metadata context request resultPayload resolvedBindings bindingSnapshot { ... on StaticBinding { value } }
  events(first: 10) { nodes { telemetry { outputPreview } } }
} }`;

/** JSON as jsonb writes it: PostgreSQL itself says what is to be read back, digit by digit. */
async function inPostgres(json: string): Promise<string> {
  const { rows } = await app.db.pool.query<{ text: string }>('select $1::jsonb::text as text', [json]);
  return rows[0]!.text;
}

async function enqueue(inputText: string): Promise<string> {
  const { data, errors } = await askExactly(app, ENQUEUE, `{"input":${inputText}}`);
  expect(errors).toBeUndefined();
  expect(data.enqueueRun.userErrors).toEqual([]);
  return data.enqueueRun.run.id;
}

async function ended(id: string) {
  await untilEvent(app.db, id, 'COMPLETED', 'FAILED');
  const { data } = await askExactly(app, READ, JSON.stringify({ id }));
  return data.run;
}

const callOf = (id: string) =>
  host.calls.find(({ request }) => request.headers['journey-run-id'] === id)!.body;

const storable = jsonSample.filter(
  ({ text }) => !/proto|u0000/.test(text) && text.isWellFormed() && !/\\ud[89a-f]/i.test(text),
);

it('every digit of a payload is the same at the script host, in its result and in all that is read of the run', async () => {
  await fc.assert(
    fc.asyncProperty(storable, jsonNumber, async ({ text }, number) => {
      const bindings = `[{"static":{"inputKey":"bound","value":[${number}]}},{"runtime":{"inputKey":"path","path":"input.doc"}}]`;
      const payload = `{"doc":[${number},${text}]}`;
      const id = await enqueue(
        `{"componentId":"${componentId}","inputPayload":${payload},"metadata":${payload},"context":${payload},"bindings":${bindings}}`,
      );
      const run = await ended(id);
      const stored = await inPostgres(payload);
      const body = callOf(id);
      const call = parseJson(body) as Record<string, Record<string, unknown>>;
      const same = async (shown: unknown) => expect(await inPostgres(JSON.stringify(shown))).toBe(stored);

      expect(run.status).toBe('COMPLETED');
      for (const shown of [run.inputPayload, run.metadata, run.context]) await same(shown);
      for (const part of ['input', 'metadata', 'context'] as const) {
        await same(call[part]);
        await same(run.request[part]);
        await same(run.resultPayload.sent[part]);
      }
      await same({ doc: call.inputs!.path });
      await same({ doc: run.resolvedBindings.path });
      const bound = await inPostgres(`[${number}]`);
      for (const value of [call.inputs!.bound, run.resolvedBindings.bound, run.bindingSnapshot[0].value])
        expect(JSON.stringify(value)).toBe(bound);
      expect(body).toContain(`"bound":${bound}`);
      expect(JSON.stringify(run.request)).toBe(JSON.stringify(call));
    }),
    { numRuns: 40 },
  );
});

it("Shopify's order is what the run, its events, a replay and the filters show, however it was sent", async () => {
  const order =
    '{"order":{"id":820982911946154508,"total":199.00,"rate":1e-7,"big":1E21,"edge":9007199254740993}}';
  const shown =
    '{"order":{"id":820982911946154508,"big":1000000000000000000000,"edge":9007199254740993,"rate":0.0000001,"total":199.00}}';
  const literal = order.replaceAll(/"(\w+)":/g, '$1:');
  const byVariable = await enqueue(`{"componentId":"${componentId}","inputPayload":${order}}`);
  const byLiteral = await askExactly(
    app,
    `mutation { enqueueRun(input: {componentId: "${componentId}", inputPayload: ${literal}}) { run { id } } }`,
  );
  const byNumber = await askExactly(
    app,
    `mutation ($id: JSON) { enqueueRun(input: {componentId: "${componentId}", inputPayload: {order: {id: $id}}}) { run { inputPayload } } }`,
    '{"id":820982911946154508}',
  );
  expect(JSON.stringify(byNumber.data.enqueueRun.run.inputPayload)).toBe(
    '{"order":{"id":820982911946154508}}',
  );
  const bySocket = await overSocket(
    ENQUEUE,
    `{"input":{"componentId":"${componentId}","inputPayload":${order}}}`,
  );
  for (const id of [byVariable, byLiteral.data.enqueueRun.run.id, bySocket.data.enqueueRun.run.id]) {
    const run = await ended(id);
    expect(JSON.stringify(run.inputPayload)).toBe(shown);
    expect(callOf(id)).toContain(`"inputs":${shown}`);
    expect(run.events.nodes.at(-1).telemetry.outputPreview).toContain('"id":820982911946154508');
  }

  const replayed = await askExactly(
    app,
    'mutation ($id: ID!) { replayRun(id: $id) { run { inputPayload } userErrors { message } } }',
    JSON.stringify({ id: byVariable }),
  );
  expect(JSON.stringify(replayed.data.replayRun.run.inputPayload)).toBe(shown);

  const preview = new URL(app.url);
  preview.search = new URLSearchParams({
    query: 'query ($input: EnqueueRunInput!) { previewRun(input: $input) { inputs request } }',
    variables: `{"input":{"componentId":"${componentId}","inputPayload":${order}}}`,
  }).toString();
  const previewed = await fetch(preview, { headers: { 'graphql-preflight': '1' } });
  expect(await previewed.text()).toContain(`"inputs":${shown}`);

  const found = (where: string) =>
    askExactly(
      app,
      'query ($where: RunFilter) { runs(first: 50, where: $where) { totalCount } }',
      `{"where":{"inputPayload":{"order":${where}}}}`,
    ).then(({ data }) => data.runs.totalCount);
  expect(await found('{"id":820982911946154508}')).toBe(5);
  expect(await found('{"id":820982911946154509}')).toBe(0);
  expect(await found('{"id":820982911946154508.0,"total":199}')).toBe(4);
});

/** What one operation over a WebSocket answers first, read with all digits. */
async function overSocket(query: string, variables: string) {
  const socket = new WebSocket(app.socketUrl, 'graphql-transport-ws');
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  return new Promise<ReturnType<typeof JSON.parse>>((resolve) =>
    socket.on('message', (data) => {
      const { type, payload } = parseJson(String(data)) as Record<string, unknown>;
      if (type === 'connection_ack')
        socket.send(
          `{"type":"subscribe","id":"a","payload":{"query":${JSON.stringify(query)},"variables":${variables}}}`,
        );
      if (type !== 'next') return;
      socket.close();
      resolve(payload);
    }),
  );
}

it('a filter of live events finds a number by its value', async () => {
  const { feedCursor } = await app.query('{ feedCursor }');
  const first = overSocket(
    'subscription ($after: String, $where: RunFilter) { runEvents(after: $after, where: $where) { runId } }',
    `{"after":"${feedCursor}","where":{"inputPayload":{"live":[{"id":820982911946154508.0}]}}}`,
  );
  const enqueued: string[] = [];
  for (const id of ['820982911946154509', '820982911946154500', '820982911946154508'])
    enqueued.push(
      await enqueue(`{"componentId":"${componentId}","inputPayload":{"live":[{"id":${id},"at":1}]}}`),
    );
  expect((await first).data.runEvents.runId).toBe(enqueued[2]);
});

it('a group shares exact numbers, frozen for its runs and shown', async () => {
  await save(app, {
    sku: 'EXACT',
    journeyComponents: [{ componentId: await register(app, { key: 'due' }) }],
  });
  const { data, errors } = await askExactly(
    app,
    'mutation ($input: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $input) { runs { id } userErrors { message } } }',
    `{"input":{"order":{"number":"1","payload":{"id":820982911946154508,"price":1.50,"more":"${'x'.repeat(100)}"},
      "lines":[{"sku":"EXACT","quantity":1.0,"payload":{"id":466157049000000000001}}]},"cart":{"total":1e2}}}`,
  );
  expect([errors, data.enqueueCheckoutRuns.userErrors]).toEqual([undefined, []]);
  const [{ id }] = data.enqueueCheckoutRuns.runs;
  const run = await ended(id);
  expect(run.status).toBe('COMPLETED');
  expect(JSON.stringify(run.request)).toBe(callOf(id));
  const { order, orderItem, cart } = run.inputPayload;
  expect(JSON.stringify([order.id, order.price, cart])).toBe('[820982911946154508,1.50,{"total":100}]');
  expect(JSON.stringify(orderItem)).toContain('466157049000000000001');
});

it('the catalogue and orders keep exact numbers, wherever they are read', async () => {
  const json = '{"id":723118940178826000123,"price":1.50,"list":[1e21,{"\\u00fc\\n":0.0000001}]}';
  const stored = JSON.stringify(parseJson(await inPostgres(json)));
  const key = 'exact-catalogue';
  const registered = await askExactly(
    app,
    'mutation ($input: RegisterComponentInput!) { registerComponent(input: $input) { component { id script { metadata } inputSchema } userErrors { message } } }',
    `{"input":{"key":"${key}","name":"n","triggers":["CHECKOUT"],"script":{"slug":"s","runtime":"r","metadata":${json}},"inputSchema":{"properties":{"id":{"maximum":723118940178826000123.50,"examples":[${json}]}}}}}`,
  );
  const { component } = registered.data.registerComponent;
  const saved = await askExactly(
    app,
    'mutation ($input: SaveProductInput!) { saveProduct(input: $input) { product { id attributes journeyComponents { metadata } } userErrors { message } } }',
    `{"input":{"sku":"EXACT-2","attributes":${json},"journeyComponents":[{"componentId":"${component.id}","metadata":${json},"bindings":[{"static":{"inputKey":"k","value":${json}}}]}]}}`,
  );
  const recorded = await askExactly(
    app,
    'mutation ($input: RecordOrderInput!) { recordOrder(input: $input) { order { id payload lines { quantity payload } } userErrors { message } } }',
    `{"input":{"number":"exact","payload":${json},"lines":[{"sku":"EXACT-2","quantity":1.50,"payload":${json}},{"sku":"x","quantity":0.25}]}}`,
  );
  const { product } = saved.data.saveProduct;
  const { order, userErrors } = recorded.data.recordOrder;
  expect(userErrors).toEqual([]);
  const read = await askExactly(
    app,
    `query ($component: ID!, $product: ID!, $order: ID!) {
      component(id: $component) { script { metadata } inputSchema versions(first: 5) { nodes { script { metadata } inputSchema } } attachments { nodes { metadata product { attributes } } } }
      product(id: $product) { attributes journeyComponents { metadata bindings { ... on StaticBinding { value } } component { script { metadata } } } }
      products { nodes { attributes journeyComponents { metadata } } }
      nodes(ids: [$product, $component, $order]) { ... on Product { attributes } ... on Component { script { metadata } } ... on Order { payload lines { quantity payload } } }
      order(id: $order) { payload lines { quantity payload product { attributes } } }
      orders { nodes { payload lines { quantity payload } } }
      orderAutomationPlan(input: {orderId: $order}) { line { quantity payload } }
    }`,
    JSON.stringify({ component: component.id, product: product.id, order: order.id }),
  );
  expect(read.errors).toBeUndefined();
  const text = JSON.stringify([component, product, order, read.data]);
  // Each place that shows it, those of the version's inputSchema in a list.
  expect(text.split(stored).length - 1).toBe(text.split('723118940178826000123,').length - 1);
  expect(text.split(stored).length - 1).toBeGreaterThan(25);
  expect(text).toContain('"maximum":723118940178826000123.50');
  expect(order.lines.map(({ quantity }: { quantity: number }) => Number(JSON.stringify(quantity)))).toEqual([
    1.5, 0.25,
  ]);
  const preview = await askExactly(
    app,
    'query ($input: EnqueueRunInput!, $attachment: AttachmentInput) { previewRun(input: $input, attachment: $attachment) { request userErrors { message } } }',
    `{"input":{"componentId":"${component.id}","productId":"${product.id}"}}`,
  );
  expect(JSON.stringify(preview.data).split(stored).length - 1).toBeGreaterThanOrEqual(5);
});

describe('numbers that cannot be stored', () => {
  it.each([
    ['{"a":[{"b":-0}]}', 'inputPayload.a.0.b is -0, which would be stored as 0; send 0.'],
    ['{"a":-0.00e-5}', 'inputPayload.a is -0, which would be stored as 0; send 0.'],
    [
      '{"a":1e1000}',
      'inputPayload.a has more than 1000 digits, written without an exponent; send it as a string.',
    ],
    [
      '{"a":{"b":[1,1e-16384]}}',
      'inputPayload.a.b.1 has more than 1000 digits, written without an exponent; send it as a string.',
    ],
    [
      '{"a":1e999999999999}',
      'inputPayload.a has more than 1000 digits, written without an exponent; send it as a string.',
    ],
  ])('%s is refused with its path, as a variable and as a literal', async (payload, message) => {
    const path = message.split(' ')[0]!.split('.');
    const byVariable = await askExactly(
      app,
      ENQUEUE,
      `{"input":{"componentId":"${componentId}","inputPayload":${payload}}}`,
    );
    const literal = payload.replaceAll(/"(\w+)":/g, '$1:');
    const byLiteral = await askExactly(
      app,
      `mutation { enqueueRun(input: {componentId: "${componentId}", inputPayload: ${literal}}) { run { id } userErrors { code message path } } }`,
    );
    for (const { data } of [byVariable, byLiteral])
      expect(data.enqueueRun).toEqual({ run: null, userErrors: [{ code: 'INVALID', message, path }] });
  });

  it('small ones count as the digits that they are stored as', async () => {
    const tiny = `{"a":[${Array(900).fill('5e-324')}]}`;
    const { data } = await askExactly(
      app,
      ENQUEUE,
      `{"input":{"componentId":"${componentId}","inputPayload":${tiny}}}`,
    );
    expect(data.enqueueRun.userErrors).toMatchObject([{ code: 'TOO_LARGE', path: ['inputPayload'] }]);
  });

  it.each(['5e-324', '1e-999', '-1e999', '0.00000012345678901234567890'])(
    'as many as fit of %s make a run that ends and is read',
    async (number) => {
      const length = (await inPostgres(number)).length + 1;
      const many = `{"a":[${Array(Math.floor(250_000 / length)).fill(number)}]}`;
      const run = await ended(await enqueue(`{"componentId":"${componentId}","inputPayload":${many}}`));
      expect(run.status).toBe('COMPLETED');
      expect(await inPostgres(JSON.stringify(run.inputPayload))).toBe(await inPostgres(many));
    },
  );
});

it('a repeat under an idempotency key may spell its numbers in another way, but no other number', async () => {
  const input = (number: string) =>
    `{"componentId":"${componentId}","idempotencyKey":"spelled","inputPayload":{"n":${number}}}`;
  const id = await enqueue(input('820982911946154508'));
  expect(await enqueue(input('820982911946154508.0'))).toBe(id);
  const { data } = await askExactly(app, ENQUEUE, `{"input":${input('820982911946154509')}}`);
  expect(data.enqueueRun.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
});

it('arguments that are no JSON are the nearest doubles, and 10.0 is an Int', async () => {
  const { data } = await askExactly(
    app,
    `query ($first: Int, $id: ID!) { runs(first: $first) { nodes { id } } component(id: $id) { id } }`,
    '{"first":1.0,"id":820982911946154508}',
  );
  expect(data.runs.nodes).toHaveLength(1);
  expect(data.component).toBeNull();
  const timeout = await askExactly(
    app,
    `mutation ($id: ID!, $input: UpdateComponentInput!) { updateComponent(id: $id, input: $input) { component { timeoutSeconds } } }`,
    `{"id":"${componentId}","input":{"timeoutSeconds":30.50}}`,
  );
  expect(timeout.data.updateComponent.component.timeoutSeconds).toBe(30.5);
});
