import { once } from 'node:events';
import { type Attack, type AttackContext, times } from '../attack.ts';
import { open, post, postBody } from '../greedy-client.ts';
import { longestOf } from '../longest-delay.ts';
import { request } from '../raw-requests.ts';

/** JSON that is dear to read for its size, each as much of it as a request may have. */
const SHAPES: { [name: string]: { item: (n: number) => string; count: number; isObject?: true } } = {
  'unusual numbers': { item: () => '1.0', count: 24_500 },
  'long numbers': { item: (n) => `${1e15 + n}99`, count: 24_500 },
  'numbers with exponents': { item: () => '1e400', count: 6_000 },
  numbers: { item: () => '1', count: 245_000 },
  'empty objects': { item: () => '{}', count: 120_000 },
  'small objects': { item: () => '{"a":1}', count: 80_000 },
  'different keys': { item: (n) => `"${n.toString(36)}":1`, count: 27_500, isObject: true },
  'objects of different keys': { item: (n) => `{"${n.toString(36)}":1}`, count: 24_500 },
  'escaped keys': { item: (n) => `"\\n${n.toString(36)}":1`, count: 9_000, isObject: true },
  'empty texts': { item: () => '""', count: 240_000 },
  'lines of an order': {
    item: (n) => `{"sku":"SKU-${n}","quantity":${n % 7},"price":${n}.99,"tags":["a","b"]}`,
    count: 16_000,
  },
};
const PAYLOAD_BYTES = 250 * 1024;

function shape(name: string, parts = 1): string {
  const { item, count, isObject } = SHAPES[name]!;
  const items: string[] = [];
  let bytes = 0;
  for (let n = 0; n < count / parts && (parts === 1 || bytes < PAYLOAD_BYTES); n += 1) {
    items.push(item(n));
    bytes += items.at(-1)!.length + 1;
  }
  return isObject ? `{${items.join()}}` : `[${items.join()}]`;
}

const operation = (query: string, variables: string) =>
  `{"query":${JSON.stringify(query)},"variables":${variables}}`;

/** The largest inputs that are accepted, and larger ones. The event loop's delay is measured after each. */
export const largeInputs: Attack = {
  name: 'large inputs',
  tries:
    'the most JSON that requests may have, in eleven shapes, as checkout, runs, preview and filter; and 5 MB of each',
  async run(context) {
    const { api } = context;
    const made = JSON.parse(
      await post(
        api,
        `mutation { registerComponent(input: {key: "large", name: "large", triggers: [CHECKOUT], script: {slug: "s", runtime: "node"}}) { component { id } } }`,
      ),
    );
    const componentId = made.data.registerComponent.component.id;
    await post(
      api,
      `mutation { saveProduct(input: {sku: "LARGE", journeyComponents: [{componentId: "${componentId}"}]}) { product { id } } }`,
    );
    const longest = longestOf(context);
    const send = (name: string, body: string) => longest.after(name, () => postBody(api, body));
    for (let round = 0; round < times(context, 1, 3); round += 1)
      for (const name of Object.keys(SHAPES)) {
        await send(`${name}, undeclared`, operation('{ __typename }', `{"a":${shape(name)}}`));
        for (const [kind, body] of inputs(name, componentId, round)) await send(`${name}, ${kind}`, body);
      }
    return longest.told();
  },
};

function inputs(name: string, componentId: string, round: number): [string, string][] {
  const lines = Array(15).fill(`{"sku":"LARGE","quantity":1,"payload":{"p":${shape(name, 15)}}}`);
  const order = `{"number":"${name}-${round}","payload":{},"lines":[${lines.join()}]}`;
  const runs = Array.from(
    { length: 15 },
    (_, n) =>
      `{"componentId":"${componentId}","idempotencyKey":"${name}-${round}-${n}","inputPayload":{"p":${shape(name, 15)}}}`,
  );
  const payload = `{"p":${shape(name, 3)}}`;
  return [
    [
      'checkout',
      operation(
        'mutation ($i: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $i) { runs { id } userErrors { message } } }',
        `{"i":{"order":${order}}}`,
      ),
    ],
    [
      'enqueueRuns',
      operation(
        'mutation ($i: [EnqueueRunInput!]!) { enqueueRuns(inputs: $i) { run { id } userErrors { message } } }',
        `{"i":[${runs.join()}]}`,
      ),
    ],
    [
      'previewRun',
      operation(
        'query ($i: EnqueueRunInput!) { previewRun(input: $i) { accepted request } }',
        `{"i":{"componentId":"${componentId}","inputPayload":${payload},"context":${payload},"metadata":${payload}}}`,
      ),
    ],
    [
      'filter',
      operation(
        'query ($w: RunFilter) { runs(where: $w) { nodes { id } } }',
        `{"w":{"metadata":{"p":${shape(name, 2)}}}}`,
      ),
    ],
  ];
}

/** Bodies of 5 MB, which are rejected, and large values that were stored, under many names. */
export const numbers: Attack = {
  name: 'long numbers',
  tries:
    '5 MB of numbers that no double holds, of numbers that become long, of brackets and of quotes, and nested; stored JSON under 100 aliases',
  async run(context) {
    const { api } = context;
    const MIB5 = 5 * 1024 * 1024 - 100;
    const filled = (item: string) =>
      `[${Array(Math.floor(MIB5 / (item.length + 1)))
        .fill(item)
        .join()}]`;
    const values = {
      'unusual numbers': filled('1.0'),
      exponents: filled('1e999'),
      'empty objects': filled('{}'),
      'open brackets': '['.repeat(2_500_000),
      quotes: '"'.repeat(MIB5),
      'nested lists': `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
      'nested objects': `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
      'a key twice, nested': `${'{"a":'.repeat(100_000)}{"b":1,"b":2}${'}'.repeat(100_000)}`,
    };
    const longest = longestOf(context);
    for (let n = 0; n < times(context, 1, 10); n += 1)
      for (const [name, value] of Object.entries(values))
        await longest.after(name, () => raw(context, request(operation('{ __typename }', `{"a":${value}}`))));
    const stored = JSON.parse(
      await post(
        api,
        `mutation ($o: RecordOrderInput!) { recordOrder(input: $o) { order { id } userErrors { message } } }`,
        { o: { number: 'aliases', payload: { text: 'x'.repeat(200_000) }, lines: [] } },
      ),
    );
    const aliases = Array.from({ length: 100 }, (_, n) => `a${n}: payload`).join(' ');
    for (let n = 0; n < times(context, 2, 20); n += 1)
      await longest.after('100 aliases', () =>
        post(api, `{ order(id: "${stored.data.recordOrder.order.id}") { ${aliases} } }`),
      );
    return longest.told();
  },
};

async function raw({ api }: AttackContext, text: string): Promise<void> {
  const socket = await open(api);
  socket.write(text);
  await Promise.race([once(socket, 'data'), once(socket, 'close')]);
  socket.destroy();
}
