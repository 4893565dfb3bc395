import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';

let app: TestApp;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp();
  componentId = await register(app, { key: 'variables' });
});
afterAll(() => app.stop());

const enqueued = async (inputPayload: string, definitions = '', variables = {}) => {
  const { enqueueRun } = await app.query(
    `mutation ($c: ID! ${definitions}) { enqueueRun(input: { componentId: $c, inputPayload: ${inputPayload} }) {
      run { inputPayload } userErrors { message } } }`,
    { c: componentId, ...variables },
  );
  expect(enqueueRun.userErrors).toEqual([]);
  return enqueueRun.run.inputPayload;
};

describe('a variable within a JSON literal', () => {
  it('is stored as its value', async () => {
    const payload = await enqueued(
      '{ sku: $sku, list: [$n, { deep: $o }], at: $at, trigger: $t, all: $all }',
      ', $sku: String!, $n: Float, $o: JSON, $at: DateTime, $t: Trigger, $all: [DateTime!]',
      {
        sku: 'A-1',
        n: 1.5,
        o: { a: [1, null] },
        at: '2026-03-09T16:05:00Z',
        t: 'CHECKOUT',
        all: ['2026-03-09T16:05:00Z'],
      },
    );
    expect(payload).toEqual({
      sku: 'A-1',
      list: [1.5, { deep: { a: [1, null] } }],
      at: '2026-03-09T16:05:00.000Z',
      trigger: 'CHECKOUT',
      all: ['2026-03-09T16:05:00.000Z'],
    });
  });

  it('that has no value leaves its field out of an object, and is null in a list', async () => {
    expect(await enqueued('{ a: $a, b: [$a, 1] }', ', $a: String')).toEqual({ b: [null, 1] });
  });

  it('that is null is null, and one with a default has that', async () => {
    const payload = await enqueued(
      '{ a: $a, b: $b, at: $at }',
      ', $a: String = "x", $b: Int = 2, $at: DateTime = "2026-03-09T16:05:00Z"',
      { a: null },
    );
    expect(payload).toEqual({ a: null, b: 2, at: '2026-03-09T16:05:00.000Z' });
  });
});

describe('a variable that is not given', () => {
  it('leaves a field of an input object out, and clears nothing', async () => {
    const id = await register(app, { key: 'described', description: 'Stays.' });
    const update = (definitions: string, variables: object) =>
      app.query(
        `mutation ($id: ID!, $n: String, ${definitions}) {
          updateComponent(id: $id, input: { name: $n, description: $d }) { component { name description } userErrors { code } } }`,
        { id, ...variables },
      );
    expect((await update('$d: String', { n: 'Renamed' })).updateComponent).toEqual({
      component: { name: 'Renamed', description: 'Stays.' },
      userErrors: [],
    });
    const cleared = await update('$d: String', { n: 'Renamed', d: null });
    expect(cleared.updateComponent.component.description).toBeNull();
  });

  it('may have a moment as its default', async () => {
    const answer = await app.ask(
      `query ($from: DateTime = "2026-03-09T16:05:00Z") { runs(where: { queuedAfter: $from }) { totalCount } }`,
    );
    expect(answer.errors).toBeUndefined();
  });
});

it.each([
  ['an argument', 'mutation ($id: ID) { cancelRun(id: $id) { run { id } } }', 'id'],
  [
    'a field of an input object',
    'mutation ($sku: String) { saveProduct(input: { sku: $sku }) { product { id } } }',
    'sku',
  ],
])('a null for %s that takes none is refused before anything runs', async (_, query, name) => {
  const { data, errors } = await app.ask(query, { [name]: null });
  expect([data ?? null, errors]).toEqual([
    null,
    [expect.objectContaining({ extensions: { code: 'BAD_REQUEST' } })],
  ]);
});

it('a null by a variable with a default, for an argument that takes none, fails that field alone', async () => {
  const sku = randomUUID();
  const { errors } = await app.ask(
    `mutation ($sku: String!, $id: ID = "x") {
      saveProduct(input: { sku: $sku }) { product { id } }
      cancelRun(id: $id) { run { id } }
    }`,
    { sku, id: null },
  );
  expect(errors).toMatchObject([{ path: ['cancelRun'], extensions: { code: 'BAD_REQUEST' } }]);
  expect((await app.query('query ($sku: String) { product(sku: $sku) { sku } }', { sku })).product).toEqual({
    sku,
  });
});

describe('what is skipped once', () => {
  const spread = 'fragment F on Mutation { saveProduct(input: { sku: $sku }) { product { sku } } }';

  it('stays where the fragment is spread again', async () => {
    const sku = randomUUID();
    const answer = await app.query(
      `mutation ($sku: String!, $no: Boolean!) { ...F @include(if: $no) ...F @skip(if: $no) } ${spread}`,
      { sku, no: false },
    );
    expect(answer).toEqual({ saveProduct: { product: { sku } } });
  });

  it('stays where the field is selected again', async () => {
    const answer = await app.query(
      'query ($yes: Boolean!) { components(first: 1) { totalCount @skip(if: $yes) totalCount nodes { key @skip(if: $yes) key } } }',
      { yes: true },
    );
    expect(answer.components.nodes).toHaveLength(1);
    expect(answer.components.nodes[0].key).toEqual(expect.any(String));
  });
});

it('a string of a document is never code', async () => {
  const flag = `ran_${randomUUID().replaceAll('-', '')}`;
  const text = `__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d(globalThis.${flag} = true, 0)`;
  const query = `{ orders(search: ${JSON.stringify(text)}) { totalCount } }`;
  expect(await app.query(query)).toEqual({ orders: { totalCount: 0 } });
  const get = await fetch(`${app.url}?query=${encodeURIComponent(query)}`, {
    headers: { 'graphql-preflight': '1' },
  });
  expect(await get.json()).toEqual({ data: { orders: { totalCount: 0 } } });
  expect(Object.hasOwn(globalThis, flag)).toBe(false);
});

it('a document that was within the limit of cost is weighed again with other variables', async () => {
  const pages = `query ($n: Int) { products(first: $n) { nodes { journeyComponents { recentRuns(first: $n) {
    id component { id } } } } } }`;
  // Each field that filters weighs 500 more than one whose filter is null.
  const filter = `query ($where: RunFilter) { ${Array.from({ length: 60 }, (_, n) => `f${n}: runs(first: 1, where: $where) { nodes { id } }`).join(' ')} }`;
  for (const [query, small, large] of [
    [pages, { n: 1 }, { n: 100 }],
    [filter, { where: null }, { where: {} }],
  ] as const) {
    await app.query(query, small);
    await expect(app.query(query, large)).rejects.toThrow(/could load more than/);
    await app.query(query, small);
  }
});
