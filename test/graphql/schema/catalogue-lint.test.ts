import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';

let app: TestApp;
let component: string;
beforeAll(async () => {
  app = await startTestApp();
  component = await register(app, {
    key: 'guide',
    triggers: ['PRESET'],
    inputSchema: { properties: { years: { type: 'integer' } } },
  } as never);
});
afterAll(() => app.stop());

const LINT = `query ($productId: ID, $first: Int, $after: String) {
  catalogueLint(productId: $productId, first: $first, after: $after) {
    nodes { product { id sku } findings { attachment { id } code severity message path } }
    pageInfo { hasNextPage endCursor }
  }
}`;

it('tells, product by product and page by page, what would fail of their attachments', async () => {
  const bindings = [{ productField: { inputKey: 'years', path: 'product.years' } }];
  const attached = async (sku: string, attributes: object) =>
    (await save(app, { sku, attributes, journeyComponents: [{ componentId: component, bindings }] })).product;
  const wrong = await attached('B', { years: 'ten' });
  const right = await attached('A', { years: 10 });
  const none = await attached('C', {});

  const first = (await app.query(LINT, { first: 2 })).catalogueLint;
  expect(first.nodes).toEqual([
    { product: { id: right.id, sku: 'A' }, findings: [] },
    {
      product: { id: wrong.id, sku: 'B' },
      findings: [
        {
          attachment: { id: wrong.journeyComponents[0].id },
          code: 'INPUT_REFUSED',
          severity: 'ERROR',
          message:
            "The component does not accept the product's product.years for the input years: /years must be a whole number.",
          path: ['bindings', '0', 'path'],
        },
      ],
    },
  ]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = (await app.query(LINT, { after: first.pageInfo.endCursor })).catalogueLint;
  expect(rest.nodes).toMatchObject([{ product: { sku: 'C' }, findings: [{ code: 'PATH_NOT_FOUND' }] }]);

  const alone = (await app.query(LINT, { productId: none.id })).catalogueLint;
  expect(alone.nodes).toEqual(rest.nodes);
  for (const productId of [randomUUID(), 'malformed'])
    expect((await app.query(LINT, { productId })).catalogueLint.nodes).toEqual([]);
});
