import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { AUTOMATE, automate, components, product, recordOrder } from '../support/orders.ts';

let app: TestApp;
let ids: { [key in 'mail' | 'points' | 'repair' | 'gift']: string };
let mailA: string;
let pointsA: string;
let repairB: string;
let giftA: string;
let orderId: string;

const payload = { customer: { email: 'ada@example.com' } };
const lines = [
  { sku: 'A', quantity: 1, payload: { size: 'M' } },
  { sku: 'B', quantity: 2 },
  { sku: 'A', quantity: 3 },
];

beforeAll(async () => {
  app = await startTestApp();
  ids = await components(app, {
    mail: ['OPERATOR', 'AUTOMATION'],
    points: ['POST_CHECKOUT', 'OPERATOR'],
    repair: ['OPERATOR'],
    gift: ['CHECKOUT'],
  });
  [mailA, pointsA, giftA] = (await product(app, 'A', [
    { componentId: ids.mail, channelEligibility: ['app'] },
    { componentId: ids.points },
    { componentId: ids.gift },
  ])) as [string, string, string];
  [repairB] = (await product(app, 'B', [{ componentId: ids.repair }])) as [string];
  orderId = (await recordOrder(app, { number: 'recorded', payload, lines })).order.id;
});
afterAll(() => app.stop());

const placed = (runs: Answer[]) =>
  runs.map((run) => [run.orderLine.position, run.attachment.id, run.trigger]);

describe('an order automation', () => {
  it('runs what AUTOMATION, POST_CHECKOUT or OPERATOR trigger, line by line, with the order as recorded', async () => {
    const { runs, skipped, order, deduplicated } = await automate(app, {
      orderId,
      metadata: { by: 'support' },
    });
    expect(placed(runs)).toEqual([
      [0, mailA, 'AUTOMATION'],
      [0, pointsA, 'POST_CHECKOUT'],
      [1, repairB, 'OPERATOR'],
      [2, mailA, 'AUTOMATION'],
      [2, pointsA, 'POST_CHECKOUT'],
    ]);
    expect([order.number, deduplicated]).toEqual(['recorded', false]);
    const orderItem = { size: 'M', sku: 'A', quantity: 1 };
    const orderItems = [orderItem, { sku: 'B', quantity: 2 }, { sku: 'A', quantity: 3 }];
    expect(runs[0]).toMatchObject({
      inputPayload: { order: payload, orderItem, orderItems },
      context: {},
      metadata: { initiator: 'order_automation', by: 'support' },
      priority: 'NORMAL',
      order: { number: 'recorded' },
    });
    expect(skipped).toMatchObject([
      { line: { position: 0 }, attachment: { id: giftA }, decision: 'TRIGGER_NOT_MATCHED' },
      { line: { position: 2 }, attachment: { id: giftA }, decision: 'TRIGGER_NOT_MATCHED' },
    ]);
  });

  it('is for the lines of one sku, for some components and for a channel where asked', async () => {
    const ofB = await automate(app, { orderId, sku: 'B' });
    expect(placed(ofB.runs)).toEqual([[1, repairB, 'OPERATOR']]);
    const ofPoints = await automate(app, { orderId, componentId: [ids.points.toUpperCase()] });
    expect(placed(ofPoints.runs)).toEqual([
      [0, pointsA, 'POST_CHECKOUT'],
      [2, pointsA, 'POST_CHECKOUT'],
    ]);
    expect(ofPoints.skipped).toEqual([]);
    const inStore = await automate(app, { orderId, sku: 'A', channel: 'kiosk', componentId: [ids.mail] });
    expect(inStore.runs).toEqual([]);
    expect(inStore.skipped.map(({ decision }: Answer) => decision)).toEqual(
      Array(2).fill('CHANNEL_NOT_ELIGIBLE'),
    );
  });

  it('reads the products as they are now', async () => {
    const order = await recordOrder(app, {
      number: 'early',
      payload,
      lines: [{ sku: 'later', quantity: 1 }],
    });
    expect(order.order.lines[0].product).toBeNull();
    const before = await automate(app, { orderId: order.order.id });
    expect(before.skipped).toMatchObject([{ decision: 'PRODUCT_NOT_FOUND', attachment: null }]);
    await product(app, 'later', [{ componentId: ids.mail }]);
    expect((await automate(app, { orderId: order.order.id })).runs).toHaveLength(1);
  });

  it('is enqueued once under a key, also when it is asked at the same moment', async () => {
    const input = { orderId, idempotencyKey: randomUUID() };
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => automate(app, input)));
    expect(new Set(outcomes.map(({ groupId }) => groupId)).size).toBe(1);
    expect(outcomes.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1);
    expect(outcomes[0].runs).toHaveLength(5);
    expect((await automate(app, { orderId })).groupId).not.toBe(outcomes[0].groupId);
  });

  it('is IDEMPOTENCY_CONFLICT with another input under a key, whatever else is wrong with it', async () => {
    const idempotencyKey = randomUUID();
    await automate(app, { orderId, idempotencyKey });
    for (const other of [{ orderId, sku: 'A' }, { orderId: randomUUID() }]) {
      const { groupId, userErrors } = await automate(app, { ...other, idempotencyKey });
      expect(groupId).toBeNull();
      expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'] }]);
    }
  });

  it.each([
    ['order', { orderId: 'none' }, ['orderId']],
    ['order', { orderId: randomUUID() }, ['orderId']],
    ['sku', { sku: 'C' }, ['sku']],
    ['component', { componentId: [randomUUID()] }, ['componentId', '0']],
  ])('of an unknown %s is NOT_FOUND', async (_, given, path) => {
    const { userErrors, runs } = await automate(app, { orderId, ...given });
    expect(runs).toEqual([]);
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path }]);
  });
});

describe('the plan of an automation', () => {
  const PLAN = `query ($input: RunOrderAutomationInput!) {
    orderAutomationPlan(input: $input) {
      line { position sku } attachment { id } decision reason
      preview { accepted inputs request }
    }
  }`;

  it('says what it would enqueue and skip, and what each run would come to', async () => {
    const input = { orderId, sku: 'A', channel: 'kiosk' };
    const { orderAutomationPlan: steps } = await app.query(PLAN, { input });
    expect(steps.map(({ line, decision }: Answer) => [line.position, decision])).toEqual([
      [0, 'CHANNEL_NOT_ELIGIBLE'],
      [0, 'ELIGIBLE'],
      [0, 'TRIGGER_NOT_MATCHED'],
      [2, 'CHANNEL_NOT_ELIGIBLE'],
      [2, 'ELIGIBLE'],
      [2, 'TRIGGER_NOT_MATCHED'],
    ]);
    expect(steps[0]).toMatchObject({
      attachment: { id: mailA },
      reason: expect.stringContaining('app'),
      preview: null,
    });
    expect(steps[1].preview).toMatchObject({
      accepted: true,
      request: { trigger: { type: 'POST_CHECKOUT', orderId } },
    });
    const { runs, skipped } = (await app.query(AUTOMATE, { input })).runOrderAutomation;
    expect(steps[1].preview.inputs).toEqual(runs[0].inputPayload);
    expect(runs.length + skipped.length).toBe(steps.length);
  });

  it('of an unknown order is an error', async () => {
    const { errors } = await app.ask(PLAN, { input: { orderId: randomUUID() } });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
type Answer = any;
