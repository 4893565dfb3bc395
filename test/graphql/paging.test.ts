import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  for (const sku of SKUS) await save(app, { sku });
});
afterAll(() => app.stop());

const SKUS = Array.from({ length: 12 }, (_, n) => `P${String(n).padStart(2, '0')}`);

const PRODUCTS = `query ($first: Int, $after: String, $last: Int, $before: String, $search: String) {
  products(first: $first, after: $after, last: $last, before: $before, search: $search) {
    edges { cursor node { sku } } nodes { sku } totalCount totalCountExact
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

type Edge = { cursor: string; node: { sku: string } };
type Variables = { first?: number; after?: string; last?: number; before?: string; search?: string };

const page = async (variables: Variables) =>
  (await app.query(PRODUCTS, { search: 'P', ...variables })).products;
const skus = (products: { edges: Edge[] }) => products.edges.map(({ node }) => node.sku);

/** How many statements about the catalogue `work` sent, beside the feed's own, and what it gave. */
async function counted<T>(work: () => Promise<T>): Promise<[number, T]> {
  const sent = vi.spyOn(app.db.pool, 'query');
  const result = await work();
  const texts = sent.mock.calls.map(([query]) => String((query as unknown as { text: string }).text));
  sent.mockRestore();
  // The feed reads on beside it, once a second.
  const asked = texts.filter((text) => /journey_component|products/.test(text) && !/journey_feed/.test(text));
  return [asked.length, result];
}

it('gives the first 20, its edges, nodes and count, when nothing is said', async () => {
  const products = await page({});
  expect(skus(products)).toEqual(SKUS);
  expect(products.nodes.map(({ sku }: { sku: string }) => sku)).toEqual(SKUS);
  expect(products).toMatchObject({ totalCount: 12, totalCountExact: true });
  expect(products.pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: products.edges[0].cursor,
    endCursor: products.edges[11].cursor,
  });
});

it('gives every slice as an array would, in both directions, with pageInfo true on both sides', async () => {
  const cursors = (await page({})).edges.map(({ cursor }: Edge) => cursor);
  const place = fc.option(fc.nat(SKUS.length - 1), { nil: undefined });
  const asked = fc.record({
    size: fc.integer({ min: 1, max: 14 }),
    backwards: fc.boolean(),
    after: place,
    before: place,
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ size, backwards, after, before }) => {
      const from = after === undefined ? 0 : after + 1;
      const to = before ?? SKUS.length;
      const between = SKUS.slice(from, Math.max(from, to));
      const expected = backwards ? between.slice(-size) : between.slice(0, size);
      const products = await page({
        ...(backwards ? { last: size } : { first: size }),
        after: after === undefined ? undefined : cursors[after],
        before: before === undefined ? undefined : cursors[before],
      });
      expect(skus(products)).toEqual(expected);
      if (expected.length === 0) return;
      expect(products.pageInfo).toMatchObject({
        hasPreviousPage: expected[0] !== SKUS[0],
        hasNextPage: expected.at(-1) !== SKUS.at(-1),
      });
    }),
    { numRuns: 60 },
  );
});

it('walks on over rows that are added and gone meanwhile, without a gap or a double', async () => {
  for (const sku of ['Q1', 'Q2', 'Q3', 'Q4', 'Q5']) await save(app, { sku });
  const first = await page({ first: 2, search: 'Q' });
  await app.db.pool.query(`delete from products where sku in ('Q1', 'Q2', 'Q4')`);
  await save(app, { sku: 'Q0' });
  await save(app, { sku: 'Q35' });
  const second = await page({ first: 2, search: 'Q', after: first.pageInfo.endCursor });
  expect([skus(first), skus(second)]).toEqual([
    ['Q1', 'Q2'],
    ['Q3', 'Q35'],
  ]);
  const back = await page({ last: 5, search: 'Q', before: second.pageInfo.startCursor });
  expect(skus(back)).toEqual(['Q0']);
  expect(back.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  const gone = await page({
    first: 5,
    search: 'Q',
    after: (await page({ last: 1, search: 'Q' })).pageInfo.endCursor,
  });
  expect(gone).toMatchObject({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null },
  });
});

it('pages nested lists of many parents by one statement each, whatever their number', async () => {
  const ids = [await register(app, { key: 'nested-a' }), await register(app, { key: 'nested-b' })];
  await app.db.pool.query(
    `insert into product_journey_components (id, product_id, component_id, display_order, channel_eligibility, updated_at)
     select gen_random_uuid(), p.id, c.id, n, '{}', now()
     from products p, unnest($1::uuid[]) c(id), generate_series(1, 4) n where p.sku in ('P00', 'P01', 'P02')`,
    [ids],
  );
  const query = `query ($after: String, $parents: Int) {
    components(search: "nested", first: $parents) {
      nodes {
        key
        attachments(first: 5, after: $after) {
          nodes { displayOrder product { sku } } pageInfo { endCursor hasNextPage hasPreviousPage } totalCount
        }
        versions(first: 1) { nodes { version } pageInfo { hasNextPage } }
      }
    }
  }`;
  const [one] = await counted(() => app.query(query, { parents: 1 }));
  const [two, { components }] = await counted(() => app.query(query, { parents: 2 }));
  expect(two).toBe(one);

  const [a, b] = components.nodes;
  for (const { attachments, versions } of [a, b]) {
    expect(attachments.nodes.map(({ displayOrder }: { displayOrder: number }) => displayOrder)).toEqual([
      1, 1, 1, 2, 2,
    ]);
    expect(attachments).toMatchObject({
      totalCount: 12,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect(versions).toEqual({ nodes: [{ version: 1 }], pageInfo: { hasNextPage: false } });
  }
  const next = await app.query(query, { after: a.attachments.pageInfo.endCursor });
  expect(next.components.nodes[0].attachments).toMatchObject({
    nodes: [2, 3, 3, 3, 4].map((displayOrder) => ({ displayOrder })),
    pageInfo: { hasNextPage: true, hasPreviousPage: true },
  });
});

it('reads a product with its attachments and their components by as many statements for ten as for one', async () => {
  const componentId = await register(app, { key: 'counted' });
  const statementsFor = async (attachments: number) => {
    await save(app, { sku: 'COUNTED', journeyComponents: Array(attachments).fill({ componentId }) });
    const [statements] = await counted(() =>
      app.query(`{ product(sku: "COUNTED") {
        title journeyComponents { displayOrder bindings { inputKey } component { key version triggers timeoutSeconds } }
      } }`),
    );
    return statements;
  };
  expect([await statementsFor(1), await statementsFor(10)]).toEqual([1, 1]);
});

it.each([
  ['first: 0', 'from 1 to 100'],
  ['first: 101', 'from 1 to 100'],
  ['last: -1', 'from 1 to 100'],
  ['first: 1, last: 1', 'not both'],
  ['after: "?"', 'not a cursor of this list'],
  ['before: "W10"', 'not a cursor of this list'],
])('refuses products(%s)', async (args, message) => {
  const { errors } = await app.ask(`{ products(${args}) { totalCount } }`);
  expect(errors).toMatchObject([
    { message: expect.stringContaining(message), extensions: { code: 'BAD_REQUEST' } },
  ]);
});

it("refuses another list's cursor", async () => {
  const { pageInfo } = await page({ first: 1 });
  const { errors } = await app.ask('query ($after: String) { components(after: $after) { totalCount } }', {
    after: pageInfo.endCursor,
  });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
});

it('searches for what was typed, wildcards and all', async () => {
  await save(app, { sku: '100%_x' });
  expect(skus(await page({ search: '%_' }))).toEqual(['100%_x']);
  expect(skus(await page({ search: 'p0_' }))).toEqual([]);
  expect(skus(await page({ search: 'p05' }))).toEqual(['P05']);
  const { errors } = await app.ask(PRODUCTS, { search: 'a\0' });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
});

it('counts no further than 10,000', async () => {
  await app.db.pool.query(`
    insert into products (id, sku, slug, title, updated_at)
    select gen_random_uuid(), 'bulk-' || n, 'bulk-' || n, 'bulk', now() from generate_series(1, 10001) n`);
  expect(await page({ search: 'bulk', first: 1 })).toMatchObject({
    totalCount: 10_000,
    totalCountExact: false,
  });
  await app.db.pool.query(`delete from products where sku = 'bulk-1'`);
  expect(await page({ search: 'bulk', first: 1 })).toMatchObject({
    totalCount: 10_000,
    totalCountExact: true,
  });
});
