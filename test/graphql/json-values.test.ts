import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { askExactly } from '../support/exact.ts';

let app: TestApp;
let ids: { component: string; product: string; attachment: string; run: string; order: string };
beforeAll(async () => {
  app = await startTestApp();
  const component = await register(app, { key: 'any', triggers: ['CHECKOUT', 'AUTOMATION'] });
  const { product } = await save(app, { sku: 'ANY', journeyComponents: [{ componentId: component }] });
  const { enqueueRun } = await app.query(
    `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }`,
    { input: { componentId: component } },
  );
  const { recordOrder } = await app.query(
    `mutation ($input: RecordOrderInput!) { recordOrder(input: $input) { order { id } } }`,
    { input: { number: 'N', payload: {}, lines: [{ sku: 'ANY', quantity: 1 }] } },
  );
  ids = {
    component,
    product: product.id,
    attachment: product.journeyComponents[0].id,
    run: enqueueRun.run.id,
    order: recordOrder.order.id,
  };
});
afterAll(() => app.stop());

const ERRORS = 'userErrors { code path message }';

/** Every place that takes JSON: the operation, and its variables with the value at $. */
const PLACES: [string, string, () => string][] = [
  ...['inputPayload', 'metadata', 'context'].flatMap((field): [string, string, () => string][] => [
    [
      `enqueueRun.${field}`,
      `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } ${ERRORS} } }`,
      () => `{"input":{"componentId":"${ids.component}","idempotencyKey":"${randomUUID()}","${field}":$}}`,
    ],
    [
      `enqueueRuns.${field}`,
      `mutation ($inputs: [EnqueueRunInput!]!) { enqueueRuns(inputs: $inputs) { results { run { id } ${ERRORS} } } }`,
      () => `{"inputs":[{"componentId":"${ids.component}","idempotencyKey":"${randomUUID()}","${field}":$}]}`,
    ],
    [
      `replayRun.${field}`,
      `mutation ($id: ID!, $input: ReplayRunInput) { replayRun(id: $id, input: $input) { run { id } ${ERRORS} } }`,
      () => `{"id":"${ids.run}","input":{"idempotencyKey":"${randomUUID()}","${field}":$}}`,
    ],
    [
      `previewRun.${field}`,
      `query ($input: EnqueueRunInput!) { previewRun(input: $input) { inputs request ${ERRORS} } }`,
      () => `{"input":{"componentId":"${ids.component}","${field}":$}}`,
    ],
    [
      `previewReplay.${field}`,
      `query ($id: ID!, $input: ReplayRunInput) { previewReplay(id: $id, input: $input) { inputs ${ERRORS} } }`,
      () => `{"id":"${ids.run}","input":{"${field}":$}}`,
    ],
    [
      `journeyPlan.${field}`,
      `query ($id: ID!, $json: JSONObject) { journeyPlan(productId: $id, ${field}: $json) { preview { inputs } } }`,
      () => `{"id":"${ids.product}","json":$}`,
    ],
    [
      `runs.where.${field}`,
      'query ($where: RunFilter) { runs(where: $where) { totalCount nodes { id } } }',
      () => `{"where":{"${field}":$}}`,
    ],
    [
      `Product.runs.where.${field}`,
      'query ($where: RunFilter) { products { nodes { journeyComponents { runs(where: $where) { nodes { id } } } } } }',
      () => `{"where":{"${field}":$}}`,
    ],
    [
      `runEvents.where.${field}`,
      'query ($where: RunFilter) { runEvents(where: $where) { nodes { sequence } } }',
      () => `{"where":{"${field}":$}}`,
    ],
    [
      `runStats.where.${field}`,
      'query ($where: RunFilter) { runStats(where: $where) { queued } }',
      () => `{"where":{"${field}":$}}`,
    ],
    [
      `bulkReplayRuns.where.${field}`,
      `mutation ($where: RunFilter!) { bulkReplayRuns(where: $where) { operation { id } ${ERRORS} } }`,
      () => `{"where":{"${field}":$}}`,
    ],
    [
      `bulkReplayRuns.input.${field}`,
      `mutation ($where: RunFilter!, $input: ReplayRunInput) { bulkReplayRuns(where: $where, input: $input) { operation { id } ${ERRORS} } }`,
      () => `{"where":{"runId":[]},"input":{"${field}":$}}`,
    ],
  ]),
  ...['value', 'path'].map((field): [string, string, () => string] => [
    `enqueueRun.bindings.${field}`,
    `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } ${ERRORS} } }`,
    () =>
      `{"input":{"componentId":"${ids.component}","bindings":[{"static":{"inputKey":"k","${field}":$}}]}}`,
  ]),
  [
    'registerComponent.inputSchema',
    `mutation ($input: RegisterComponentInput!) { registerComponent(input: $input) { component { inputSchema } ${ERRORS} } }`,
    () =>
      `{"input":{"key":"${randomUUID()}","name":"n","triggers":[],"script":{"slug":"s","runtime":"r"},"inputSchema":$}}`,
  ],
  [
    'registerComponent.script.metadata',
    `mutation ($input: RegisterComponentInput!) { registerComponent(input: $input) { component { id } ${ERRORS} } }`,
    () =>
      `{"input":{"key":"${randomUUID()}","name":"n","triggers":[],"script":{"slug":"s","runtime":"r","metadata":$}}}`,
  ],
  [
    'saveProduct.attributes',
    `mutation ($input: SaveProductInput!) { saveProduct(input: $input) { product { attributes } ${ERRORS} } }`,
    () => `{"input":{"sku":"${randomUUID()}","attributes":$}}`,
  ],
  [
    'saveProduct.journeyComponents.metadata',
    `mutation ($input: SaveProductInput!) { saveProduct(input: $input) { product { id } ${ERRORS} } }`,
    () =>
      `{"input":{"sku":"${randomUUID()}","journeyComponents":[{"componentId":"${ids.component}","metadata":$}]}}`,
  ],
  ...['payload', 'lines'].map((field): [string, string, () => string] => [
    `recordOrder.${field}`,
    `mutation ($input: RecordOrderInput!) { recordOrder(input: $input) { order { id } ${ERRORS} } }`,
    () =>
      field === 'payload'
        ? `{"input":{"number":"${randomUUID()}","payload":$,"lines":[]}}`
        : `{"input":{"number":"${randomUUID()}","payload":{},"lines":[{"sku":"ANY","quantity":1,"payload":$}]}}`,
  ]),
  ...['cart', 'checkout', 'metadata'].map((field): [string, string, () => string] => [
    `enqueueCheckoutRuns.${field}`,
    `mutation ($input: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $input) { runs { id } ${ERRORS} } }`,
    () =>
      `{"input":{"order":{"number":"${randomUUID()}","payload":{},"lines":[{"sku":"ANY","quantity":1}]},"${field}":$}}`,
  ]),
  [
    'runOrderAutomation.metadata',
    `mutation ($input: RunOrderAutomationInput!) { runOrderAutomation(input: $input) { runs { id } ${ERRORS} } }`,
    () => `{"input":{"orderId":"${ids.order}","idempotencyKey":"${randomUUID()}","metadata":$}}`,
  ],
  [
    'orderAutomationPlan.metadata',
    'query ($input: RunOrderAutomationInput!) { orderAutomationPlan(input: $input) { decision } }',
    () => `{"input":{"orderId":"${ids.order}","metadata":$}}`,
  ],
  ['an undeclared variable', '{ __typename }', () => '{"undeclared":$}'],
  ['a text', 'query ($sku: String) { product(sku: $sku) { id } }', () => '{"sku":$}'],
  ['a number', 'query ($first: Int) { runs(first: $first) { totalCount } }', () => '{"first":$}'],
  ['all variables', 'query ($a: Int) { runs(first: $a) { totalCount } }', () => '$'],
];

const nested = (open: string, inner: string, close: string, depth: number) =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

const VALUES = {
  'lists 20,000 deep': `{"a":${nested('[', '', ']', 20_000)}}`,
  'objects 20,000 deep': nested('{"a":', '1', '}', 20_000),
  'lists 300,000 deep': nested('[', '1.50', ']', 300_000),
  'objects 1,000 deep': nested('{"a":', '1e400', '}', 998),
  'objects 33 deep': nested('{"a":', '1', '}', 33),
  'objects 32 deep': nested('{"a":', '820982911946154508', '}', 32),
  'a raw number': '820982911946154508',
  'a number with a zero at its end': '1.0',
  'an object that looks raw': '{"rawJSON":"1"}',
  '-0': '{"a":-0}',
  'a huge exponent': '{"a":1e999999999}',
  __proto__: '{"__proto__":{"polluted":true}}',
  'a nested __proto__': '{"a":[{"__proto__":[]}]}',
  'names of Object.prototype':
    '{"constructor":{"prototype":{"polluted":1}},"toString":null,"hasOwnProperty":1,"valueOf":[]}',
  'a key twice': '{"a":{"b":1,"b":2}}',
  'a key twice, once escaped': '{"a":1,"\\u0061":2}',
  'a NUL': '{"a\\u0000":"\\u0000"}',
  'half a surrogate pair': '{"\\ud800":["\\udfff"]}',
  'a list': '[]',
  'a text': '"text"',
  true: 'true',
  null: 'null',
  'many small decimals': `{"a":[${Array(2_000).fill('5e-324')}]}`,
  'many mistakes': `{"${'k'.repeat(1_000)}":[${Array(1_000).fill('"\\u0000"')}]}`,
};

describe.each(PLACES)('%s', (_place, query, variables) => {
  it.each(Object.entries(VALUES))('takes or refuses %s in words', async (_value, json) => {
    const { data, errors } = await askExactly(
      app,
      query,
      variables().replace('$', () => json),
    );
    for (const { message, extensions } of errors ?? []) {
      expect(['BAD_REQUEST', 'NOT_FOUND', 'UNAVAILABLE'], message).toContain(extensions.code);
      expect(message.length).toBeLessThan(1_100);
    }
    expect(JSON.stringify(data ?? null).length).toBeLessThan(400_000);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

it('__proto__ is refused, and other names of Object.prototype are data', async () => {
  const enqueue = (payload: string) =>
    askExactly(
      app,
      `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { inputPayload } ${ERRORS} } }`,
      `{"input":{"componentId":"${ids.component}","inputPayload":${payload}}}`,
    ).then(({ data }) => data.enqueueRun);
  const names = '{"valueOf":[],"toString":null,"constructor":{"prototype":{"x":1}},"hasOwnProperty":1}';
  expect(JSON.stringify((await enqueue(names)).run.inputPayload)).toBe(names);
  expect(await enqueue('{"a":[{"__proto__":1}]}')).toMatchObject({
    run: null,
    userErrors: [{ code: 'INVALID', path: ['inputPayload', 'a', '0', '__proto__'] }],
  });
});

it('escaped keys are stored as they are, whatever keys others have sent', async () => {
  const save = (attributes: string) =>
    askExactly(
      app,
      `mutation ($input: SaveProductInput!) { saveProduct(input: $input) { product { attributes } } }`,
      `{"input":{"sku":"${randomUUID()}","attributes":${attributes}}}`,
    ).then(({ data }) => JSON.stringify(data.saveProduct.product.attributes));
  for (let times = 0; times < 3; times += 1) {
    expect(await save('{"\\\\":1}')).toBe('{"\\\\":1}');
    expect(await save('{"\\u00fcber":1.50}')).toBe('{"über":1.50}');
    expect(await save('{"a":{"b":0,"gr\\\\":1}}')).toBe('{"a":{"b":0,"gr\\\\":1}}');
    expect(await save('{"a":{"b":0,"gr\\u00f6\\u00dfe":1}}')).toBe('{"a":{"b":0,"größe":1}}');
  }
});

it('a subscription with a deep variable that it does not declare is opened', async () => {
  const leaving = new AbortController();
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: `{"query":"subscription { runEvents { sequence } }","variables":{"deep":${nested('[', '', ']', 20_000)}}}`,
    signal: leaving.signal,
  });
  await app.query(`mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }`, {
    input: { componentId: ids.component },
  });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('data:')) break;
  }
  leaving.abort();
  expect(text).toContain('data: {"data":{"runEvents":{"sequence":1}}}');
});
