import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveProduct } from '../../src/catalogue/products/save-product.ts';
import { newId } from '../../src/postgres/new-id.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { openSocket } from '../support/subscriptions.ts';

let app: TestApp;
let componentId: string;
let otherId: string;
beforeAll(async () => {
  app = await startTestApp();
  const inputSchema = { type: 'object', required: ['note'] };
  componentId = await register(app, { key: 'note', inputSchema });
  otherId = await register(app, { key: 'other' });
});
afterAll(() => app.stop());

test('a product shows its problems, in a list as by its id', async () => {
  await save(app, { sku: 'broken', journeyComponents: [{ componentId }] });
  await save(app, { sku: 'whole', journeyComponents: [{ componentId: otherId }] });
  const problems = 'problems { code severity path attachment { component { key } } }';
  const broken = [
    {
      code: 'INPUT_MISSING',
      severity: 'ERROR',
      path: ['bindings'],
      attachment: { component: { key: 'note' } },
    },
  ];
  const { products, product } = await app.query(
    `{ products { nodes { sku ${problems} } } product(sku: "broken") { ${problems} } }`,
  );
  expect(product.problems).toEqual(broken);
  expect(products.nodes).toEqual([
    { sku: 'broken', problems: broken },
    { sku: 'whole', problems: [] },
  ]);
});

test('products are listed by a component that they have', async () => {
  const { product } = await save(app, {
    sku: 'both',
    journeyComponents: [{ componentId }, { componentId: otherId }],
  });
  const skus = async (id: string) =>
    (await app.query('query ($id: ID!) { products(componentId: $id) { nodes { sku } totalCount } }', { id }))
      .products;
  expect(await skus(otherId)).toEqual({ nodes: [{ sku: 'both' }, { sku: 'whole' }], totalCount: 2 });
  await save(app, { sku: 'both', journeyComponents: [{ id: product.journeyComponents[0].id, componentId }] });
  expect(await skus(otherId)).toEqual({ nodes: [{ sku: 'whole' }], totalCount: 1 });
  for (const id of [newId(), 'nonsense']) expect(await skus(id)).toEqual({ nodes: [], totalCount: 0 });
});

test('productUpdated sends a product now and after each save, with who saved it', async () => {
  const { product } = await save(app, { sku: 'watched' });
  const socket = openSocket(app);
  const query = 'subscription ($id: ID!) { productUpdated(id: $id) { revision title updatedBy } }';
  const seen = [];
  for await (const { data } of socket.subscribe(query, { id: product.id })) {
    seen.push(data.productUpdated);
    if (seen.length === 2) break;
    await saveProduct(app.db, { sku: 'watched', title: 'New' }, 'alice');
  }
  expect(seen).toEqual([
    { revision: 1, title: 'watched', updatedBy: null },
    { revision: 2, title: 'New', updatedBy: 'alice' },
  ]);
  const unknown = await socket
    .subscribe(query, { id: 'nonsense' })
    .next()
    .catch((error: unknown) => error);
  expect(JSON.stringify(unknown)).toContain('NOT_FOUND');
  await socket.close();
});
