import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { recordOrder } from '../support/orders.ts';

let app: TestApp;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp();
  componentId = await register(app, { key: 'large' });
});
afterAll(() => app.stop());

const post = (body: string) =>
  fetch(app.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
const bodyOf = (list: string) => `{"query":"{ __typename }","variables":{"a":[${list}]}}`;
const repeated = (item: string, count: number) => Array(count).fill(item).join(',');

describe('a request has as many values as can be read in a moment', () => {
  it.each([
    ['ordinary values', '1', 249_000, 251_000],
    ['numbers that no double holds', '1.0', 24_900, 25_100],
    ['numbers with an exponent', '1e400', 6_000, 6_200],
    ['keys with an escape', '{"\\n":1}', 11_800, 12_000],
    ['objects with equal keys', '{"a":1}', 83_000, 84_000],
  ])('of %s', async (_, item, few, many) => {
    expect(await (await post(bodyOf(repeated(item, few)))).json()).toEqual({ data: { __typename: 'Query' } });
    const rejected = await post(bodyOf(repeated(item, many)));
    expect(rejected.status).toBe(400);
    const { errors } = (await rejected.json()) as { errors: object[] };
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(
          /^The body has more than 250000 values and keys; .* Send less at once\.$/,
        ),
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
  });

  it('of different keys, which count more', async () => {
    const bodyWith = (count: number) => {
      const keys = Array.from({ length: count }, (_, n) => `"k${n}":1`);
      return `{"query":"{ __typename }","variables":{"a":{${keys.join()}}}}`;
    };
    expect((await post(bodyWith(27_700))).status).toBe(200);
    expect((await post(bodyWith(27_800))).status).toBe(400);
  });

  it('of 12,000 lines of an order, each with a key of its own', async () => {
    const lines = Array.from(
      { length: 12_000 },
      (_, n) => `{"sku":"SKU-${n}","quantity":1,"price":${n}.99,"tags":["a","b"],"SKU-${n}":1}`,
    );
    expect((await post(bodyOf(lines.join()))).status).toBe(200);
  });

  it('also where a malformed body has a long text before many colons', async () => {
    const rejected = await post(`{"${'x'.repeat(1_000_000)}"${':'.repeat(3_000_000)}`);
    expect(rejected.status).toBe(400);
  });

  it('over a WebSocket too, which is closed', async () => {
    const socket = new WebSocket(app.socketUrl, 'graphql-transport-ws');
    const closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve([code, String(reason)])),
    );
    socket.once('open', () => socket.send(`{"type":"ping","payload":{"a":[${repeated('1.0', 50_000)}]}}`));
    expect(await closed).toEqual([4400, expect.stringContaining('The message has more than 250000 values')]);
  });
});

describe('an operation returns at most 16 MiB of JSON', () => {
  const TOO_MUCH = [
    { extensions: { code: 'BAD_REQUEST' }, message: expect.stringContaining('returns too much JSON') },
  ];
  const aliases = (field: string, count: number) =>
    Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');

  it('of a run, under many aliases', async () => {
    const { enqueueRun } = await app.query(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }',
      { input: { componentId, inputPayload: { text: 'x'.repeat(250 * 1024) } } },
    );
    const read = (count: number) =>
      app.ask(`query ($id: ID!) { run(id: $id) { ${aliases('inputPayload', count)} } }`, {
        id: enqueueRun.run.id,
      });
    const few = await read(50);
    expect(few.errors).toBeUndefined();
    expect(few.data.run.a49.text).toHaveLength(250 * 1024);
    const many = await read(100);
    expect(many.data.run).toBeNull();
    expect(many.errors).toMatchObject(TOO_MUCH);
  });

  it('of values, each of which counts', async () => {
    const { enqueueRun } = await app.query(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }',
      { input: { componentId, metadata: { list: Array(100_000).fill(1) } } },
    );
    const many = await app.ask(`query ($id: ID!) { run(id: $id) { ${aliases('metadata', 20)} } }`, {
      id: enqueueRun.run.id,
    });
    expect(many.errors).toMatchObject(TOO_MUCH);
  });

  it('of the lines of orders, which are not read beyond that', async () => {
    const payload = { text: 'x'.repeat(250 * 1024) };
    for (let n = 0; n < 5; n += 1)
      await recordOrder(app, {
        number: `large-${n}`,
        payload: {},
        lines: Array(15).fill({ quantity: 1, payload }),
      });
    const read = (first: number) =>
      app.ask('query ($first: Int) { orders(first: $first) { nodes { payload lines { payload } } } }', {
        first,
      });
    const few = await read(4);
    expect(few.errors).toBeUndefined();
    expect(few.data.orders.nodes[0].lines[14].payload).toEqual(payload);
    const many = await read(5);
    expect(many.errors).toMatchObject([
      { extensions: { code: 'BAD_REQUEST' }, message: expect.stringContaining('Request fewer orders') },
    ]);
  });
});
