import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../../src/graphql/schema/schema.ts';
import { PERMISSIONS } from '../../../src/identity/permission.ts';
import type { Principal } from '../../../src/identity/principal.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';
import { type Hints, operations } from '../../support/operations.ts';
import { principalOf, serveAs } from '../../support/principals.ts';

/** `OPERATIONS=5000 npm test -- test/graphql/rights/own-runs.test.ts` for many. */
const OPERATIONS = Number(process.env.OPERATIONS ?? 150);

type Api = Awaited<ReturnType<typeof serveAs>>;
type Enqueued = { id: string; groupId: string | null };

let app: TestApp;
let hints: Hints;
/** The runs of two shops: on the same products, for the same orders, by the same components. */
let ours: Enqueued[];
let theirs: Enqueued[];
const apis: Api[] = [];

beforeAll(async () => {
  app = await startTestApp();
  const componentId = await register(app, { key: 'one' });
  const { product } = await save(app, { sku: 'A-1', journeyComponents: [{ componentId }] });
  const enqueue = async (shop: string, channel: string): Promise<Enqueued[]> => {
    const api = await as(principalOf('ADMIN', { id: shop }));
    const order = { number: `N-${shop}`, payload: {}, lines: [{ sku: 'A-1', quantity: 1 }] };
    const { enqueueRun, enqueueCheckoutRuns: checkout } = (
      await api.ask(
        `mutation ($run: EnqueueRunInput!, $checkout: EnqueueCheckoutRunsInput!) {
          enqueueRun(input: $run) { run { id groupId } userErrors { message } }
          enqueueCheckoutRuns(input: $checkout) { order { id } runs { id groupId } userErrors { message } }
        }`,
        {
          run: {
            componentId,
            productId: product.id,
            channel,
            idempotencyKey: `${shop}-key`,
            inputPayload: { a: `${shop}-input` },
            context: { a: `${shop}-context` },
            metadata: { a: `${shop}-metadata` },
          },
          checkout: { order, channel, metadata: { a: `${shop}-metadata` } },
        },
      )
    ).data;
    const { id: orderId } = checkout.order;
    const replayed = await api.ask(
      'mutation ($id: ID!) { replayRun(id: $id) { run { id groupId } } bulkReplayRuns(where: {runId: [$id]}) { operation { id } } }',
      { id: enqueueRun.run.id },
    );
    operationIds.push(replayed.data.bulkReplayRuns.operation.id);
    const ofOrder = await api.ask(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id groupId } userErrors { message } } }',
      { input: { componentId, orderId, channel, metadata: { a: `${shop}-metadata` } } },
    );
    orderIds.push(orderId);
    return [enqueueRun.run, ...checkout.runs, replayed.data.replayRun.run, ofOrder.data.enqueueRun.run];
  };
  const operationIds: string[] = [];
  const orderIds: string[] = [];
  ours = await enqueue('ours', 'our-channel');
  theirs = await enqueue('theirs', 'their-channel');
  const runIds = [...ours, ...theirs].map(({ id }) => id);
  const groupIds = [...ours, ...theirs].flatMap(({ groupId }) => groupId ?? []);
  const ids = [...runIds, ...operationIds, ...orderIds, product.id, componentId];
  hints = {
    id: ids,
    ids,
    sku: ['A-1'],
    key: ['one'],
    number: ['N-ours', 'N-theirs'],
    runId: runIds,
    groupId: groupIds,
    orderId: orderIds,
    productId: [product.id],
    componentId: [componentId],
    componentKey: ['one'],
    channel: ['our-channel', 'their-channel'],
    idempotencyKey: ['ours-key', 'theirs-key'],
  };
});
afterAll(async () => {
  for (const api of apis) await api.stop();
  await app.stop();
});

async function as(principal: Principal): Promise<Api> {
  const api = await serveAs(app, principal);
  apis.push(api);
  return api;
}

const allBut = (...without: string[]) => new Set(PERMISSIONS.filter((one) => !without.includes(one)));
const ownRuns = () => principalOf('ADMIN', { id: 'ours', permissions: allBut('READ_RUNS') });
const ownChannel = () => principalOf('ADMIN', { id: 'new', channels: new Set(['our-channel']) });
const ofToken = (scope: Principal['scope']) => principalOf('ADMIN', { id: 'token', scope });
const theirMarks = () => [
  ...theirs.flatMap(({ id, groupId }) => [id, groupId ?? id]),
  ...['key', 'input', 'context', 'metadata'].map((mark) => `theirs-${mark}`),
  'their-channel',
];

describe('no field of a run of somebody else is ever shown', () => {
  it.each([
    ['who may read its own runs', ownRuns],
    ['who is held to a channel', ownChannel],
    ['whose token reads one run', () => ofToken({ runId: ours[0]!.id.toUpperCase() })],
    [
      'whose token reads one group',
      () => ofToken({ groupId: ours.find(({ groupId }) => groupId)!.groupId! }),
    ],
  ])('to a client %s', { timeout: OPERATIONS * 500 + 60_000 }, async (_, principal) => {
    const api = await as(principal());
    const marks = theirMarks();
    await fc.assert(
      fc.asyncProperty(
        operations({ schema, kinds: ['query'], hints, without: ECHOING }),
        async ({ query, variables }) => {
          const { data, errors } = await api.ask(query, variables);
          const text = JSON.stringify(data ?? null).replaceAll(UNKNOWN_ID, '');
          const found = marks.filter((mark) => text.includes(mark));
          expect(found, `${query} ${JSON.stringify(variables)}`).toEqual([]);
          const texts = JSON.stringify(errors?.map(({ message }) => message.replace(OWN_LITERAL, '')) ?? []);
          expect(marks.filter((mark) => mark.startsWith('theirs-') && texts.includes(mark))).toEqual([]);
        },
      ),
      { numRuns: OPERATIONS, endOnFailure: true },
    );
    expect((await api.ask('{ runs { nodes { id } } }')).data.runs.nodes.length).toBeGreaterThan(0);
  });

  it('and such a query does show it to a client who may read every run', async () => {
    const api = await as(principalOf('OPERATOR'));
    const text = JSON.stringify(await api.ask(WAYS, ways()));
    expect(theirMarks().filter((mark) => !text.includes(mark))).toEqual([]);
  });

  it('on any of the ways to a run, all at once', async () => {
    for (const principal of [ownRuns(), ownChannel()]) {
      const api = await as(principal);
      const answer = await api.ask(WAYS, ways(principal.permissions.has('READ_RUNS')));
      expect(answer.data.runs.nodes.map(({ id }: Enqueued) => id).sort()).toEqual(
        ours.map(({ id }) => id).sort(),
      );
      const text = JSON.stringify(answer);
      expect(theirMarks().filter((mark) => text.includes(mark))).toEqual([]);
      expect(answer.data).toMatchObject({
        run: null,
        node: null,
        nodes: [null],
        runStats: { queued: ours.length },
        runCounts: { queued: { count: ours.length } },
        product: { runs: { totalCount: 3 }, recentRuns: { length: 3 } },
      });
    }
  });

  it.each([
    ['own runs', ownRuns, 'needs the permission READ_RUNS'],
    ['channels', ownChannel, 'is held to channels'],
    ['a token', () => ofToken({ runId: ours[0]!.id }), 'needs the permission READ_AUDIT_LOG'],
  ])('by the audit log, which names runs of everybody: %s', async (_, principal, message) => {
    const [{ id }] = theirs as [Enqueued];
    const document = 'query ($id: String!) { auditLog(where: {objectId: $id}) { nodes { objectIds } } }';
    const everybody = await as(principalOf('ADMIN'));
    expect(JSON.stringify(await everybody.ask(document, { id }))).toContain(id);
    for (const objectId of [id, ours[0]!.id]) {
      const answer = await (await as(principal())).ask(document, { id: objectId });
      expect(answer.data?.auditLog ?? null).toBeNull();
      expect(answer.errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' }, message: expect.stringContaining(message) },
      ]);
    }
  });

  it.each([
    ['own runs', ownRuns],
    ['channels', ownChannel],
  ])('and none of them can be changed or replayed: %s', async (_, principal) => {
    const api = await as(principal());
    const { id } = theirs[0]!;
    const { data } = await api.ask(
      `mutation ($id: ID!) {
        cancelRun(id: $id) { run { id } userErrors { code } }
        retryRun(id: $id) { run { id } userErrors { code } }
        replayRun(id: $id) { run { id } userErrors { code } }
        bulkCancelRuns(where: {runId: [$id]}) { operation { expected } }
      }`,
      { id },
    );
    const unknown = { run: null, userErrors: [{ code: 'NOT_FOUND' }] };
    expect(data).toEqual({
      cancelRun: unknown,
      retryRun: unknown,
      replayRun: unknown,
      bulkCancelRuns: { operation: { expected: 0 } },
    });
    const preview = await api.ask('query ($id: ID!) { previewReplay(id: $id) { accepted request } }', { id });
    expect(preview.data.previewReplay).toEqual({ accepted: false, request: null });
  });

  it.each([
    ['own runs', ownRuns],
    ['channels', ownChannel],
  ])('by a subscription: %s', async (_, principal) => {
    const api = await as(principal());
    const everybody = await as(principalOf('OPERATOR'));
    const events = 'subscription ($after: String) { runEvents(after: $after) { runId run { id channel } } }';
    const start = (await app.query('{ feedCursor }')).feedCursor;
    const received: string[] = [];
    const more = async (shop: string, channel: string) => {
      const { data } = await (await as(principalOf('ADMIN', { id: shop }))).ask(
        'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }',
        { input: { componentId: hints.componentId![0], channel } },
      );
      return data.enqueueRun.run.id as string;
    };
    await more('theirs', 'their-channel');
    const own = await more('ours', 'our-channel');
    for await (const { data } of everybody.subscribe(events, { after: start })) {
      received.push(data.runEvents.runId);
      if (data.runEvents.runId === own) break;
    }
    const seen = new Set([own, ...ours.map(({ id }) => id)]);
    for await (const { data } of api.subscribe(events, { after: start })) {
      expect(seen).toContain(data.runEvents.runId);
      if (data.runEvents.runId === own) break;
    }
    expect(received.some((id) => !seen.has(id))).toBe(true);
    const unseen = await api.ask(
      'subscription ($id: ID!) { runUpdated(id: $id) { id } }',
      { id: theirs[0]!.id },
      'WebSocket',
    );
    expect(unseen.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    await app.query('mutation ($id: ID!) { cancelRun(id: $id) { run { id } } }', { id: own });
    ours.push({ id: own, groupId: null });
  });
});

describe('a client that is held to channels', () => {
  it.each([
    ['enqueueRun(input: {componentId: $id, channel: $channel}) { run { channel } }', 'enqueueRun'],
    ['enqueueRuns(inputs: [{componentId: $id, channel: $channel}]) { run { channel } }', 'enqueueRuns'],
  ])('enqueues runs of these only: %s', async (mutation, field) => {
    const api = await as(principalOf('ADMIN', { id: 'held', channels: new Set(['till']) }));
    const document = `mutation ($id: ID!, $channel: String) { ${mutation} }`;
    for (const channel of [null, 'web', 'admin_preview']) {
      const answer = await api.ask(document, { id: hints.componentId![0], channel });
      expect(answer).toMatchObject({
        data: { [field]: null },
        errors: [
          { extensions: { code: 'FORBIDDEN' }, message: expect.stringContaining('runs of till only') },
        ],
      });
    }
    const allowed = await api.ask(document, { id: hints.componentId![0], channel: 'till' });
    expect([allowed.data[field]].flat()).toEqual([{ run: { channel: 'till' } }]);
  });

  it('reads an order by its runs, and by no list', async () => {
    const api = await as(ownChannel());
    for (const query of ['{ orders { nodes { id } } }', '{ order(number: "N-theirs") { id } }'])
      expect((await api.ask(query)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { data } = await api.ask('{ runs { nodes { order { number runs { totalCount } } } } }');
    const numbers = data.runs.nodes.flatMap(
      ({ order }: { order: { number: string } | null }) => order?.number ?? [],
    );
    expect([...new Set(numbers)]).toEqual(['N-ours']);
  });
});

describe('a token', () => {
  it('shows status and events of its run, and nothing else', async () => {
    const { id } = ours[0]!;
    const api = await as(ofToken({ runId: id }));
    const { data } = await api.ask('{ runs { nodes { id status events { nodes { type } } } } }');
    expect(data.runs.nodes).toEqual([{ id, status: 'QUEUED', events: { nodes: [{ type: 'ENQUEUED' }] } }]);
    for (const more of ['inputPayload', 'product { id }', 'component { id }', 'order { id }', 'metadata'])
      expect((await api.ask(`{ runs { nodes { ${more} } } }`)).errors?.[0]?.extensions?.code).toBe(
        'FORBIDDEN',
      );
    for (const query of [
      '{ products { nodes { id } } }',
      '{ __schema { description } }',
      '{ system { version } }',
    ])
      expect((await api.ask(query)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

/** Fields that read no run, and answer with what they were sent. */
const ECHOING = ['previewRun', 'journeyPlan', 'orderAutomationPlan'];
/**
 * The error for an id that the client sent: whether another client has the run or nobody, and where a component's id belongs,
 * which is looked up among components only.
 */
const UNKNOWN_ID = /There is no (run|component) [-\w]+/g;

/** The executor's error for an argument, before anything is read. It prints the literal that the client sent. */
const OWN_LITERAL = /^Argument "\w+" has invalid value .*/s;

/** Every way to a run, below each type that leads to one. */
const WAYS = `query ($id: ID!, $key: String!, $channels: Boolean!) {
  run(id: $id) { ...run }
  node(id: $id) { id ... on Run { ...run } }
  nodes(ids: [$id]) { id }
  runs(first: 50) { nodes { ...run replays { totalCount nodes { ...run } } replayOf { ...run } latestReplay { ...run } events { nodes { runId run { id } } } } }
  byKey: runs(where: {idempotencyKey: [$key]}) { edges { node { ...run } } }
  product(sku: "A-1") {
    runs(first: 50) { totalCount nodes { ...run } } recentRuns { ...run }
    journeyComponents { recentRuns(first: 50) { ...run } component { runs(first: 50) { nodes { ...run } } } }
  }
  runEvents(first: 50) { nodes { runId run { ...run order { runs { nodes { ...run } } } } } }
  runStats { queued unservedQueues { queue dueRuns } }
  runCounts { queued { count } }
  channels @include(if: $channels)
}
fragment run on Run { id status groupId channel idempotencyKey inputPayload context metadata order { id } }`;

const ways = (channels = true) => ({ id: theirs[0]!.id, key: 'theirs-key', channels });
