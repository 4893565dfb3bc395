import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { COMPONENT, register, save } from '../support/catalogue.ts';

let app: TestApp;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp();
  componentId = await register(app, { key: 'taken' });
  await save(app, { sku: 'TAKEN' });
});
afterAll(() => app.stop());

type Mistake = { code: string; path: string[]; message: string };

const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });
const LONE = '\ud800';

async function counts() {
  const { rows } = await app.db.pool.query(`
    select (select count(*) from journey_components) components, (select count(*) from journey_component_versions) versions,
      (select count(*) from products) products, (select count(*) from product_journey_components) attachments,
      (select max(revision) from products) revision`);
  return rows[0];
}

/** Expects these mistakes alone, by code and path, each with a sentence, and nothing stored. */
async function expectRefused(send: () => Promise<{ userErrors: Mistake[] }>, ...mistakes: string[]) {
  const before = await counts();
  const { userErrors } = await send();
  expect(userErrors.map(({ code, path }) => [code, ...path].join(' '))).toEqual(mistakes);
  for (const { message } of userErrors) expect(message).toMatch(/^[^{}]{10,}\.$/);
  expect(await counts()).toEqual(before);
}

describe('registerComponent', () => {
  const send = async (given: object) =>
    (
      await app.query(
        `mutation ($input: RegisterComponentInput!) {
          registerComponent(input: $input) { component { id } userErrors { code message path } }
        }`,
        { input: { key: 'a-key', name: 'A name', ...COMPONENT, ...given } },
      )
    ).registerComponent;

  it.each<[string, object, ...string[]]>([
    ['a taken key', { key: 'taken' }, 'ALREADY_EXISTS key'],
    ['an empty key', { key: '' }, 'INVALID key'],
    ['a key in capitals', { key: 'Gift' }, 'INVALID key'],
    ['a key with a space', { key: 'gift note' }, 'INVALID key'],
    ['a key with a newline at its end', { key: 'gift\n' }, 'INVALID key'],
    ['a key of 129 characters', { key: 'k'.repeat(129) }, 'INVALID key'],
    ['a blank name', { name: ' ' }, 'INVALID name'],
    ['a name with NUL', { name: 'a\0b' }, 'INVALID name'],
    ['a description with half a surrogate pair', { description: LONE }, 'INVALID description'],
    ['a huge name', { name: 'n'.repeat(10_000) }, 'INVALID name'],
    [
      'a blank script',
      { script: { slug: '', runtime: ' ' } },
      'INVALID script slug',
      'INVALID script runtime',
    ],
    ['an inputSchema of an unknown type', { inputSchema: { type: 'strange' } }, 'INVALID inputSchema'],
    [
      'an inputSchema of another draft',
      { inputSchema: { $schema: 'http://json-schema.org/draft-04/schema#' } },
      'INVALID inputSchema',
    ],
    [
      'an inputSchema that is too deep',
      { inputSchema: nested(40) },
      `INVALID inputSchema ${'a '.repeat(32).trim()}`,
    ],
    [
      'script metadata over 256 KiB',
      { script: { ...COMPONENT.script, metadata: { a: 'x'.repeat(262_144) } } },
      'TOO_LARGE script metadata',
    ],
    [
      'metadata with NUL',
      { script: { ...COMPONENT.script, metadata: { a: ['\0'] } } },
      'INVALID script metadata a 0',
    ],
    [
      'metadata with a key __proto__',
      { script: { ...COMPONENT.script, metadata: JSON.parse('{"__proto__": 1}') } },
      'INVALID script metadata __proto__',
    ],
    ['no attempts', { retryPolicy: { maxAttempts: 0 } }, 'INVALID retryPolicy maxAttempts'],
    ['a million attempts', { retryPolicy: { maxAttempts: 1_000_000 } }, 'INVALID retryPolicy maxAttempts'],
    [
      'negative delays',
      { retryPolicy: { maxAttempts: 2, initialDelaySeconds: -1, maxDelaySeconds: -0.5 } },
      'INVALID retryPolicy initialDelaySeconds',
      'INVALID retryPolicy maxDelaySeconds',
    ],
    [
      'a delay of years',
      { retryPolicy: { maxAttempts: 2, maxDelaySeconds: 1e9 } },
      'INVALID retryPolicy maxDelaySeconds',
    ],
    ['no timeout', { timeoutSeconds: 0 }, 'INVALID timeoutSeconds'],
    ['a timeout of days', { timeoutSeconds: 100_000 }, 'INVALID timeoutSeconds'],
    [
      'a provider twice',
      { providerDependencies: [{ key: 'a' }, { key: 'a' }] },
      'INVALID providerDependencies',
    ],
    ['a blank provider', { providerDependencies: [{ key: '' }] }, 'INVALID providerDependencies 0 key'],
    [
      'everything at once',
      { key: '!', name: '', timeoutSeconds: -1 },
      'INVALID timeoutSeconds',
      'INVALID name',
      'INVALID key',
    ],
  ])('refuses %s', (_, given, ...mistakes) => expectRefused(() => send(given), ...mistakes));
});

describe('updateComponent, archiveComponent, restoreComponent', () => {
  const send = async (id: string, input: object) =>
    (
      await app.query(
        `mutation ($id: ID!, $input: UpdateComponentInput!) {
          updateComponent(id: $id, input: $input) { component { id } userErrors { code message path } }
        }`,
        { id, input },
      )
    ).updateComponent;

  it('refuse ids that no component has', async () => {
    for (const id of ['no-uuid', '00000000-0000-4000-8000-000000000000', 'a\0b']) {
      await expectRefused(() => send(id, { name: 'New' }), 'NOT_FOUND id');
      for (const verb of ['archiveComponent', 'restoreComponent'])
        await expectRefused(
          async () =>
            (
              await app.query(
                `mutation ($id: ID!) { ${verb}(id: $id) { userErrors { code message path } } }`,
                { id },
              )
            )[verb],
          'NOT_FOUND id',
        );
    }
  });

  it('refuse a definition as registerComponent does', async () => {
    await expectRefused(
      () => send(componentId, { inputSchema: { type: 1 }, name: '', retryPolicy: { maxAttempts: -3 } }),
      'INVALID retryPolicy maxAttempts',
      'INVALID name',
      'INVALID inputSchema',
    );
  });
});

describe('saveProduct', () => {
  const send = (given: object) => save(app, { sku: 'BAD', ...given });
  const attach = (...items: object[]) =>
    send({ journeyComponents: items.map((item) => ({ componentId, ...item })) });
  const at = 'journeyComponents 0';
  const binding = (input: object) => ({ bindings: [input] });

  it.each<[string, object, ...string[]]>([
    ['a blank sku', { sku: ' ' }, 'INVALID sku'],
    ['a sku with NUL', { sku: 'a\0' }, 'INVALID sku'],
    ['a taken slug', { slug: 'taken' }, 'ALREADY_EXISTS slug'],
    ['a slug with a slash', { slug: 'a/b' }, 'INVALID slug'],
    ['a blank title', { title: '' }, 'INVALID title'],
    ['attributes too deep', { attributes: nested(33) }, `INVALID attributes ${'a '.repeat(32).trim()}`],
    ['attributes too large', { attributes: { a: 'é'.repeat(131_072) } }, 'TOO_LARGE attributes'],
    ['attributes with half a surrogate pair', { attributes: { a: [LONE] } }, 'INVALID attributes a 0'],
    ['a revision of a product that is not there', { expectedRevision: 3 }, 'CONFLICT expectedRevision'],
  ])('refuses %s', (_, given, ...mistakes) => expectRefused(() => send(given), ...mistakes));

  it.each<[string, object, ...string[]]>([
    [
      'an unknown component',
      { componentId: '00000000-0000-4000-8000-000000000000' },
      `NOT_FOUND ${at} componentId`,
    ],
    ['a malformed component id', { componentId: 'x' }, `NOT_FOUND ${at} componentId`],
    ['an unknown attachment', { id: '00000000-0000-4000-8000-000000000000' }, `NOT_FOUND ${at} id`],
    ['a malformed attachment id', { id: 'x' }, `NOT_FOUND ${at} id`],
    ['a negative displayOrder', { displayOrder: -1 }, `INVALID ${at} displayOrder`],
    ['a blank channel', { channelEligibility: ['a', ' '] }, `INVALID ${at} channelEligibility 1`],
    ['metadata with NUL', { metadata: { '\0': 1 } }, `INVALID ${at} metadata \0`],
    [
      'a path whose root is not allowed',
      binding({ productField: { inputKey: 'a', path: 'order.id' } }),
      `INVALID ${at} bindings 0 path`,
    ],
    [
      'a product path for a runtime binding',
      binding({ runtime: { inputKey: 'a', path: 'product.sku' } }),
      `INVALID ${at} bindings 0 path`,
    ],
    [
      'a path with __proto__',
      binding({ runtime: { inputKey: 'a', path: 'input.__proto__.x' } }),
      `INVALID ${at} bindings 0 path`,
    ],
    [
      'a path with constructor',
      binding({ productField: { inputKey: 'a', path: 'product.constructor' } }),
      `INVALID ${at} bindings 0 path`,
    ],
    [
      'a path with prototype',
      binding({ productField: { inputKey: 'a', path: 'product.a.prototype' } }),
      `INVALID ${at} bindings 0 path`,
    ],
    [
      'an empty inputKey',
      binding({ static: { inputKey: '', value: 1 } }),
      `INVALID ${at} bindings 0 inputKey`,
    ],
    [
      'an inputKey twice',
      {
        bindings: [{ static: { inputKey: 'a', value: 1 } }, { runtime: { inputKey: 'a', path: 'input.a' } }],
      },
      `INVALID ${at} bindings 1 inputKey`,
    ],
    [
      'a secret without a value',
      binding({ static: { inputKey: 'a', secret: true } }),
      `INVALID ${at} bindings 0 value`,
    ],
    [
      'a value too deep',
      binding({ static: { inputKey: 'a', value: nested(40) } }),
      `INVALID ${at} bindings 0 value ${'a '.repeat(32).trim()}`,
    ],
  ])('refuses an attachment with %s', (_, item, ...mistakes) =>
    expectRefused(() => attach(item), ...mistakes),
  );

  it('refuses an archived component in a new attachment, not in one that is there', async () => {
    const archived = await register(app, { key: 'archived' });
    const { product } = await save(app, { sku: 'ARCHIVED', journeyComponents: [{ componentId: archived }] });
    await app.query('mutation ($id: ID!) { archiveComponent(id: $id) { component { id } } }', {
      id: archived,
    });
    await expectRefused(() => attach({ componentId: archived }), `ARCHIVED ${at} componentId`);
    const [{ id }] = product.journeyComponents;
    const again = await save(app, {
      sku: 'ARCHIVED',
      journeyComponents: [{ id, componentId: archived, metadata: { n: 1 } }],
    });
    expect(again.userErrors).toEqual([]);
    expect(again.product.journeyComponents).toMatchObject([{ id, metadata: { n: 1 } }]);
  });

  it("refuses another product's attachment, one of another component, one that was dropped, and one twice", async () => {
    const other = await register(app, { key: 'other' });
    const { product } = await save(app, {
      sku: 'OTHER',
      journeyComponents: [{ componentId }, { componentId }],
    });
    const [{ id }, dropped] = product.journeyComponents;
    await expectRefused(() => attach({ id }), `PRODUCT_MISMATCH ${at} id`);
    await save(app, { sku: 'OTHER', journeyComponents: [{ id, componentId }] });
    const sendOther =
      (...journeyComponents: object[]) =>
      () =>
        save(app, { sku: 'OTHER', journeyComponents });
    await expectRefused(sendOther({ id, componentId: other }), `COMPONENT_MISMATCH ${at} componentId`);
    await expectRefused(sendOther({ id: dropped.id, componentId }), `NOT_FOUND ${at} id`);
    await expectRefused(
      sendOther({ id, componentId }, { id, componentId }),
      'INVALID journeyComponents 1 id',
    );
  });

  it('refuses to keep a secret that is not stored under that inputKey', async () => {
    const { product } = await save(app, {
      sku: 'UNSECRET',
      journeyComponents: [{ componentId, bindings: [{ static: { inputKey: 'a', value: 'open' } }] }],
    });
    const [{ id }] = product.journeyComponents;
    const bindings = [{ static: { inputKey: 'a', secret: true } }];
    await expectRefused(
      () => save(app, { sku: 'UNSECRET', journeyComponents: [{ id, componentId, bindings }] }),
      `INVALID ${at} bindings 0 value`,
    );
  });

  it('refuses more than 200 attachments, and tells every mistake in a list at once', async () => {
    await expectRefused(() => attach(...Array(201).fill({})), 'INVALID journeyComponents');
    await expectRefused(
      () => attach({ displayOrder: -1 }, {}, { channelEligibility: [''] }),
      'INVALID journeyComponents 0 displayOrder',
      'INVALID journeyComponents 2 channelEligibility 0',
    );
    await expectRefused(
      () => attach({ componentId: 'x' }, { id: 'y' }),
      'NOT_FOUND journeyComponents 0 componentId',
      'NOT_FOUND journeyComponents 1 id',
    );
  });
});
