import { randomUUID } from 'node:crypto';
import { type GraphQLInterfaceType, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../../src/graphql/schema/schema.ts';
import { allFields } from '../../support/all-fields.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';
import { statementsOf } from '../../support/statements.ts';

let app: TestApp;
/** An id of each type. */
let ids: { [type: string]: string };
beforeAll(async () => {
  app = await startTestApp();
  const componentId = await register(app, { key: 'node' });
  const { product } = await save(app, { sku: 'NODE', journeyComponents: [{ componentId }] });
  const made = await app.query(
    `mutation ($c: ID!) {
      enqueueRun(input: { componentId: $c }) { run { id } }
      recordOrder(input: { number: "N-1", payload: {}, lines: [] }) { order { id } }
      enqueueCheckoutRuns(input: { order: { number: "N-2", payload: {}, lines: [] } }) { groupId }
      bulkCancelRuns(where: { componentId: [$c] }) { operation { id } }
    }`,
    { c: componentId },
  );
  const { component } = await app.query('{ component(key: "node") { versions { nodes { id } } } }');
  ids = {
    Component: componentId,
    ComponentVersion: component.versions.nodes[0].id,
    Product: product.id,
    Attachment: product.journeyComponents[0].id,
    Order: made.recordOrder.order.id,
    Run: made.enqueueRun.run.id,
    RunGroup: made.enqueueCheckoutRuns.groupId,
    BulkOperation: made.bulkCancelRuns.operation.id,
  };
});
afterAll(() => app.stop());

/**
 * The id of a principal may be that of an issuer's subject, the id of a key is part of the key, and the id of an audit
 * entry is its number. A view is read from the list of the person who may see it.
 */
const OTHER_IDS = new Set(['Principal', 'ApiKey', 'AuditEntry', 'SavedView']);

describe('node', () => {
  it('is implemented by every type with a UUID as its id', () => {
    const withId = Object.values(schema.getTypeMap()).filter(
      (type) => 'getInterfaces' in type && !type.name.startsWith('__') && 'id' in type.getFields(),
    );
    const names = withId.map(({ name }) => name).filter((name) => name !== 'Node' && !OTHER_IDS.has(name));
    const node = schema.getType('Node') as GraphQLInterfaceType;
    expect(
      schema
        .getPossibleTypes(node)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names.sort());
    expect(names.sort()).toEqual(Object.keys(ids).sort());
  });

  const types = schema.getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType);
  it.each(types.map(({ name }) => name))(
    'finds a %s by its id, with all that is selected of it',
    async (type) => {
      const selection = `... on ${type} ${allFields(type, 1)}`;
      const { node } = await app.query(`query ($id: ID!) { node(id: $id) { __typename id ${selection} } }`, {
        id: ids[type],
      });
      expect(node).toMatchObject({ __typename: type, id: ids[type] });
      const again = await app.query(
        `query ($id: ID!) { node(id: $id) { ...A ...B } } fragment A on Node { id ...B } fragment B on ${type} ${allFields(type, 1)}`,
        { id: ids[type]!.toUpperCase() },
      );
      expect(again.node).toEqual(node);
      const bare = await app.query('query ($id: ID!) { node(id: $id) { __typename } }', { id: ids[type] });
      expect(bare.node).toEqual({ __typename: type });
    },
  );

  it('is null where nothing has the id', async () => {
    for (const id of [randomUUID(), 'no-uuid', ''])
      expect(await app.query('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null });
  });
});

describe('nodes', () => {
  it('are in the order of their ids, repeated and unknown ones in their place', async () => {
    const asked = [...Object.values(ids), randomUUID(), ids.Run!, 'no-uuid'];
    const { nodes } = await app.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', {
      ids: asked,
    });
    const found = Object.entries(ids).map(([__typename, id]) => ({ id, __typename }));
    expect(nodes).toEqual([...found, null, { id: ids.Run, __typename: 'Run' }, null]);
    expect(await app.query('{ nodes(ids: []) { id } }')).toEqual({ nodes: [] });
  });

  it('come from one statement for their types and one for each of these', async () => {
    const many = Array.from({ length: 50 }, () => [ids.Run!, ids.Product!]).flat();
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Run { status } ... on Product { sku } } }`;
    const texts = await statementsOf(() => app.query(query, { ids: many }));
    expect(texts).toHaveLength(3);
  });

  it('are a list of which each item may be missing, as Relay has it', () => {
    const { type, args } = schema.getQueryType()!.getFields().nodes!;
    expect([String(type), String(args[0]!.type)]).toEqual(['[Node]!', '[ID!]!']);
  });

  it('are refused beyond 100 ids', async () => {
    const { errors } = await app.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: 101 }, () => ids.Run),
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });
});

describe('a root field that fails', () => {
  it('leaves its neighbours their answers', async () => {
    const sku = randomUUID();
    const { data, errors } = await app.ask(
      `mutation ($sku: String!, $inputs: [EnqueueRunInput!]!) {
        a: saveProduct(input: { sku: $sku }) { product { sku } }
        b: enqueueRuns(inputs: $inputs) { deduplicated }
      }`,
      { sku, inputs: Array.from({ length: 1_001 }, () => ({ componentId: ids.Component })) },
    );
    expect(data).toEqual({ a: { product: { sku } }, b: null });
    expect(errors).toMatchObject([{ path: ['b'], extensions: { code: 'BAD_REQUEST' } }]);
    const read = await app.ask(
      `{ runs(first: 0) { totalCount } products(first: 1) { nodes { __typename } } orders(after: "x") { totalCount } }`,
    );
    expect(read.data).toEqual({ runs: null, products: { nodes: [{ __typename: 'Product' }] }, orders: null });
    expect(read.errors).toHaveLength(2);
  });

  it('is nullable, whichever it is', () => {
    const roots = [schema.getQueryType()!, schema.getMutationType()!];
    const fields = roots.flatMap((type) => Object.values(type.getFields()));
    expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual(['nodes']);
  });
});
