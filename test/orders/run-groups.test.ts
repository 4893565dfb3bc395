import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { automate, checkOut, components, product } from '../support/orders.ts';
import { statementsOf } from '../support/statements.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  const { gift, label } = await components(app, { gift: ['CHECKOUT'], label: ['AUTOMATION'] });
  await product(app, 'MUG', [{ componentId: gift }, { componentId: gift, channelEligibility: ['kiosk'] }]);
  await product(app, 'BOX', [{ componentId: label }]);
});
afterAll(() => app.stop());

const GROUP = `id kind actor createdAt order { number } skipped { nodes { decision } }
  counts { queued { count exact } completed { count } } runs { totalCount nodes { id group { id } } }`;

test('a group shows its order, its runs with their counts, and what was skipped', async () => {
  const order = {
    number: 'G-1',
    payload: {},
    lines: [
      { sku: 'MUG', quantity: 1 },
      { sku: 'BOX', quantity: 1 },
    ],
  };
  const { groupId } = await checkOut(app, { order, channel: 'web' });
  const { group } = await app.query(`query ($id: ID!) { group(id: $id) { ${GROUP} } }`, { id: groupId });
  expect(group).toEqual({
    id: groupId,
    kind: 'CHECKOUT',
    actor: null,
    createdAt: expect.any(String),
    order: { number: 'G-1' },
    skipped: { nodes: [{ decision: expect.any(String) }, { decision: expect.any(String) }] },
    counts: { queued: { count: 1, exact: true }, completed: { count: 0 } },
    runs: { totalCount: 1, nodes: [{ id: expect.any(String), group: { id: groupId } }] },
  });
  for (const id of [randomUUID(), 'nonsense'])
    expect(await app.query('query ($id: ID!) { group(id: $id) { id } }', { id })).toEqual({ group: null });
});

test('the groups of many orders are read by one statement', async () => {
  const order = { number: 'G-2', payload: {}, lines: [{ sku: 'BOX', quantity: 2 }] };
  const first = await checkOut(app, { order });
  const second = await automate(app, { orderId: first.order.id, idempotencyKey: 'again' });
  expect(second.userErrors).toEqual([]);
  let orders: { number: string; groups: object[] }[] = [];
  const texts = await statementsOf(async () => {
    const answer = await app.query('{ orders(search: "G-") { nodes { number groups { id kind } } } }');
    orders = answer.orders.nodes;
  });
  expect(orders.find(({ number }) => number === 'G-2')!.groups).toEqual([
    { id: first.groupId, kind: 'CHECKOUT' },
    { id: second.groupId, kind: 'AUTOMATION' },
  ]);
  expect(orders).toHaveLength(2);
  expect(texts.filter((text) => text.includes('journey_run_groups'))).toHaveLength(1);
});
