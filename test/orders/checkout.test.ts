import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enqueueCheckoutRuns } from '../../src/orders/checkout.ts';
import { openDatabase } from '../../src/postgres/database.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { checkOut, components, product, recordOrder } from '../support/orders.ts';

let app: TestApp;
let gift: string;
let points: string;
let advice: string;
let giftA: string;
let pointsA: string;
let adviceA: string;
let giftB: string;

beforeAll(async () => {
  app = await startTestApp();
  ({ gift, points, advice } = await components(app, {
    gift: ['PRESET', 'POST_CHECKOUT', 'CHECKOUT'],
    points: ['POST_CHECKOUT', 'AUTOMATION'],
    advice: ['PRESET'],
  }));
  [pointsA, giftA, adviceA] = (await product(app, 'A', [
    { componentId: points },
    { componentId: gift, channelEligibility: ['storefront'] },
    { componentId: advice },
  ])) as [string, string, string];
  [giftB] = (await product(app, 'B', [{ componentId: gift }])) as [string];
});
afterAll(() => app.stop());

const order = (given: object = {}) => ({
  number: `order-${randomUUID()}`,
  payload: { currency: 'EUR', customer: { email: 'ada@example.com' } },
  lines: [
    { sku: 'A', quantity: 2, payload: { engraving: 'Ada', sku: 'their own' } },
    { sku: 'nowhere', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ],
  ...given,
});

describe('a checkout', () => {
  it('records the order, and enqueues what takes the channel and the triggers, in line and display order', async () => {
    const input = { order: order(), channel: 'storefront', cart: { id: 'c1' }, checkout: { step: 'paid' } };
    const { runs, groupId, order: recorded, deduplicated, userErrors } = await checkOut(app, input);
    expect(userErrors).toEqual([]);
    expect(deduplicated).toBe(false);
    expect(recorded.number).toBe(input.order.number);
    expect(runs.map((run: Answer) => [run.orderLine.position, run.attachment.id, run.trigger])).toEqual([
      [0, pointsA, 'POST_CHECKOUT'],
      [0, giftA, 'CHECKOUT'],
      [2, giftB, 'CHECKOUT'],
    ]);
    const ids = runs.map(({ id }: Answer) => id);
    expect(ids).toEqual([...ids].sort());
    for (const run of runs)
      expect(run).toMatchObject({
        groupId,
        priority: 'HIGH',
        channel: 'storefront',
        order: { number: input.order.number },
        metadata: { initiator: 'checkout' },
        context: { checkout: { step: 'paid' } },
      });
    const orderItem = { engraving: 'Ada', sku: 'A', quantity: 2 };
    expect(runs[0].inputPayload).toEqual({
      order: input.order.payload,
      orderItem,
      orderItems: [orderItem, { sku: 'nowhere', quantity: 1 }, { sku: 'B', quantity: 1 }],
      cart: { id: 'c1' },
    });
  });

  it('puts what it left out on record, with the reason, and the order tells it later', async () => {
    const { skipped, order: recorded, groupId } = await checkOut(app, { order: order(), channel: 'kiosk' });
    const expected = [
      {
        line: 0,
        attachment: giftA,
        decision: 'CHANNEL_NOT_ELIGIBLE',
        reason: 'The attachment is eligible for storefront, not for kiosk.',
      },
      {
        line: 0,
        attachment: adviceA,
        decision: 'TRIGGER_NOT_MATCHED',
        reason: 'The component advice is triggered by PRESET, not by CHECKOUT or POST_CHECKOUT.',
      },
      {
        line: 1,
        attachment: undefined,
        decision: 'PRODUCT_NOT_FOUND',
        reason: 'No product has the sku "nowhere".',
      },
    ];
    const told = ({ line, attachment, decision, reason }: Answer) => ({
      line: line.position,
      attachment: attachment?.id,
      decision,
      reason,
    });
    expect(skipped.map(told)).toEqual(expected);
    const paged = await app.query(
      `query ($id: ID!) {
        order(id: $id) { skipped(first: 2) {
          nodes { groupId decision reason line { position } attachment { id } } pageInfo { hasNextPage endCursor }
        } }
      }`,
      { id: recorded.id },
    );
    expect(paged.order.skipped.nodes.map(told)).toEqual(expected.slice(0, 2));
    expect(paged.order.skipped.nodes[0].groupId).toBe(groupId);
    const rest = await app.query(
      `query ($id: ID!, $after: String) { order(id: $id) { skipped(after: $after) { nodes { decision } } } }`,
      { id: recorded.id, after: paged.order.skipped.pageInfo.endCursor },
    );
    expect(rest.order.skipped.nodes).toEqual([{ decision: 'PRODUCT_NOT_FOUND' }]);
  });

  it('checks no channel where none is given, and takes admin_preview for every attachment', async () => {
    for (const channel of [null, 'admin_preview']) {
      const { runs } = await checkOut(app, { order: order(), channel });
      expect(runs).toHaveLength(3);
      expect(runs[0].channel).toBe(channel);
    }
  });

  it("lays the caller's metadata over its own", async () => {
    const metadata = { initiator: 'till 7', shop: 'berlin' };
    const { runs } = await checkOut(app, { order: order(), metadata });
    expect(runs[0].metadata).toEqual(metadata);
  });

  it('skips a component that is archived', async () => {
    const { gone } = await components(app, { gone: ['CHECKOUT'] });
    const [attachment] = await product(app, 'C', [{ componentId: gone }]);
    await app.query('mutation ($id: ID!) { archiveComponent(id: $id) { userErrors { code } } }', {
      id: gone,
    });
    const { runs, skipped } = await checkOut(app, { order: order({ lines: [{ sku: 'C', quantity: 1 }] }) });
    expect(runs).toEqual([]);
    expect(skipped).toMatchObject([{ attachment: { id: attachment }, decision: 'COMPONENT_ARCHIVED' }]);
  });
});

describe('a checkout under a number that is known', () => {
  it('gives the same runs, deduplicated', async () => {
    const input = { order: order(), channel: 'storefront', cart: { id: 'c1', note: null } };
    const first = await checkOut(app, input);
    const again = await checkOut(app, { ...input, cart: { note: null, id: 'c1' } });
    expect(again).toEqual({ ...first, deduplicated: true });
  });

  it('goes on with an order that was recorded before', async () => {
    const unplaced = order();
    const recorded = await recordOrder(app, { ...unplaced, placedAt: '2026-03-09T16:05:00.000Z' });
    const { order: checkedOut, runs } = await checkOut(app, { order: unplaced });
    expect(checkedOut.id).toBe(recorded.order.id);
    expect(runs).toHaveLength(3);
  });

  it.each([
    ['payload', { order: { payload: { currency: 'USD' } } }],
    ['lines', { order: { lines: [{ sku: 'A', quantity: 3 }] } }],
    ['time', { order: { placedAt: '2026-03-09T16:05:00.001Z' } }],
    ['cart', { cart: { id: 'c2' } }],
    ['channel', { channel: 'app' }],
    ['checkout', { checkout: { step: 'paid' } }],
  ])(
    'is IDEMPOTENCY_CONFLICT with another %s, and stores nothing',
    async (_, { order: changed, ...other }: Answer) => {
      const input = {
        order: order({ placedAt: '2026-03-09T16:05:00Z' }),
        channel: 'storefront',
        cart: { id: 'c1' },
      };
      await checkOut(app, input);
      const before = await stored();
      const refused = await checkOut(app, { ...input, ...other, order: { ...input.order, ...changed } });
      expect(refused).toMatchObject({
        groupId: null,
        order: null,
        runs: [],
        skipped: [],
        deduplicated: false,
      });
      expect(refused.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT', path: ['order', 'number'] }]);
      expect(await stored()).toEqual(before);
    },
  );

  it('makes one group when several ask at the same moment, in one process and in another', async () => {
    const other = openDatabase({ url: app.db.url, maxConnections: 3 });
    const input = { order: order(), channel: 'storefront' };
    const queue = 'journey-runtime';
    const outcomes = await Promise.all([
      ...[1, 2, 3].map(() => checkOut(app, input)),
      ...[1, 2, 3].map(async () => {
        const result = await enqueueCheckoutRuns({ pool: other.pool, queue }, input, '');
        if (!result.ok) throw new Error(result.userErrors[0]!.message);
        return result.value;
      }),
    ]);
    await other.close();
    expect(new Set(outcomes.map(({ groupId }) => groupId)).size).toBe(1);
    expect(outcomes.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1);
    const { runs } = await app.query('query ($id: ID!) { runs(where: { groupId: [$id] }) { totalCount } }', {
      id: outcomes[0]!.groupId,
    });
    expect(runs.totalCount).toBe(3);
  });
});

describe('lines as platforms send them', () => {
  it('without a sku, or with a blank one, are stored and skipped with PRODUCT_NOT_FOUND', async () => {
    const lines = [
      { sku: null, quantity: 1, payload: { title: 'Gift wrapping' } },
      { quantity: 1, payload: { sku: '' } },
      { sku: '', quantity: 1 },
      { sku: ' \t\u00a0', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ];
    const input = { order: order({ lines }), channel: 'storefront' };
    const outcome = await checkOut(app, input);
    expect(outcome.userErrors).toEqual([]);
    expect(outcome.skipped.slice(0, 4)).toEqual(
      [0, 1, 2, 3].map((position) => ({
        groupId: outcome.groupId,
        decision: 'PRODUCT_NOT_FOUND',
        reason: 'The line has no sku.',
        line: { position, sku: null },
        attachment: null,
      })),
    );
    expect(outcome.runs.length).toBeGreaterThan(0);
    expect(outcome.runs[0].inputPayload.orderItems.slice(0, 2)).toEqual([
      { title: 'Gift wrapping', sku: null, quantity: 1 },
      { sku: null, quantity: 1 },
    ]);
    expect(await checkOut(app, input)).toMatchObject({ groupId: outcome.groupId, deduplicated: true });
    const { order: read } = await app.query(
      'query ($id: ID!) { order(id: $id) { lines { sku product { id } } } orderAutomationPlan(input: { orderId: $id }) { line { position } decision reason } }',
      { id: outcome.order.id },
    );
    expect(read.lines[0]).toEqual({ sku: null, product: null });
  });

  it('have skus with white space around them, as products and look-ups may', async () => {
    const saved = await product(app, ' trimmed\u00a0', [{ componentId: gift }]);
    expect((await app.query('{ product(sku: "\ttrimmed ") { sku } }')).product).toEqual({ sku: 'trimmed' });
    const again = await app.query(
      'mutation { saveProduct(input: { sku: "trimmed  ", title: "T" }) { product { sku revision } userErrors { message } } }',
    );
    expect(again.saveProduct).toEqual({ product: { sku: 'trimmed', revision: 2 }, userErrors: [] });
    const { runs, order: recorded } = await checkOut(app, {
      order: order({ lines: [{ sku: '\n trimmed ', quantity: 1 }] }),
    });
    expect(runs).toMatchObject([{ attachment: { id: saved[0] }, orderLine: { sku: 'trimmed' } }]);
    expect(runs[0].inputPayload.orderItem).toEqual({ sku: 'trimmed', quantity: 1 });
    const plan = await app.query(
      'query ($id: ID!) { orderAutomationPlan(input: { orderId: $id, sku: " trimmed" }) { line { sku product { sku } } } }',
      { id: recorded.id },
    );
    expect(plan.orderAutomationPlan).toEqual([{ line: { sku: 'trimmed', product: { sku: 'trimmed' } } }]);
  });

  it('have quantities of 0 and decimals, which are stored exactly', async () => {
    const quantities = [0, 0.1, 0.3, 1.005, 2.5, 19.99, 0.000_001, 999_999.999_999, 1_000_000, 7];
    const lines = quantities.map((quantity) => ({ sku: 'B', quantity }));
    const {
      runs,
      userErrors,
      order: recorded,
    } = await checkOut(app, { order: order({ lines }), channel: 'storefront' });
    expect(userErrors).toEqual([]);
    const shown = runs.map(({ inputPayload }: Answer) => inputPayload.orderItem.quantity);
    expect(shown).toEqual(quantities);
    const read = await app.query('query ($id: ID!) { order(id: $id) { lines { quantity } } }', {
      id: recorded.id,
    });
    expect(read.order.lines.map(({ quantity }: Answer) => quantity)).toEqual(quantities);
    const { rows } = await app.db.pool.query(
      'select quantity::text from order_lines where order_id = $1 order by position',
      [recorded.id],
    );
    expect(rows.map(({ quantity }) => quantity)).toEqual([
      '0',
      '0.1',
      '0.3',
      '1.005',
      '2.5',
      '19.99',
      '0.000001',
      '999999.999999',
      '1000000',
      '7',
    ]);
  });
});

describe('a checkout that cannot be', () => {
  it.each([
    ['a number that is blank', { number: ' ' }, 'INVALID', ['order', 'number']],
    ...[-1, -0.5, 0.000_000_1, 5e-324, 1_000_001].map((quantity): [string, object, string, string[]] => [
      `a quantity of ${quantity}`,
      { lines: [{ sku: 'A', quantity }] },
      'INVALID',
      ['order', 'lines', '0', 'quantity'],
    ]),
    [
      'a sku of 201 characters',
      { lines: [{ sku: 'x'.repeat(201), quantity: 1 }] },
      'INVALID',
      ['order', 'lines', '0', 'sku'],
    ],
    ['a NUL', { payload: { a: ['\0'] } }, 'INVALID', ['order', 'payload', 'a', '0']],
    ['a payload over 256 KiB', { payload: { a: 'x'.repeat(262_144) } }, 'TOO_LARGE', ['order', 'payload']],
    ['1,001 lines', { lines: Array(1_001).fill({ sku: 'A', quantity: 1 }) }, 'INVALID', ['order', 'lines']],
    [
      'more than 4 MiB',
      { lines: Array(17).fill({ sku: 'A', quantity: 1, payload: { a: 'x'.repeat(250_000) } }) },
      'TOO_LARGE',
      ['order', 'lines'],
    ],
  ])('for %s says what would be right, and stores nothing', async (_, given, code, path) => {
    const before = await stored();
    const { userErrors, order: recorded, runs } = await checkOut(app, { order: order(given) });
    expect(userErrors).toMatchObject([{ code, path }]);
    expect(userErrors[0].message.length).toBeGreaterThan(20);
    expect([recorded, runs]).toEqual([null, []]);
    expect(await stored()).toEqual(before);
  });

  it('because its runs would store too much stores nothing', async () => {
    const many = Array.from({ length: 40 }, () => ({ componentId: gift }));
    await product(app, 'many', many);
    const before = await stored();
    const lines = Array(300).fill({ sku: 'many', quantity: 1 });
    const { userErrors } = await checkOut(app, { order: order({ lines }) });
    expect(userErrors).toMatchObject([{ code: 'TOO_LARGE', path: ['order', 'lines'] }]);
    expect(await stored()).toEqual(before);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
type Answer = any;

/** How many rows each table holds that a checkout writes to. */
async function stored() {
  const { rows } = await app.db.pool.query(`
    select (select count(*) from orders) as orders, (select count(*) from order_lines) as lines,
      (select count(*) from journey_run_groups) as groups, (select count(*) from journey_component_runs) as runs,
      (select count(*) from journey_skipped_attachments) as skipped, (select count(*) from journey_run_events) as events,
      (select count(*) from graphile_worker.jobs) as jobs`);
  return rows[0];
}
