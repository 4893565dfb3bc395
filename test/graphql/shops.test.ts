import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { COMPONENT } from '../support/catalogue.ts';
import { openEventStream, openSocket, takeFirst } from '../support/subscriptions.ts';

/** Two shops and none, with the same keys everywhere. */
const SHOPS = ['north', 'South.2', null] as const;
type Shop = (typeof SHOPS)[number];
type Stored = {
  componentId: string;
  productId: string;
  attachmentId: string;
  orderId: string;
  runId: string;
};

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what a node holds.
type Page = { nodes: any[]; pageInfo: { hasNextPage: boolean; endCursor: string } };

let app: TestApp;
let start: string;
const stored = new Map<Shop, Stored>();
const of = (shop: Shop) => stored.get(shop)!;

beforeAll(async () => {
  app = await startTestApp();
  start = (await app.query('{ feedCursor }')).feedCursor;
  for (const shop of SHOPS) stored.set(shop, await store(shop));
});
afterAll(() => app.stop());

const errors = 'userErrors { code path message }';

async function mutate(name: string, type: string, input: object, selection: string) {
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} ${errors} } }`;
  return (await app.query(query, { input }))[name];
}
const register = (input: object) =>
  mutate(
    'registerComponent',
    'RegisterComponentInput',
    { ...COMPONENT, name: 'Gift', ...input },
    'component { id shop }',
  );
const save = (input: object) =>
  mutate('saveProduct', 'SaveProductInput', input, 'product { id shop slug journeyComponents { id } }');
const checkOut = (order: object) =>
  mutate(
    'enqueueCheckoutRuns',
    'EnqueueCheckoutRunsInput',
    { order: { payload: {}, ...order } },
    'groupId deduplicated order { id shop lines { product { id } } } runs { id shop }',
  );
const automate = (input: object) =>
  mutate('runOrderAutomation', 'RunOrderAutomationInput', input, 'groupId deduplicated runs { shop }');
const enqueue = (input: object) =>
  mutate('enqueueRun', 'EnqueueRunInput', input, 'deduplicated run { id shop }');
const preview = async (input: object, drafts: object = {}) => {
  const query = `query ($input: EnqueueRunInput!, $product: SaveProductInput, $attachment: AttachmentInput) {
    previewRun(input: $input, product: $product, attachment: $attachment) { accepted ${errors} }
  }`;
  return (await app.query(query, { input, ...drafts })).previewRun;
};

/** Stores the same in every shop; an automation's and a run's idempotency key are the same as well. */
async function store(shop: Shop): Promise<Stored> {
  const { component } = await register({ shop, key: 'gift' });
  const attachment = { componentId: component.id };
  const { product } = await save({ shop, sku: 'A-1', slug: 'rose', journeyComponents: [attachment] });
  const { order, runs } = await checkOut({ shop, number: '1001', lines: [{ sku: 'A-1', quantity: 1 }] });
  expect([component.shop, product.shop, order.shop, runs]).toEqual([
    shop,
    shop,
    shop,
    [{ id: expect.any(String), shop }],
  ]);
  expect(order.lines).toEqual([{ product: { id: product.id } }]);
  const { run } = await enqueue({ shop, componentId: component.id, idempotencyKey: 'once' });
  return {
    componentId: component.id,
    productId: product.id,
    attachmentId: product.journeyComponents[0].id,
    orderId: order.id,
    runId: run.id,
  };
}

describe('shops with the same keys live side by side', () => {
  test.each(SHOPS)('keys of %s find its own objects', async (shop) => {
    const { componentId, productId, orderId } = of(shop);
    const found = await app.query(
      `query ($shop: String) {
        component(key: "gift", shop: $shop) { id } order(number: "1001", shop: $shop) { id }
        bySku: product(sku: " A-1", shop: $shop) { id } bySlug: product(slug: "rose", shop: $shop) { id }
        filtered: product(sku: "A-1", shop: $shop) { id journeyComponents(channel: "web") { id } }
      }`,
      { shop },
    );
    expect(found).toMatchObject({
      component: { id: componentId },
      order: { id: orderId },
      bySku: { id: productId },
      bySlug: { id: productId },
      filtered: { id: productId },
    });
  });

  test('a key that a shop has already is taken there alone', async () => {
    expect(await register({ shop: 'north', key: 'gift' })).toMatchObject({
      userErrors: [{ code: 'ALREADY_EXISTS' }],
    });
    expect(await save({ shop: 'north', sku: 'A-2', slug: 'rose' })).toMatchObject({
      userErrors: [{ code: 'ALREADY_EXISTS' }],
    });
    const order = { number: '1001', lines: [] };
    expect(await checkOut({ shop: 'north', ...order })).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_CONFLICT' }],
    });
    expect(await checkOut({ shop: 'third', ...order })).toMatchObject({
      deduplicated: false,
      userErrors: [],
    });
  });

  test('idempotency keys of runs, groups and bulk operations repeat within their shop', async () => {
    for (const shop of SHOPS) {
      const { componentId, runId, orderId } = of(shop);
      const repeated = await enqueue({ shop, componentId, idempotencyKey: 'once' });
      expect(repeated).toEqual({ deduplicated: true, run: { id: runId, shop }, userErrors: [] });
      const other = await enqueue({ shop, componentId, idempotencyKey: 'once', channel: 'web' });
      expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
      const automation = { shop, orderId, idempotencyKey: 'once' };
      expect(await automate(automation)).toMatchObject({ deduplicated: false, userErrors: [] });
      expect(await automate(automation)).toMatchObject({ deduplicated: true, userErrors: [] });
    }
    const cancel = async (where: object) =>
      (
        await app.query(
          `mutation ($where: RunFilter!) {
            bulkCancelRuns(where: $where, idempotencyKey: "once") { operation { id shop expected } ${errors} }
          }`,
          { where: { runId: [], ...where } },
        )
      ).bulkCancelRuns;
    const north = await cancel({ shop: ['north'] });
    expect(north.operation).toMatchObject({ shop: 'north' });
    expect((await cancel({ shop: ['South.2'] })).operation).toMatchObject({ shop: 'South.2' });
    expect((await cancel({ shop: ['north', 'South.2'] })).operation).toMatchObject({ shop: null });
    expect(await cancel({ shop: ['north'] })).toEqual(north);
    expect(await cancel({ shop: ['north'], channel: ['web'] })).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_CONFLICT' }],
    });
  });

  test('a replay has the shop of its run, and its key belongs to that shop', async () => {
    const replay = async (id: string) =>
      (
        await app.query(
          `mutation ($id: ID!) {
            replayRun(id: $id, input: { idempotencyKey: "replayed" }) { deduplicated run { id shop } ${errors} }
          }`,
          { id },
        )
      ).replayRun;
    for (const shop of SHOPS) {
      const { runId } = of(shop);
      const first = await replay(runId);
      expect(first).toMatchObject({ deduplicated: false, run: { shop }, userErrors: [] });
      expect(await replay(runId)).toMatchObject({ deduplicated: true, run: { id: first.run.id } });
    }
    const other = await enqueue({
      shop: 'north',
      componentId: of('north').componentId,
      idempotencyKey: 'second',
    });
    expect(await replay(other.run.id)).toMatchObject({ userErrors: [{ code: 'IDEMPOTENCY_CONFLICT' }] });
  });
});

describe('what another shop has does not exist for a request', () => {
  test('an id of another shop is answered as one that nothing has', async () => {
    const mine = of('north');
    const [componentId, productId, attachmentId, orderId] = Array.from({ length: 4 }, () =>
      crypto.randomUUID(),
    );
    const none = { componentId, productId, attachmentId, orderId };
    for (const shop of ['South.2', null] as const)
      for (const field of ['componentId', 'productId', 'attachmentId', 'orderId'] as const) {
        const request = (id: string) => ({ shop: 'north', componentId: mine.componentId, [field]: id });
        const answers = async (id: string) => {
          const answered = [await enqueue(request(id)), await preview(request(id))];
          return JSON.parse(JSON.stringify(answered).replaceAll(id, '<id>'));
        };
        const theirs = await answers(of(shop)[field]);
        expect(theirs[0].userErrors).toMatchObject([{ code: 'NOT_FOUND', path: [field] }]);
        expect(theirs).toEqual(await answers(none[field]!));
      }
  });

  test('a product takes components and attachments of its shop alone', async () => {
    const { componentId, attachmentId } = of('South.2');
    const saved = (item: object) => save({ shop: 'north', sku: 'A-3', journeyComponents: [item] });
    expect((await saved({ componentId })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['journeyComponents', '0', 'componentId'] },
    ]);
    expect((await saved({ id: attachmentId, componentId })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['journeyComponents', '0', 'id'] },
    ]);
    const run = { shop: 'north', componentId: of('north').componentId };
    expect(await preview(run, { attachment: { id: attachmentId, componentId } })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['attachment', 'id'] }],
    });
    expect(await preview(run, { product: { sku: 'A-1', shop: 'South.2' } })).toMatchObject({
      accepted: false,
      userErrors: expect.arrayContaining([expect.objectContaining({ path: ['product', 'shop'] })]),
    });
    expect(await preview(run, { product: { sku: 'A-1', shop: 'north' } })).toMatchObject({ accepted: true });
  });

  test('orders are automated, found and forgotten within their shop', async () => {
    const { orderId, componentId } = of('South.2');
    expect(await automate({ shop: 'north', orderId })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['orderId'] }],
    });
    expect(
      await automate({ shop: 'north', orderId: of('north').orderId, componentId: [componentId] }),
    ).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', path: ['componentId', '0'] }] });
    const found = `query ($id: ID!) {
      none: order(id: $id, shop: "north") { id } its: order(id: $id, shop: "South.2") { id } any: order(id: $id) { id }
    }`;
    expect(await app.query(found, { id: orderId })).toEqual({
      none: null,
      its: { id: orderId },
      any: { id: orderId },
    });
    await checkOut({ shop: 'south', number: '1002', lines: [] });
    const forget = async (shop: string) =>
      (
        await app.query(
          `mutation ($shop: String) { forgetOrder(number: "1002", shop: $shop) { order { shop } ${errors} } }`,
          { shop },
        )
      ).forgetOrder;
    expect(await forget('north')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await forget('south')).toMatchObject({ order: { shop: 'south' }, userErrors: [] });
  });

  test('a plan previews with the shop of the product', async () => {
    const plan = `query ($id: ID!) { journeyPlan(productId: $id, trigger: [CHECKOUT]) { preview { accepted } } }`;
    for (const shop of SHOPS)
      expect(await app.query(plan, { id: of(shop).productId })).toEqual({
        journeyPlan: [{ preview: { accepted: true } }],
      });
  });

  test.each(['', ' ', 'a b', 'ä', 'a'.repeat(65), '\0'])('the shop %j is invalid', async (shop) => {
    const invalid = { userErrors: expect.arrayContaining([expect.objectContaining({ code: 'INVALID' })]) };
    expect(await register({ shop, key: 'gift' })).toMatchObject(invalid);
    expect(await save({ shop, sku: 'A-1' })).toMatchObject(invalid);
    expect(await checkOut({ shop, number: '1', lines: [] })).toMatchObject(invalid);
    const { componentId, orderId } = of(null);
    expect(await enqueue({ shop, componentId, idempotencyKey: 'once' })).toMatchObject(invalid);
    expect(await automate({ shop, orderId, idempotencyKey: 'once' })).toMatchObject(invalid);
  });

  test('white space around a shop is ignored', async () => {
    expect(await register({ shop: ' north ', key: 'trimmed' })).toMatchObject({
      component: { shop: 'north' },
    });
  });
});

describe('lists of a shop show nothing of another', () => {
  test('catalogue and orders', async () => {
    const lists = `query ($shop: String) {
      components(shop: $shop) { nodes { shop } totalCount } products(shop: $shop) { nodes { shop } }
      orders(shop: $shop) { nodes { shop } }
    }`;
    for (const shop of ['north', 'South.2']) {
      const { components, products, orders } = await app.query(lists, { shop });
      for (const { nodes } of [components, products, orders]) {
        expect(nodes.length).toBeGreaterThan(0);
        expect(new Set(nodes.map((node: { shop: string }) => node.shop))).toEqual(new Set([shop]));
      }
      expect(components.totalCount).toBe(components.nodes.length);
    }
    const nothing = { nodes: [] };
    for (const shop of ['unknown', '\0'])
      expect(await app.query(lists, { shop })).toMatchObject({
        components: nothing,
        products: nothing,
        orders: nothing,
      });
  });

  test('runs, their statistics and their events, by one shop, by several and with other conditions', async () => {
    const all = `query ($where: RunFilter) {
      runs(where: $where, first: 100) { nodes { id shop } totalCount } runStats(where: $where) { queued }
      runEvents(where: $where, first: 100) { nodes { run { id shop } type } }
    }`;
    for (const where of [
      {},
      { componentKey: ['gift'] },
      { componentKey: ['gift', 'none'] },
      { metadata: {} },
    ])
      for (const shops of [['north'], ['South.2'], ['north', 'South.2'], ['unknown'], ['\0'], [''], []]) {
        const variables = { where: { ...where, shop: shops } };
        const { runs, runStats } = await app.query(all, variables);
        const expected = await runsOf(shops);
        expect(runs.nodes.map(({ id }: { id: string }) => id)).toEqual(expected);
        expect(runs.totalCount).toBe(expected.length);
        expect(runStats.queued).toBe(expected.length);
        // A transaction of another test on this server may hold the last events back for a moment.
        await expect
          .poll(async () => {
            const { runEvents } = await app.query(all, variables);
            const enqueued = runEvents.nodes.filter(({ type }: { type: string }) => type === 'ENQUEUED');
            return new Set(enqueued.map((event: { run: { id: string } }) => event.run.id));
          })
          .toEqual(new Set(expected));
      }
    const everything = await app.query(all, { where: { componentKey: ['gift'] } });
    expect(new Set(everything.runs.nodes.map((run: { shop: Shop }) => run.shop))).toEqual(new Set(SHOPS));
  });

  /** The ids of these shops' runs, newest first, chosen from all runs. */
  async function runsOf(shops: readonly string[]): Promise<string[]> {
    const { runs } = await app.query('{ runs(first: 100) { nodes { id shop } } }');
    return runs.nodes
      .filter(({ shop }: { shop: Shop }) => shop !== null && shops.includes(shop))
      .map(({ id }: { id: string }) => id);
  }

  test('the live feed, over WebSocket and SSE', async () => {
    const query = `subscription ($after: String, $where: RunFilter) {
      runEvents(after: $after, where: $where) { run { id shop } }
    }`;
    const socket = openSocket(app);
    for (const shop of ['north', 'South.2']) {
      const expected = await runsOf([shop]);
      const variables = { after: start, where: { shop: [shop] } };
      const overSocket = await takeFirst(socket.subscribe(query, variables), expected.length);
      const overStream = await takeFirst(openEventStream(app, query, variables), expected.length);
      for (const events of [overSocket.map(({ data }) => data), overStream.map(({ data }) => data!.data)])
        expect(new Set(events.map(({ runEvents }) => runEvents.run.shop))).toEqual(new Set([shop]));
    }
    await socket.close();
  });

  test('a bulk verb changes the runs of its shop alone', async () => {
    const { bulkCancelRuns } = await app.query(
      `mutation { bulkCancelRuns(where: { shop: ["north"], status: [QUEUED] }) { operation { expected shop } } }`,
    );
    expect(bulkCancelRuns.operation).toEqual({ expected: (await runsOf(['north'])).length, shop: 'north' });
  });
});

describe('pages and cursors', () => {
  test('objects with the same key are each on one page, and lint checks each', async () => {
    for (const list of ['components', 'products']) {
      const seen: string[] = [];
      for (let after: string | null = null; ; ) {
        const query = `query ($after: String) {
          ${list}(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
        }`;
        const { nodes, pageInfo }: Page = (await app.query(query, { after }))[list];
        seen.push(...nodes.map(({ id }: { id: string }) => id));
        after = pageInfo.endCursor;
        if (!pageInfo.hasNextPage) break;
      }
      const { totalCount } = (await app.query(`{ ${list} { totalCount } }`))[list];
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(totalCount);
    }
    const lint = `query ($after: String) {
      catalogueLint(first: 1, after: $after) { nodes { product { sku shop } } pageInfo { endCursor } }
    }`;
    const shops: Shop[] = [];
    for (let after: string | null = null, left = SHOPS.length; left > 0; left -= 1) {
      const { nodes, pageInfo }: Page = (await app.query(lint, { after })).catalogueLint;
      expect(nodes[0].product.sku).toBe('A-1');
      shops.push(nodes[0].product.shop);
      after = pageInfo.endCursor;
    }
    expect(new Set(shops)).toEqual(new Set(SHOPS));
  });

  test('cursors of earlier versions, which name no shop, go on from the same place', async () => {
    const earlier = (...values: string[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
    const query = `query ($components: String, $products: String, $lint: String) {
      components(first: 1, after: $components) { nodes { key shop } }
      products(first: 1, after: $products) { nodes { sku shop } }
      catalogueLint(first: 1, after: $lint) { nodes { product { sku shop } } }
    }`;
    const found = await app.query(query, {
      components: earlier('components', 'gift'),
      products: earlier('products', 'A-1'),
      lint: earlier('lint', 'A-1'),
    });
    // The object without a shop is the first one with its key.
    expect(found.components.nodes[0].key).toBe('gift');
    expect(found.components.nodes[0].shop).not.toBeNull();
    expect(found.products.nodes[0]).toMatchObject({ sku: 'A-1', shop: found.components.nodes[0].shop });
    expect(found.catalogueLint.nodes[0].product).toEqual(found.products.nodes[0]);
  });

  test('a cursor of the feed that an earlier version issued goes on from the same place', async () => {
    const query = `query ($after: String) { runEvents(first: 3, after: $after) { nodes { cursor runId } } }`;
    const [first, ...rest] = (await app.query(query)).runEvents.nodes;
    const text = Buffer.from(first.cursor, 'base64url').toString();
    expect(text).toMatch(/^1:/);
    const unversioned = Buffer.from(text.slice(2)).toString('base64url');
    const { nodes } = (await app.query(query, { after: unversioned })).runEvents;
    expect(nodes.slice(0, 2)).toEqual(rest);
    const later = Buffer.from(`2:${text.slice(2)}`).toString('base64url');
    expect((await app.ask(query, { after: later })).errors).toMatchObject([
      { extensions: { code: 'BAD_REQUEST' } },
    ]);
  });
});
