import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { principalOf, serveAs } from '../support/principals.ts';

let app: TestApp;
let note: string;
let plain: string;
beforeAll(async () => {
  app = await startTestApp();
  note = await register(app, { key: 'note', inputSchema: { type: 'object', required: ['text'] } });
  plain = await register(app, { key: 'plain' });
});
afterAll(() => app.stop());

describe('checkSamples', () => {
  const check = async (inputSchema: object, samples: object[]) =>
    (
      await app.query(
        `query ($inputSchema: JSONObject!, $samples: [JSONObject!]!) {
          checkSamples(inputSchema: $inputSchema, samples: $samples) {
            results { inputErrors { path message } } userErrors { code path }
          }
        }`,
        { inputSchema, samples },
      )
    ).checkSamples;

  test('returns the errors of each sample, as a run would have them', async () => {
    const schema = { type: 'object', required: ['text'], properties: { text: { maxLength: 3 } } };
    const { results, userErrors } = await check(schema, [{ text: 'abc' }, { text: 'abcd' }, {}]);
    expect(userErrors).toEqual([]);
    expect(results).toEqual([
      { inputErrors: [] },
      { inputErrors: [{ path: '/text', message: expect.any(String) }] },
      { inputErrors: [{ path: '/text', message: expect.any(String) }] },
    ]);
  });

  test('reports a schema that cannot be registered, and too many samples', async () => {
    expect(await check({ type: 'nonsense' }, [{}])).toEqual({
      results: [],
      userErrors: [{ code: 'INVALID', path: ['inputSchema'] }],
    });
    const many = await check({}, Array(51).fill({}));
    expect(many.userErrors).toMatchObject([{ code: 'INVALID', path: ['samples'] }]);
  });
});

describe('products(hasProblems)', () => {
  const PRODUCTS = `query ($has: Boolean, $first: Int, $after: String, $search: String, $component: ID) {
    products(hasProblems: $has, first: $first, after: $after, search: $search, componentId: $component) {
      totalCount totalCountExact pageInfo { hasNextPage endCursor } nodes { sku revision }
    }
  }`;
  const list = async (variables: object) => (await app.query(PRODUCTS, variables)).products;
  const skus = ({ nodes }: { nodes: { sku: string }[] }) => nodes.map(({ sku }) => sku);
  beforeAll(async () => {
    for (const sku of ['broken-1', 'broken-2', 'broken-3'])
      await save(app, { sku, journeyComponents: [{ componentId: note }] });
    for (const sku of ['whole-1', 'whole-2'])
      await save(app, { sku, journeyComponents: [{ componentId: plain }] });
  });

  test('lists the products with problems, those without, and all', async () => {
    const broken = await list({ has: true });
    expect(broken.nodes).toEqual(['broken-1', 'broken-2', 'broken-3'].map((sku) => ({ sku, revision: 1 })));
    expect(broken).toMatchObject({ totalCount: 3, totalCountExact: true, pageInfo: { hasNextPage: false } });
    expect(skus(await list({ has: false }))).toEqual(['whole-1', 'whole-2']);
    expect(skus(await list({}))).toHaveLength(5);
    expect(skus(await list({ has: true, search: '2' }))).toEqual(['broken-2']);
    expect(skus(await list({ has: true, component: plain }))).toEqual([]);
  });

  test('pages forwards, and rejects the other direction', async () => {
    const first = await list({ has: true, first: 2 });
    expect(skus(first)).toEqual(['broken-1', 'broken-2']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await list({ has: true, first: 2, after: first.pageInfo.endCursor });
    expect(skus(rest)).toEqual(['broken-3']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    const { errors } = await app.ask('{ products(hasProblems: true, last: 2) { nodes { sku } } }');
    expect(errors![0]!.extensions.code).toBe('BAD_REQUEST');
  });

  test('checks at most 500 products for a page, whose end leads on', async () => {
    await app.db.pool.query(
      `insert into products (id, sku, slug, title, updated_at)
       select gen_random_uuid(), 'a-' || lpad(n::text, 4, '0'), 'a-' || n, 'Many', now() from generate_series(1, 700) n`,
    );
    const page = await list({ has: true, first: 2 });
    expect(page).toMatchObject({ nodes: [], totalCountExact: false, pageInfo: { hasNextPage: true } });
    const next = await list({ has: true, first: 2, after: page.pageInfo.endCursor });
    expect(skus(next)).toEqual(['broken-1', 'broken-2']);
  });
});

describe('Component.stats', () => {
  const STATS = `{ components { nodes { key stats { completed failed canceled latencyP50Ms latencyP95Ms } } } }`;
  const none = { completed: 0, failed: 0, canceled: 0, latencyP50Ms: null, latencyP95Ms: null };

  test('counts the runs of each component that ended within the last hour', async () => {
    for (const status of ['COMPLETED', 'COMPLETED', 'FAILED', 'CANCELED', 'QUEUED'] as const)
      await insertRunWithEvent(app.db.pool, { componentId: note, status });
    const old = await insertRunWithEvent(app.db.pool, { componentId: note, status: 'COMPLETED' });
    await app.db.pool.query(`update journey_run_outcomes set run_at = completed_at - interval '2 seconds'`);
    await app.db.pool.query(
      `update journey_run_outcomes set completed_at = now() - interval '2 hours' where run_id = $1`,
      [old],
    );
    const { components } = await app.query(STATS);
    expect(components.nodes).toEqual([
      {
        key: 'note',
        stats: { completed: 2, failed: 1, canceled: 1, latencyP50Ms: 2_000, latencyP95Ms: 2_000 },
      },
      { key: 'plain', stats: none },
    ]);
  });

  test('covers only the runs that the client may see', async () => {
    const shop = await serveAs(app, principalOf('CHECKOUT'));
    const { data } = await shop.ask(STATS, {}, 'JSON POST');
    expect(data!.components).toMatchObject({ nodes: [{ stats: none }, { stats: none }] });
    await shop.stop();
  });
});
