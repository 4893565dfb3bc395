import { randomUUID } from 'node:crypto';
import { type GraphQLObjectType, getNamedType, isLeafType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema/schema.ts';
import { allFields } from '../support/all-fields.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { insertRuns, runIdAt, type StoredRun, storedRun } from '../support/runs.ts';
import { statementsOf } from '../support/statements.ts';

const SECRET = 'open-sesame-open-sesame';

let app: TestApp;
let runId: string;
beforeAll(async () => {
  app = await startTestApp();
  const componentId = await register(app, { key: 'asked', description: 'What is asked alone.' });
  const bindings = [{ static: { inputKey: 'token', value: SECRET, secret: true } }];
  const { product } = await save(app, {
    sku: 'ASKED',
    attributes: { material: 'steel' },
    journeyComponents: [
      { componentId, bindings, channelEligibility: ['pos'] },
      { componentId, metadata: { place: 2 } },
    ],
  });
  const attachmentId = product.journeyComponents[0].id;
  const { component } = await app.query('{ component(key: "asked") { versions { nodes { id } } } }');
  const given: Partial<StoredRun> & { componentId: string } = {
    componentId,
    componentVersionId: component.versions.nodes[0].id,
    productId: product.id,
    attachmentId,
    status: 'FAILED',
    inputPayload: { said: SECRET },
    metadata: { said: SECRET },
    context: { said: SECRET },
    bindingSnapshot: [{ kind: 'static', inputKey: 'token', value: SECRET, required: true, secret: true }],
    resolvedBindings: { token: SECRET },
    resultPayload: { said: SECRET },
    error: { code: 'RUNNER_REJECTED', message: `It said ${SECRET}.`, detail: null, retryable: false },
    telemetry: { runner: 'http', latencyMs: 1, bindingsCount: 1, outputPreview: SECRET },
    queuedAt: new Date('2026-01-02T03:04:05.060Z'),
    completedAt: new Date('2026-01-02T03:04:06.000Z'),
  };
  const stored = [0, 1, 2].map((n) => storedRun({ ...given, id: runIdAt(Date.UTC(2026, 0, 1) + n) }));
  await insertRuns(app.db.pool, stored);
  runId = stored[2]!.id;
  const order = {
    number: 'O-1',
    payload: { a: 1 },
    lines: [{ sku: 'ASKED', quantity: 2, payload: { b: 2 } }],
  };
  await app.query('mutation ($input: RecordOrderInput!) { recordOrder(input: $input) { order { id } } }', {
    input: order,
  });
});
afterAll(() => app.stop());

/** Each place that rows of a type are read for, as a query around a selection, and where its answer has them. */
const PLACES: [string, (selection: string) => string, (answer: Answer) => object][] = [
  ['Run', (of) => `{ run(id: "${runId}") ${of} }`, ({ run }) => run],
  ['Run', (of) => `{ runs(first: 1) { nodes ${of} } }`, ({ runs }) => runs.nodes[0]],
  ['Run', (of) => `{ runs(first: 1) { edges { node ${of} } } }`, ({ runs }) => runs.edges[0].node],
  [
    'Run',
    (of) => `{ product(sku: "ASKED") { recentRuns(first: 1) ${of} } }`,
    ({ product }) => product.recentRuns[0],
  ],
  ['Product', (of) => `{ product(sku: "ASKED") ${of} }`, ({ product }) => product],
  ['Product', (of) => `{ products { nodes ${of} } }`, ({ products }) => products.nodes[0]],
  ['Product', (of) => `{ run(id: "${runId}") { product ${of} } }`, ({ run }) => run.product],
  ['Attachment', (of) => `{ run(id: "${runId}") { attachment ${of} } }`, ({ run }) => run.attachment],
  [
    'Attachment',
    (of) => `{ product(sku: "ASKED") { journeyComponents ${of} } }`,
    ({ product }) => product.journeyComponents[0],
  ],
  ['Component', (of) => `{ component(key: "asked") ${of} }`, ({ component }) => component],
  ['Component', (of) => `{ run(id: "${runId}") { component ${of} } }`, ({ run }) => run.component],
  [
    'ComponentVersion',
    (of) => `{ run(id: "${runId}") { componentVersion ${of} } }`,
    ({ run }) => run.componentVersion,
  ],
  ['Order', (of) => `{ order(number: "O-1") ${of} }`, ({ order }) => order],
  ['Order', (of) => `{ orders { nodes ${of} } }`, ({ orders }) => orders.nodes[0]],
  ['OrderLine', (of) => `{ order(number: "O-1") { lines ${of} } }`, ({ order }) => order.lines[0]],
];
// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
type Answer = any;

describe('a field that is asked alone', () => {
  it.each(PLACES)(
    'of %s is what it is beside all others, and shows no secret',
    async (typeName, query, rowOf) => {
      const whole = rowOf(await app.query(query(allFields(typeName, 1)))) as Record<string, unknown>;
      expect(Object.keys(whole).length).toBeGreaterThan(3);
      const type = schema.getType(typeName) as GraphQLObjectType;
      for (const [name, field] of Object.entries(type.getFields())) {
        if (!(name in whole)) continue;
        const below = getNamedType(field.type);
        const page = field.args.some((arg) => arg.name === 'first') ? '(first: 1)' : '';
        const selection = isLeafType(below) ? '' : allFields(below.name, 0);
        const alone = rowOf(await app.query(query(`{ ${name}${page} ${selection} }`)));
        expect(alone).toEqual({ [name]: whole[name] });
        expect(JSON.stringify(alone)).not.toContain(SECRET);
      }
    },
  );
});

describe('a selection of nothing but what every row has', () => {
  it.each(PLACES)('is answered for %s', async (_, query, rowOf) => {
    expect(rowOf(await app.query(query('{ __typename }')))).toEqual({ __typename: expect.any(String) });
    const skipped = query('{ a: __typename @skip(if: true) ... @include(if: false) { b: __typename } }');
    expect(rowOf(await app.query(skipped))).toEqual({});
  });

  it('is answered for lists in lists', async () => {
    const { products, orders, component } = await app.query(`{
      products { nodes { journeyComponents { __typename recentRuns { __typename @skip(if: true) } } recentRuns { __typename } } }
      orders { edges { node { lines { payload @include(if: false) } skipped { nodes { __typename } } } } }
      component(key: "asked") { versions { nodes { __typename } } attachments { nodes { __typename } } runs { nodes { __typename } } }
    }`);
    expect(products.nodes[0].journeyComponents).toHaveLength(2);
    expect(products.nodes[0].recentRuns).toHaveLength(3);
    expect(orders.edges[0].node.lines).toEqual([{}]);
    expect(component.runs.nodes).toHaveLength(3);
  });
});

describe('the columns of runs that a statement reads', () => {
  const overRuns = async (query: string) =>
    (await statementsOf(() => app.query(query))).filter((text) => text.includes('journey_runs'));

  it.each([
    '{ runs { nodes { id status } } }',
    '{ runs { edges { node { ...Few } } } } fragment Few on Run { id ... on Run { status } }',
    '{ product(sku: "ASKED") { recentRuns { status } journeyComponents { recentRuns { status } } } }',
    '{ component(key: "asked") { runs { nodes { status telemetry @include(if: false) { runner } } } } }',
  ])('are those asked: %s', async (query) => {
    const texts = await overRuns(query);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('s.status');
    expect(texts[0]).not.toMatch(/[rs]\.(metadata|binding_snapshot|telemetry|error|queued_at)/);
  });

  it('are, for what may hold a secret, the bindings that tell', async () => {
    const [text] = await overRuns('{ runs { nodes { metadata } } }');
    expect(text).toMatch(/"metadata"/);
    expect(text).toMatch(/"bindingSnapshot"/);
    expect(text).not.toMatch(/"telemetry"/);
  });
});

describe('rows that are read with those above', () => {
  it('are those of each alias and its arguments, wherever else the field is asked', async () => {
    const { products } = await app.query(`query ($first: Int = 2) { products(search: "ASKED") {
      nodes { r: recentRuns(first: 1) { id } all: journeyComponents { id } pos: journeyComponents(channel: "pos") { id }
        app: journeyComponents(channel: "app") { isRequired } long: journeyComponents(channel: "${'x'.repeat(100)}") { id } }
      edges { node { r: recentRuns(first: $first) { id status } journeyComponents { metadata } } }
    } }`);
    expect(products.nodes[0].r).toHaveLength(1);
    expect(products.edges[0].node.r).toMatchObject([{ status: 'FAILED' }, { status: 'FAILED' }]);
    const lengths = ['all', 'pos', 'app', 'long'].map((name) => products.nodes[0][name].length);
    expect(lengths).toEqual([2, 2, 1, 1]);
    expect(products.edges[0].node.journeyComponents[1]).toEqual({ metadata: { place: 2 } });
  });

  it('are found whatever the order and the form of the arguments', async () => {
    const { product } = await app.query(
      `query ($channel: String, $trigger: [Trigger!] = [CHECKOUT]) { product(sku: "ASKED") {
        a: journeyComponents(channel: $channel, trigger: [CHECKOUT]) { id }
        b: journeyComponents(trigger: [CHECKOUT], channel: $channel) { id isRequired }
        c: journeyComponents(trigger: $trigger, channel: "pos") { metadata }
        d: journeyComponents(trigger: CHECKOUT) { id }
        e: journeyComponents(trigger: null, channel: "app") { id }
      } }`,
      { channel: 'pos' },
    );
    const lengths = ['a', 'b', 'c', 'd', 'e'].map((name) => product[name].length);
    expect(lengths).toEqual([2, 2, 2, 2, 1]);
    expect(product.b[0]).toEqual({ id: product.a[0].id, isRequired: expect.any(Boolean) });
  });

  it('show what a mutation has changed since the one before it', async () => {
    const input = (sku: string, count: number, componentId: string) => ({
      sku,
      journeyComponents: Array.from({ length: count }, () => ({ componentId })),
    });
    const { component } = await app.query('{ component(key: "asked") { id } }');
    const sku = `twice-${randomUUID()}`;
    const answer = await app.query(
      `mutation ($one: SaveProductInput!, $two: SaveProductInput!) {
        one: saveProduct(input: $one) { product { revision journeyComponents { component { key } } } }
        two: saveProduct(input: $two) { product { revision journeyComponents { component { key } } } }
      }`,
      { one: input(sku, 1, component.id), two: input(sku, 3, component.id) },
    );
    const [one, two] = [answer.one.product, answer.two.product];
    expect([one.revision, one.journeyComponents.length]).toEqual([1, 1]);
    expect([two.revision, two.journeyComponents.length]).toEqual([2, 3]);
  });

  it('write moments as all others do', async () => {
    const { run, product } = await app.query(`{ run(id: "${runId}") { queuedAt completedAt startedAt }
      product(sku: "ASKED") { recentRuns(first: 1) { queuedAt completedAt startedAt } } }`);
    expect(run).toEqual({
      queuedAt: '2026-01-02T03:04:05.060Z',
      completedAt: '2026-01-02T03:04:06.000Z',
      startedAt: null,
    });
    expect(product.recentRuns).toEqual([run]);
  });
});
