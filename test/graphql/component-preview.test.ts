import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';

let app: TestApp;
let id: string;
beforeAll(async () => {
  app = await startTestApp();
  const inputSchema = { type: 'object', properties: { size: { type: 'integer' } } };
  id = await register(app, { key: 'parcel', inputSchema });
  const binding = (value: unknown) => ({ static: { inputKey: 'size', value } });
  for (const [sku, value] of [
    ['small', 1],
    ['large', 9],
    ['broken', 'x'],
  ] as const)
    await save(app, { sku, journeyComponents: [{ componentId: id, bindings: [binding(value)] }] });
});
afterAll(() => app.stop());

const QUERY = `query ($id: ID!, $input: UpdateComponentInput!) { previewComponent(id: $id, input: $input) {
  isNewVersion checkedAttachments checkedAll problems { code attachment { product { sku } } } userErrors { code path }
} }`;
const preview = async (input: object, component = id) =>
  (await app.query(QUERY, { id: component, input })).previewComponent;
const complete = { checkedAttachments: 3, checkedAll: true, userErrors: [] };

test('a new version shows the attachments that it breaks, and not those that are broken already', async () => {
  const properties = { size: { type: 'integer', maximum: 5 } };
  expect(await preview({ inputSchema: { type: 'object', properties } })).toEqual({
    ...complete,
    isNewVersion: true,
    problems: [{ code: 'INPUT_REFUSED', attachment: { product: { sku: 'large' } } }],
  });
  const required = { type: 'object', properties: { size: {} }, required: ['size', 'colour'] };
  const { problems } = await preview({ inputSchema: required });
  expect(problems.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill('INPUT_MISSING'));
  const { component } = await app.query(
    'query ($id: ID!) { component(id: $id) { versions { nodes { version } } } }',
    { id },
  );
  expect(component.versions.nodes).toEqual([{ version: 1 }]);
});

test('a change of the name alone creates no version and breaks nothing', async () => {
  expect(await preview({ name: 'Parcels' })).toEqual({ ...complete, isNewVersion: false, problems: [] });
});

test('errors are those of updateComponent', async () => {
  const nothing = { isNewVersion: null, checkedAttachments: null, checkedAll: null, problems: [] };
  expect(await preview({ expectedVersion: 7 })).toEqual({
    ...nothing,
    userErrors: [{ code: 'CONFLICT', path: ['expectedVersion'] }],
  });
  expect(await preview({}, 'nonsense')).toMatchObject({ ...nothing, userErrors: [{ code: 'NOT_FOUND' }] });
});
