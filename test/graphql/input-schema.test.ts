import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { COMPONENT, register, save } from '../support/catalogue.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const REGISTER = `mutation ($input: RegisterComponentInput!) {
  registerComponent(input: $input) { component { id } userErrors { code message path } }
}`;
let registered = 0;
const tryToRegister = async (inputSchema: object) => {
  registered += 1;
  const input = { ...COMPONENT, key: `schema-${registered}`, name: 'A schema', inputSchema };
  return (await app.query(REGISTER, { input })).registerComponent;
};
const preview = async (componentId: string, inputPayload: object) => {
  const query =
    'query ($input: EnqueueRunInput!) { previewRun(input: $input) { inputErrors { path message } } }';
  return (await app.query(query, { input: { componentId, inputPayload } })).previewRun.inputErrors;
};

describe('an inputSchema', () => {
  it('takes every price that is a multiple of its smallest unit', async () => {
    const componentId = await register(app, {
      key: 'priced',
      inputSchema: { properties: { prices: { items: { type: 'number', multipleOf: 0.01 } } } },
    });
    const prices = [19.99, 0.07, 4.35, 999_999_999.99, 1.1, 0];
    expect(await preview(componentId, { prices })).toEqual([]);
    expect(await preview(componentId, { prices: [19.999] })).toEqual([
      { path: '/prices/0', message: 'must be a multiple of 0.01' },
    ]);
  });

  it.each<[string, object, RegExp]>([
    [
      'a remote reference',
      { $ref: 'https://example.com/a.json' },
      /leads out of it, or to nothing.*#\/\$defs\/name/,
    ],
    ['a reference to a prototype', { $ref: '#/constructor' }, /leads out of it, or to nothing/],
    ['a reference without end', { $ref: '#' }, /never ends; break the circle/],
    [
      'a lookbehind',
      { properties: { a: { pattern: '(?<=b)a' } } },
      /\/properties\/a\/pattern has the lookbehind/,
    ],
    ['5,000 patterns', manyPatterns(5_000), /200 different patterns/],
    ['30,000 schemas', { allOf: Array(30_000).fill({}) }, /more than 5000 schemas/],
    [
      'a long pattern',
      { properties: { a: { pattern: 'a'.repeat(200_000) } } },
      /longer than 2000 characters/,
    ],
    ['a misplaced nullable', { properties: { a: { nullable: true } } }, /type: \["string", "null"\]/],
    ['another draft', { $schema: 'http://json-schema.org/draft-07/schema#' }, /2020-12/],
  ])('is refused with %s, and the message says why', async (_, schema, message) => {
    const { component, userErrors } = await tryToRegister(schema);
    expect(component).toBeNull();
    expect(userErrors).toEqual([
      { code: 'INVALID', path: ['inputSchema'], message: expect.stringMatching(message) },
    ]);
  });

  it('ends at fifty errors, whatever a small schema makes of small inputs', async () => {
    const allOf = Array(1_200).fill(false);
    const componentId = await register(app, {
      key: 'product-of-sizes',
      inputSchema: { properties: { l: { items: { allOf } } } },
    });
    expect(await preview(componentId, { l: Array(3_900).fill(1) })).toHaveLength(50);
  });

  it('that takes too much work shows the error of such a run in a preview', async () => {
    const allOf = Array(1_000).fill({ type: 'string' });
    const componentId = await register(app, {
      key: 'laborious',
      inputSchema: { properties: { l: { items: { allOf } } } },
    });
    expect(await preview(componentId, { l: Array(20_000).fill('x') })).toEqual([
      { path: '', message: expect.stringMatching(/could not be checked.*too much work/) },
    ]);
  });

  it('has one bound for all previews of a request, and leaves the next request its own', async () => {
    const allOf = Array(1_000).fill({ type: 'string' });
    const componentId = await register(app, {
      key: 'many-previews',
      inputSchema: { properties: { l: { items: { allOf } } } },
    });
    const aliases = Array.from(
      { length: 25 },
      (_, n) => `p${n}: previewRun(input: $input) { inputErrors { message } }`,
    );
    const query = `query ($input: EnqueueRunInput!) { ${aliases.join(' ')} }`;
    const input = { componentId, inputPayload: { l: Array(900).fill('x') } };
    const { errors } = await app.ask(query, { input });
    expect(errors!.length).toBeGreaterThan(5);
    expect(errors![0]).toMatchObject({
      extensions: { code: 'RATE_LIMITED' },
      message: expect.stringContaining('Send fewer of them in one request'),
    });
    expect(await preview(componentId, input.inputPayload)).toEqual([]);
  });

  it('that no inputs meet is a problem of the lint', async () => {
    const componentId = await register(app, { key: 'no-object', inputSchema: { type: 'string' } });
    const { product } = await save(app, { sku: 'NO-OBJECT', journeyComponents: [{ componentId }] });
    const { catalogueLint } = await app.query(
      'query ($id: ID) { catalogueLint(productId: $id) { nodes { findings { code severity message path } } } }',
      { id: product.id },
    );
    expect(catalogueLint.nodes[0].findings).toContainEqual({
      code: 'SCHEMA_UNUSABLE',
      severity: 'ERROR',
      path: ['componentId'],
      message: expect.stringContaining('accepts no inputs at all, for its root has the type "string"'),
    });
  });
});

function manyPatterns(count: number): object {
  return { patternProperties: Object.fromEntries(Array.from({ length: count }, (_, n) => [`^a${n}`, {}])) };
}
