import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteOldEntries } from '../../src/audit/delete-old-entries.ts';
import { schema } from '../../src/graphql/schema/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { principalOf, serveAs } from '../support/principals.ts';

let app: TestApp;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp({ logLevel: 'fatal', secretKeys: [{ id: 'k', bytes: Buffer.alloc(32, 1) }] });
  componentId = await register(app, { key: 'audited' });
});
afterAll(() => app.stop());

/** Sends an operation with an X-Request-Id; answers with its data. */
async function send(requestId: string, query: string, variables: object = {}) {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

type Entry = {
  id: string;
  action: string;
  principal: string | null;
  requestId: string | null;
  objectType: string;
  objectIds: string[];
  hashBefore: string | null;
  hashAfter: string | null;
  rejected: boolean;
  times: number;
};
type Page = { nodes: Entry[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
const FIELDS =
  'id action principal address requestId objectType objectIds hashBefore hashAfter rejected times';

const entries = async (where: object): Promise<Entry[]> =>
  (
    await app.query(
      `query ($where: AuditFilter) { auditLog(first: 100, where: $where) { nodes { ${FIELDS} } } }`,
      { where },
    )
  ).auditLog.nodes;

const ofRequest = async (requestId: string) =>
  (await entries({})).filter((entry) => entry.requestId === requestId).reverse();

describe('a mutation', () => {
  it('always says what it changes', () => {
    const fields = Object.values(schema.getMutationType()!.getFields());
    const silent = fields.filter(({ extensions }) => {
      const { audits } = (extensions.pothosOptions ?? {}) as { audits?: string };
      return audits === undefined;
    });
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('leaves an entry with its object and its request', async () => {
    const left: { [action: string]: [string, string[]] } = {};
    const run = async (action: string, call: string, path: string, type: string) => {
      const data = await send(action, `mutation { ${call} }`);
      const at = path.split('.').reduce((value, key) => value[key], data[action]) as string | string[];
      left[action] = [type, [at].flat()];
      return [at].flat()[0]!;
    };
    const id = await run(
      'registerComponent',
      'registerComponent(input: {key: "new", name: "new", triggers: [CHECKOUT, OPERATOR], script: {slug: "s", runtime: "node"}}) { component { id } }',
      'component.id',
      'Component',
    );
    await run(
      'updateComponent',
      `updateComponent(id: "${id}", input: {name: "renamed"}) { component { id } }`,
      'component.id',
      'Component',
    );
    await run(
      'archiveComponent',
      `archiveComponent(id: "${id}") { component { id } }`,
      'component.id',
      'Component',
    );
    await run(
      'restoreComponent',
      `restoreComponent(id: "${id}") { component { id } }`,
      'component.id',
      'Component',
    );
    await run(
      'saveProduct',
      `saveProduct(input: {sku: "S-1", journeyComponents: [{componentId: "${id}"}]}) { product { id } }`,
      'product.id',
      'Product',
    );
    await run(
      'recordOrder',
      'recordOrder(input: {number: "R-1", payload: {}, lines: []}) { order { id } }',
      'order.id',
      'Order',
    );
    const orderId = await run(
      'enqueueCheckoutRuns',
      'enqueueCheckoutRuns(input: {order: {number: "A-1", payload: {}, lines: [{sku: "S-1", quantity: 1}]}}) { groupId }',
      'groupId',
      'RunGroup',
    ).then(async () => (await app.query('{ order(number: "A-1") { id } }')).order.id);
    await run(
      'runOrderAutomation',
      `runOrderAutomation(input: {orderId: "${orderId}"}) { groupId }`,
      'groupId',
      'RunGroup',
    );
    const runId = await run(
      'enqueueRun',
      `enqueueRun(input: {componentId: "${id}", idempotencyKey: "k"}) { run { id } }`,
      'run.id',
      'Run',
    );
    const many = await send(
      'enqueueRuns',
      `mutation { enqueueRuns(inputs: [{componentId: "${id}"}, {componentId: "${id}"}]) { run { id } } }`,
    );
    left.enqueueRuns = ['Run', many.enqueueRuns.map((one: { run: { id: string } }) => one.run.id).sort()];
    await run('replayRun', `replayRun(id: "${runId}") { run { id } }`, 'run.id', 'Run');
    await run('cancelRun', `cancelRun(id: "${runId}") { run { id } }`, 'run.id', 'Run');
    await run('retryRun', `retryRun(id: "${runId}") { run { id } }`, 'run.id', 'Run');
    for (const kind of ['bulkRetryRuns', 'bulkCancelRuns', 'bulkReplayRuns'])
      await run(
        kind,
        `${kind}(where: {runId: ["${runId}"]}) { operation { id } }`,
        'operation.id',
        'BulkOperation',
      );
    await run(
      'abortBulkOperation',
      `abortBulkOperation(id: "${left.bulkReplayRuns![1][0]}") { operation { id } }`,
      'operation.id',
      'BulkOperation',
    );
    await run('forgetOrder', 'forgetOrder(number: "R-1") { order { id } }', 'order.id', 'Order');
    await run(
      'saveSecret',
      'saveSecret(input: {name: "pin", value: "12345"}) { secret { name } }',
      'secret.name',
      'Secret',
    );
    await run('deleteSecret', 'deleteSecret(name: "pin") { name }', 'name', 'Secret');
    const viewId = await run(
      'saveView',
      'saveView(input: {page: "runs", name: "Failed", address: "?status=FAILED"}) { view { id } }',
      'view.id',
      'SavedView',
    );
    await run('deleteView', `deleteView(id: "${viewId}") { view { id } }`, 'view.id', 'SavedView');

    for (const [action, [objectType, objectIds]] of Object.entries(left)) {
      const found = await ofRequest(action);
      expect(found, action).toEqual([
        expect.objectContaining({ action, objectType, principal: null, rejected: false, times: 1 }),
      ]);
      expect([...found[0]!.objectIds].sort(), action).toEqual(objectIds);
    }
    const names = Object.keys(schema.getMutationType()!.getFields());
    expect(names.filter((name) => !left[name] && !OF_PRINCIPALS.includes(name))).toEqual([]);
  });

  it('leaves hashes of the state before and after, which are those of the next change and the last', async () => {
    const save = (title: string, attributes = {}) =>
      send(title, 'mutation ($input: SaveProductInput!) { saveProduct(input: $input) { product { id } } }', {
        input: { sku: 'chain', title, attributes },
      });
    await save('first');
    await save('second', { size: 1 });
    const [first] = await ofRequest('first');
    const [second] = await ofRequest('second');
    expect(first!.hashBefore).toBeNull();
    expect(second!.hashBefore).toBe(first!.hashAfter);
    expect(second!.hashAfter).toMatch(/^[0-9a-f]{64}$/);
    expect(second!.hashAfter).not.toBe(second!.hashBefore);
  });

  it('leaves the hash of a view that is saved again under its name, and has another address', async () => {
    for (const address of ['?first', '?second'])
      await send(address, 'mutation ($input: SaveViewInput!) { saveView(input: $input) { view { id } } }', {
        input: { page: 'runs', name: 'chain', address },
      });
    const [[first], [second]] = [await ofRequest('?first'), await ofRequest('?second')];
    expect(first!.hashBefore).toBeNull();
    expect(second!.hashBefore).toBe(first!.hashAfter);
    expect(second!.hashAfter).not.toBe(first!.hashAfter);
  });

  it('leaves no entry when it is rejected or changes nothing', async () => {
    await send(
      'rejected',
      'mutation { cancelRun(id: "none") { run { id } } saveProduct(input: {sku: ""}) { product { id } } }',
    );
    await send('archived', `mutation { restoreComponent(id: "${componentId}") { component { id } } }`);
    expect([...(await ofRequest('rejected')), ...(await ofRequest('archived'))]).toEqual([]);
  });

  it('changes nothing when its entry cannot be stored', async () => {
    const rename = (from: string, to: string) => app.db.pool.query(`alter table ${from} rename to ${to}`);
    await rename('journey_audit_log', 'journey_audit_log_away');
    const [saved, enqueued] = await Promise.all([
      app.ask('mutation { saveProduct(input: {sku: "lost"}) { product { id } } }'),
      app.ask(
        `mutation { enqueueRun(input: {componentId: "${componentId}", idempotencyKey: "lost"}) { run { id } } }`,
      ),
    ]);
    await rename('journey_audit_log_away', 'journey_audit_log');
    expect([saved.errors?.length, enqueued.errors?.length]).toEqual([1, 1]);
    const { product, runs } = await app.query(
      '{ product(sku: "lost") { id } runs(where: {idempotencyKey: ["lost"]}) { totalCount } }',
    );
    expect([product, runs.totalCount]).toEqual([null, 0]);
  });
});

describe('the audit log', () => {
  it.each([
    "update journey_audit_log set principal = 'x'",
    'delete from journey_audit_log',
    'truncate journey_audit_log',
  ])('is append-only: %s', async (statement) => {
    await expect(app.db.pool.query(statement)).rejects.toThrow('The audit log is append-only.');
  });

  it('is deleted by age, at least 30 days, and by nothing else', async () => {
    await app.db.pool.query(
      `insert into journey_audit_log (principal, action, at)
       values ('old', 'saveProduct', now() - interval '31 days'), ('new', 'saveProduct', now() - interval '29 days')`,
    );
    const before = await entries({ principal: ['old', 'new'] });
    expect(before.map(({ principal }) => principal)).toEqual(['new', 'old']);
    await deleteOldEntries(app.db.pool, 1);
    expect((await entries({ principal: ['old', 'new'] })).map(({ principal }) => principal)).toEqual(['new']);
    await expect(app.db.pool.query('delete from journey_audit_log')).rejects.toThrow('append-only');
  });

  it('pages and filters its entries, newest first', async () => {
    const query = `query ($after: String, $where: AuditFilter) {
      auditLog(first: 2, after: $after, where: $where) { nodes { id action } pageInfo { endCursor hasNextPage } }
    }`;
    const where = { action: ['saveProduct', 'registerComponent'], rejected: false };
    const ids: string[] = [];
    for (let after: string | null = null, isMore = true; isMore; ) {
      const { auditLog }: { auditLog: Page } = await app.query(query, { after, where });
      ids.push(...auditLog.nodes.map(({ id }: Entry) => id));
      after = auditLog.pageInfo.endCursor;
      isMore = auditLog.pageInfo.hasNextPage;
    }
    expect(ids).toEqual((await entries(where)).map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(4);
    const [latest] = await entries({ action: ['saveProduct'] });
    const ofObject = await entries({ objectId: latest!.objectIds[0] ?? 'none' });
    expect(ofObject.every(({ objectIds }) => objectIds.includes(latest!.objectIds[0]!))).toBe(true);
    expect(await entries({ before: '2020-01-01T00:00:00Z' })).toEqual([]);
  });

  it('counts the rejected operations of a client, and has one entry for them', async () => {
    const api = await serveAs(app, principalOf('VIEWER', { id: 'curious' }));
    for (let n = 0; n < 5; n += 1) await api.ask('mutation { cancelRun(id: "x") { run { id } } }');
    await api.ask('{ runs { nodes { inputPayload } } }');
    await api.stop();
    app.services.rejections.count({ principal: '', address: '192.0.2.1' }, 'authentication');
    await app.services.rejections.record();
    await app.services.rejections.record();
    const found = await entries({ rejected: true });
    expect(found).toEqual([
      expect.objectContaining({ address: '192.0.2.1', principal: null, action: 'authentication', times: 1 }),
      expect.objectContaining({
        principal: 'curious',
        action: 'Mutation.cancelRun, Run.inputPayload',
        times: 6,
        objectIds: [],
      }),
    ]);
  });

  it('counts the fields that resolvers reject as well, on each transport and under any alias', async () => {
    const api = await serveAs(app, principalOf('ADMIN', { id: 'held', channels: new Set(['till']) }));
    const enqueue = `mutation { b: enqueueRun(input: {componentId: "${componentId}", channel: "web"}) { run { id } } }`;
    for (const document of ['{ a: orders { nodes { id } } viewer { name } }', enqueue])
      for (const door of ['JSON POST', 'WebSocket', 'SSE'] as const)
        expect((await api.ask(document, {}, door)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    await api.ask('{ auditLog { nodes { id } } order(number: "x") { id } }');
    await api.stop();
    await app.services.rejections.record();
    expect(await entries({ principal: ['held'] })).toEqual([
      expect.objectContaining({
        rejected: true,
        action: 'Query.orders, Mutation.enqueueRun, Query.auditLog, Query.order',
        times: 8,
      }),
    ]);
  });
});

/** Mutations that an open service ends by: they are tested with the principals. */
const OF_PRINCIPALS = [
  'createPrincipal',
  'updatePrincipal',
  'disablePrincipal',
  'createApiKey',
  'revokeApiKey',
  'createRunToken',
];
