import { afterAll, beforeAll, expect, it } from 'vitest';
import { graphql } from '../generated/gql.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { COMPONENT, register, save } from '../support/catalogue.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

graphql(`
  fragment Definition on Component {
    id key name description version triggers script { slug runtime version metadata } inputSchema
    providerDependencies { key optional } retryPolicy { maxAttempts backoff initialDelaySeconds maxDelaySeconds }
    timeoutSeconds archivedAt createdAt updatedAt versions { nodes { version script { slug } timeoutSeconds } }
  }
`);
const REGISTER = graphql(`
  mutation Register($input: RegisterComponentInput!) {
    registerComponent(input: $input) { component { ...Definition } userErrors { code message path } }
  }
`);
const UPDATE = graphql(`
  mutation Update($id: ID!, $input: UpdateComponentInput!) {
    updateComponent(id: $id, input: $input) { component { ...Definition } userErrors { code message path } }
  }
`);
const ARCHIVE = graphql(`
  mutation Archive($id: ID!) { archiveComponent(id: $id) { component { archivedAt } userErrors { code } } }
`);
const LIST = graphql(`
  query Seasonal($all: Boolean) { components(search: "season", includeArchived: $all) { nodes { key } } }
`);

it('registers a component, with defaults for what is left out', async () => {
  const { registerComponent } = await app.query(REGISTER, {
    input: {
      key: 'gift-note',
      name: 'Gift note',
      triggers: ['CHECKOUT', 'CHECKOUT'],
      script: COMPONENT.script,
    },
  });
  expect(registerComponent).toEqual({
    component: {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      key: 'gift-note',
      name: 'Gift note',
      description: null,
      version: 1,
      triggers: ['CHECKOUT'],
      script: { slug: 'a-script', runtime: 'node', version: null, metadata: {} },
      inputSchema: {},
      providerDependencies: [],
      retryPolicy: { maxAttempts: 1, backoff: 'EXPONENTIAL', initialDelaySeconds: 1, maxDelaySeconds: 300 },
      timeoutSeconds: 30,
      archivedAt: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.any(String),
      versions: { nodes: [{ version: 1, script: { slug: 'a-script' }, timeoutSeconds: 30 }] },
    },
    userErrors: [],
  });
});

it('makes a new version of a changed definition, and none of a changed name', async () => {
  const id = await register(app, { key: 'versioned', description: 'first', timeoutSeconds: 5 });
  const renamed = await app.query(UPDATE, { id, input: { name: 'Renamed', timeoutSeconds: 5 } });
  expect(renamed.updateComponent.component).toMatchObject({
    name: 'Renamed',
    description: 'first',
    version: 1,
  });

  const script = { slug: 'other', runtime: 'node' };
  const { updateComponent } = await app.query(UPDATE, {
    id,
    input: { expectedVersion: 1, script, timeoutSeconds: null, description: null },
  });
  expect(updateComponent.userErrors).toEqual([]);
  expect(updateComponent.component).toMatchObject({
    name: 'Renamed',
    description: null,
    version: 2,
    timeoutSeconds: 30,
    versions: {
      nodes: [
        { version: 2, script: { slug: 'other' }, timeoutSeconds: 30 },
        { version: 1, script: { slug: 'a-script' }, timeoutSeconds: 5 },
      ],
    },
  });
});

it('answers a stale expectedVersion with CONFLICT and the component as stored', async () => {
  const id = await register(app, { key: 'stale' });
  const { updateComponent } = await app.query(UPDATE, { id, input: { expectedVersion: 7, name: 'Never' } });
  expect(updateComponent.component).toMatchObject({ name: 'stale', version: 1 });
  expect(updateComponent.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['expectedVersion'] }]);
});

it('lets one of many changes made upon the same version win', async () => {
  const id = await register(app, { key: 'raced' });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      app.query(UPDATE, { id, input: { expectedVersion: 1, timeoutSeconds: n + 1 } }),
    ),
  );
  const codes = answers.map(({ updateComponent }) => updateComponent.userErrors[0]?.code ?? 'won').sort();
  expect(codes).toEqual([...Array(9).fill('CONFLICT'), 'won']);
});

it('puts changes made at once, to no version in particular, one upon the other', async () => {
  const id = await register(app, { key: 'merged', timeoutSeconds: 1 });
  const answers = await Promise.all([
    ...Array.from({ length: 5 }, (_, n) => app.query(UPDATE, { id, input: { timeoutSeconds: n + 2 } })),
    app.query(UPDATE, { id, input: { inputSchema: { type: 'object' } } }),
    app.query(UPDATE, { id, input: { description: 'kept' } }),
  ]);
  expect(answers.flatMap(({ updateComponent }) => updateComponent.userErrors)).toEqual([]);
  const { component } = await app.query(
    'query ($id: ID) { component(id: $id) { version description inputSchema } }',
    { id },
  );
  expect(component).toEqual({ version: 7, description: 'kept', inputSchema: { type: 'object' } });
});

it('archives and restores a component, and lists archived ones only where asked for', async () => {
  const id = await register(app, { key: 'season.winter' });
  const first = await app.query(ARCHIVE, { id });
  expect(first.archiveComponent.component?.archivedAt).toEqual(expect.any(String));
  expect(await app.query(ARCHIVE, { id })).toEqual(first);

  expect((await app.query(LIST)).components.nodes).toEqual([]);
  expect((await app.query(LIST, { all: true })).components.nodes).toEqual([{ key: 'season.winter' }]);

  await app.query('mutation ($id: ID!) { restoreComponent(id: $id) { component { archivedAt } } }', { id });
  expect((await app.query(LIST)).components.nodes).toEqual([{ key: 'season.winter' }]);
});

it('creates a product from its sku, and attaches components in the order of the list', async () => {
  const [a, b] = [await register(app, { key: 'order-a' }), await register(app, { key: 'order-b' })];
  const { product, userErrors } = await save(app, {
    sku: 'Rosé & Bouquet',
    journeyComponents: [
      {
        componentId: b,
        isRequired: true,
        channelEligibility: ['storefront', 'storefront'],
        metadata: { drawer: 1 },
      },
      { componentId: a, bindings: [{ static: { inputKey: 'size', value: [1, null] } }] },
      {
        componentId: a,
        bindings: [{ productField: { inputKey: 'sku', path: 'product.sku', required: false } }],
      },
      { componentId: a, bindings: [{ runtime: { inputKey: 'order', path: 'input.order.lines[0].id' } }] },
    ],
  });
  expect(userErrors).toEqual([]);
  expect(product).toMatchObject({
    sku: 'Rosé & Bouquet',
    slug: 'rose-bouquet',
    title: 'Rosé & Bouquet',
    attributes: {},
    revision: 1,
    journeyComponents: [
      {
        displayOrder: 0,
        isRequired: true,
        channelEligibility: ['storefront'],
        metadata: { drawer: 1 },
        component: { key: 'order-b' },
        bindings: [],
      },
      {
        displayOrder: 1,
        isRequired: false,
        channelEligibility: [],
        metadata: {},
        component: { key: 'order-a' },
      },
      { displayOrder: 2 },
      { displayOrder: 3 },
    ],
  });
  const bindings = product.journeyComponents.flatMap((item: { bindings: unknown[] }) => item.bindings);
  expect(bindings).toEqual([
    {
      __typename: 'StaticBinding',
      kind: 'STATIC',
      inputKey: 'size',
      required: true,
      value: [1, null],
      secret: false,
    },
    {
      __typename: 'ProductFieldBinding',
      kind: 'PRODUCT_FIELD',
      inputKey: 'sku',
      required: false,
      path: 'product.sku',
    },
    {
      __typename: 'RuntimeBinding',
      kind: 'RUNTIME',
      inputKey: 'order',
      required: true,
      path: 'input.order.lines[0].id',
    },
  ]);
});

it('keeps of an attachment with an id what is left out, hides what is dropped, and orders by displayOrder', async () => {
  const componentId = await register(app, { key: 'kept' });
  const bindings = [{ static: { inputKey: 'note', value: 'hello' } }];
  const first = await save(app, {
    sku: 'KEEP',
    title: 'Kept',
    attributes: { colour: 'red' },
    journeyComponents: [
      { componentId, channelEligibility: ['pos'], bindings, metadata: { n: 1 } },
      { componentId, metadata: { n: 2 } },
    ],
  });
  const [kept, dropped] = first.product.journeyComponents;
  const second = await save(app, {
    sku: 'KEEP',
    journeyComponents: [{ componentId }, { id: kept.id, componentId, displayOrder: 9, isRequired: true }],
  });
  expect(second.product).toMatchObject({ title: 'Kept', attributes: { colour: 'red' }, revision: 2 });
  expect(second.product.journeyComponents).toMatchObject([
    { displayOrder: 0, channelEligibility: [], bindings: [] },
    { ...kept, displayOrder: 9, isRequired: true },
  ]);
  const { rows } = await app.db.pool.query('select hidden_at from product_journey_components where id = $1', [
    dropped.id,
  ]);
  expect(rows).toEqual([{ hidden_at: expect.any(Date) }]);

  const third = await save(app, { sku: 'KEEP', title: 'Kept again' });
  expect(third.product.journeyComponents).toEqual(second.product.journeyComponents);
  const { component } = await app.query(
    'query ($id: ID) { component(id: $id) { attachments { totalCount nodes { displayOrder product { sku } } } } }',
    { id: componentId },
  );
  expect(component.attachments).toEqual({
    totalCount: 2,
    nodes: [
      { displayOrder: 0, product: { sku: 'KEEP' } },
      { displayOrder: 9, product: { sku: 'KEEP' } },
    ],
  });
});

it('orders attachments by their place in the list, stored ones too, unless displayOrder is given', async () => {
  const componentId = await register(app, { key: 'in-order' });
  const saved = async (journeyComponents: object[]) => {
    const { product } = await save(app, { sku: 'IN-ORDER', journeyComponents });
    return product.journeyComponents.map(({ id, displayOrder }: { id: string; displayOrder: number }) => [
      id,
      displayOrder,
    ]);
  };
  const made = await saved([{ componentId }, { componentId }, { componentId }]);
  const [a, b, c] = made.map(([id]: [string]) => ({ id, componentId }));
  expect(await saved([c, a, b])).toEqual([
    [c.id, 0],
    [a.id, 1],
    [b.id, 2],
  ]);
  const withNew = await saved([{ componentId }, b, c]);
  expect(withNew.slice(1)).toEqual([
    [b.id, 1],
    [c.id, 2],
  ]);
  expect(await saved([{ ...b, displayOrder: 7 }, c])).toEqual([
    [c.id, 1],
    [b.id, 7],
  ]);
  expect(await saved([b, c])).toEqual([
    [b.id, 0],
    [c.id, 1],
  ]);
});

it('reads a secret as null, keeps it when it comes back without its value, and changes it when it comes with one', async () => {
  const componentId = await register(app, { key: 'secretive' });
  const secret = (value?: string) => [{ static: { inputKey: 'token', secret: true, value } }];
  const { product } = await save(app, {
    sku: 'SECRET',
    journeyComponents: [{ componentId, bindings: secret('s3cr3t') }],
  });
  const [{ id, bindings }] = product.journeyComponents;
  expect(bindings).toMatchObject([{ inputKey: 'token', value: null, secret: true }]);

  const stored = async () => {
    const { rows } = await app.db.pool.query(
      'select bindings from product_journey_components where id = $1',
      [id],
    );
    return rows[0].bindings[0].value;
  };
  await save(app, { sku: 'SECRET', journeyComponents: [{ id, componentId, bindings: secret() }] });
  expect(await stored()).toBe('s3cr3t');
  await save(app, { sku: 'SECRET', journeyComponents: [{ id, componentId, bindings: secret('other') }] });
  expect(await stored()).toBe('other');
});

it('filters attachments to those that a channel and triggers would run', async () => {
  const checkout = await register(app, { key: 'eligible-checkout', triggers: ['CHECKOUT', 'OPERATOR'] });
  const preset = await register(app, { key: 'eligible-preset', triggers: ['PRESET'] });
  const archived = await register(app, { key: 'eligible-archived' });
  await save(app, {
    sku: 'ELIGIBLE',
    journeyComponents: [
      { componentId: checkout, metadata: { n: 0 } },
      { componentId: checkout, channelEligibility: ['pos'], metadata: { n: 1 } },
      { componentId: preset, channelEligibility: ['storefront', 'pos'], metadata: { n: 2 } },
      { componentId: archived, metadata: { n: 3 } },
    ],
  });
  await app.query('mutation ($id: ID!) { archiveComponent(id: $id) { component { id } } }', { id: archived });
  const found = async (variables: object) => {
    const { product } = await app.query(
      `query ($channel: String, $trigger: [Trigger!]) {
        product(sku: "ELIGIBLE") { journeyComponents(channel: $channel, trigger: $trigger) { metadata } }
      }`,
      variables,
    );
    return product.journeyComponents.map(({ metadata }: { metadata: { n: number } }) => metadata.n);
  };
  expect(await found({})).toEqual([0, 1, 2, 3]);
  expect(await found({ channel: 'pos' })).toEqual([0, 1, 2]);
  expect(await found({ channel: 'storefront' })).toEqual([0, 2]);
  expect(await found({ channel: 'admin_preview' })).toEqual([0, 1, 2]);
  expect(await found({ trigger: ['OPERATOR', 'AUTOMATION'] })).toEqual([0, 1]);
  expect(await found({ trigger: ['PRESET'], channel: 'pos' })).toEqual([2]);
  expect(await found({ trigger: [] })).toEqual([]);
});

it('answers a stale expectedRevision with CONFLICT and the product as stored', async () => {
  await save(app, { sku: 'REVISED', title: 'One' });
  const { product, userErrors } = await save(app, { sku: 'REVISED', title: 'Two', expectedRevision: 0 });
  expect(product).toMatchObject({ title: 'One', revision: 1 });
  expect(userErrors).toMatchObject([{ code: 'CONFLICT', path: ['expectedRevision'] }]);
  expect((await save(app, { sku: 'REVISED', title: 'Two', expectedRevision: 1 })).product).toMatchObject({
    title: 'Two',
    revision: 2,
  });
});

it('lets one of many saves upon the same revision win, also the first of a new product', async () => {
  for (const expectedRevision of [0, 1]) {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => save(app, { sku: 'RACED', expectedRevision })),
    );
    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'won').sort();
    expect(codes).toEqual([...Array(7).fill('CONFLICT'), 'won']);
  }
});

it('makes one product of many first saves, each a revision, with the whole list of the last', async () => {
  const componentId = await register(app, { key: 'many' });
  const items = (n: number) => Array.from({ length: n + 1 }, () => ({ componentId, metadata: { n } }));
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => save(app, { sku: 'MANY', journeyComponents: items(n) })),
  );
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  const { product } = await app.query('{ product(sku: "MANY") { revision journeyComponents { metadata } } }');
  expect(product.revision).toBe(8);
  const { n } = product.journeyComponents[0].metadata;
  expect(product.journeyComponents).toEqual(Array(n + 1).fill({ metadata: { n } }));
});

it('gives skus that look alike slugs of their own', async () => {
  const answers = await Promise.all(['LIKE 1', 'like-1', 'Like_1'].map((sku) => save(app, { sku })));
  expect(answers.map(({ product }) => product.slug).sort()).toEqual(['like-1', 'like-1-2', 'like-1-3']);
});

it('finds one component by its id or key, one product by its id, sku or slug, and null for what is not there', async () => {
  const id = await register(app, { key: 'found' });
  await save(app, { sku: 'FOUND' });
  const answer = await app.query(
    `query ($id: ID) {
      byId: component(id: $id) { key } byKey: component(key: "found") { id }
      bySku: product(sku: "FOUND") { slug } bySlug: product(slug: "found") { sku }
      malformed: component(id: "no-uuid") { id } unknown: product(id: "00000000-0000-4000-8000-000000000000") { id }
      unstorable: product(sku: "a\\u0000b") { id } nowhere: component(key: "%") { id }
    }`,
    { id },
  );
  expect(answer).toEqual({
    byId: { key: 'found' },
    byKey: { id },
    bySku: { slug: 'found' },
    bySlug: { sku: 'FOUND' },
    malformed: null,
    unknown: null,
    unstorable: null,
    nowhere: null,
  });
});

it.each(['component', 'component(id: "a", key: "b")', 'product(sku: "a", slug: "b")', 'product(id: null)'])(
  'refuses %s: exactly one key is taken',
  async (field) => {
    const { errors } = await app.ask(`{ ${field} { id } }`);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('exactly one'), extensions: { code: 'BAD_REQUEST' } },
    ]);
  },
);
