import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fieldRule } from '../../../src/graphql/rights/rights-table.ts';
import { ROLES } from '../../../src/identity/role.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { type Answer, type Door, principalOf, serveAs } from '../../support/principals.ts';
import { documentsOf, isAllowed, NO_ID } from '../../support/root-fields.ts';

type Role = keyof typeof ROLES;
type Api = Awaited<ReturnType<typeof serveAs>>;

let app: TestApp;
const apis = new Map<Role, Api>();
beforeAll(async () => {
  app = await startTestApp();
  for (const role of Object.keys(ROLES) as Role[]) apis.set(role, await serveAs(app, principalOf(role)));
});
afterAll(async () => {
  for (const api of apis.values()) await api.stop();
  await app.stop();
});

const doors: Door[] = ['JSON POST', 'WebSocket', 'SSE'];
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;

describe.each(Object.keys(ROLES) as Role[])('%s', (role) => {
  const api = () => apis.get(role)!;

  it.each(['Query', 'Mutation'])(
    'may use the fields of %s that its permissions allow, and no others',
    async (root) => {
      for (const [field, document] of documentsOf(root)) {
        for (const door of doors) {
          const answer = await api().ask(document, {}, door);
          const isForbidden = codeOf(answer) === 'FORBIDDEN';
          expect(isForbidden, `${door}: ${document}`).toBe(!isAllowed(ROLES[role], fieldRule(field)));
          if (!isForbidden) continue;
          expect(answer.data).toBeNull();
          expect(answer.errors![0]!.message).toMatch(
            / needs (the permission|one of the permissions) [A-Z_, ]+, which/,
          );
        }
      }
    },
  );

  it('may start the subscriptions that its permissions allow, and no others', async () => {
    for (const [field, document] of documentsOf('Subscription')) {
      const isExpected = isAllowed(ROLES[role], fieldRule(field));
      // Those without an id send nothing before an event; the others end with NOT_FOUND.
      if (isExpected && !document.includes('id:')) continue;
      for (const door of doors.slice(1)) {
        const answer = await api().ask(document, {}, door);
        expect(codeOf(answer), `${door}: ${document}`).toBe(isExpected ? 'NOT_FOUND' : 'FORBIDDEN');
      }
    }
  });
});

describe('an operation', () => {
  it('is not executed at all where one of its fields is forbidden', async () => {
    const answer = await apis.get('MERCHANDISER')!.ask(
      `mutation {
        registerComponent(input: {key: "one", name: "one", triggers: [CHECKOUT], script: {slug: "s", runtime: "node"}}) { component { id } }
        cancelRun(id: "${NO_ID}") { run { id } }
      }`,
    );
    expect(answer).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(answer.errors![0]!.message).toBe(
      'Mutation.cancelRun needs the permission OPERATE_RUNS, which this client does not have.',
    );
    expect((await app.query('{ component(key: "one") { id } }')).component).toBeNull();
  });

  it('has status 200 when it is forbidden, for both media types', async () => {
    const { status } = await apis.get('CHECKOUT')!.post('{ orders { nodes { id } } }');
    expect(status).toBe(200);
  });

  it.each([
    ['{ runs { nodes { id inputPayload } } }', 'Run.inputPayload'],
    [
      '{ runs { nodes { ...a } } } fragment a on Run { telemetry { outputPreview } }',
      'RunTelemetry.outputPreview',
    ],
    ['{ runs { edges { node { error { code detail } } } } }', 'RunError.detail'],
    ['{ runEvents { nodes { run { ... on Run { request } } } } }', 'Run.request'],
    ['{ orders { nodes { lines { payload } } } }', 'OrderLine.payload'],
    ['{ node(id: "x") { ... on Order { payload } } }', 'Order.payload'],
    ['{ runs(where: {metadata: {a: 1}}) { nodes { id } } }', 'RunFilter.metadata'],
    ['{ runStats(where: {context: {}}) { queued } }', 'RunFilter.context'],
    ['{ runs(where: {not: [{metadata: {a: 1}}]}) { nodes { id } } }', 'RunExclusion.metadata'],
    [
      'query ($json: JSONObject = {}) { runs(where: {inputPayload: $json}) { nodes { id } } }',
      'RunFilter.inputPayload',
    ],
    [
      'query ($where: RunFilter = {inputPayload: {a: 1}}) { runs(where: $where) { nodes { id } } }',
      'RunFilter.inputPayload',
    ],
    ['query ($on: Boolean = true) { runs { nodes { id context @include(if: $on) } } }', 'Run.context'],
    ['{ products { nodes { runs(where: {metadata: {}}) { totalCount } } } }', 'RunFilter.metadata'],
  ])('shows a viewer no payload: %s', async (query, field) => {
    const answer = await apis.get('VIEWER')!.ask(query);
    expect(answer.errors?.[0]?.message).toContain(`${field} needs the permission READ_PAYLOADS`);
    expect(codeOf(await apis.get('OPERATOR')!.ask(query))).not.toBe('FORBIDDEN');
  });

  it.each([
    [
      'query ($where: RunFilter) { runs(where: $where) { nodes { id } } }',
      { where: { inputPayload: { a: 1 } } },
    ],
    ['query ($json: JSONObject) { runs(where: {context: $json}) { nodes { id } } }', { json: { a: 1 } }],
    ['query ($on: Boolean!) { runs { nodes { id request @skip(if: $on) } } }', { on: false }],
  ])('may need a permission for its variables: %s', async (query, variables) => {
    const viewer = apis.get('VIEWER')!;
    expect(codeOf(await viewer.ask(query, variables))).toBe('FORBIDDEN');
    const without =
      'on' in variables ? { on: true } : 'json' in variables ? {} : { where: { inputPayload: null } };
    expect(await viewer.ask(query, without)).toMatchObject({ data: { runs: { nodes: [] } } });
  });

  it('shows no type by its interface', async () => {
    const { recordOrder } = await app.query(
      'mutation { recordOrder(input: {number: "1", payload: {}, lines: []}) { order { id } } }',
    );
    const query = 'query ($id: ID!) { node(id: $id) { __typename id } nodes(ids: [$id]) { id } }';
    const { id } = recordOrder.order;
    const reader = await serveAs(app, principalOf('VIEWER', { permissions: new Set(['READ_RUNS']) }));
    onTestFinished(reader.stop);
    expect((await reader.ask(query, { id })).data).toEqual({ node: null, nodes: [null] });
    expect((await apis.get('VIEWER')!.ask(query, { id })).data.node).toEqual({ __typename: 'Order', id });
    const through = await reader.ask('{ runs { nodes { order { ... on Node { id } } } } }');
    expect(codeOf(through)).toBe('FORBIDDEN');
  });
});
