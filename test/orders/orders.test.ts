import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { automate, checkOut, components, product, recordOrder } from '../support/orders.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('recordOrder', () => {
  const input = {
    number: 'R-1',
    placedAt: '2026-03-09T17:05:00.120+01:00',
    payload: { total: '12.50', note: null, tags: ['🎁'] },
    lines: [
      { sku: 'none', quantity: 1_000_000, payload: { price: '3.10' } },
      { sku: 'R', quantity: 1 },
    ],
  };

  it('records an order with its lines, in their order, each with the product that has its sku', async () => {
    await product(app, 'R', []);
    const { order, userErrors } = await recordOrder(app, input);
    expect(userErrors).toEqual([]);
    expect(order).toMatchObject({
      number: 'R-1',
      placedAt: '2026-03-09T16:05:00.120Z',
      payload: input.payload,
    });
    expect(order.lines).toEqual([
      { position: 0, sku: 'none', quantity: 1_000_000, payload: { price: '3.10' }, product: null },
      { position: 1, sku: 'R', quantity: 1, payload: {}, product: { id: expect.any(String), sku: 'R' } },
    ]);
  });

  it('gives the same order again, however its JSON is written and whether it says when it was placed', async () => {
    const first = await recordOrder(app, input);
    const { placedAt: _, ...unplaced } = input;
    const again = { ...unplaced, payload: { tags: ['🎁'], note: null, total: '12.50' } };
    const outcomes = await Promise.all([
      recordOrder(app, again),
      recordOrder(app, { ...again, placedAt: input.placedAt }),
    ]);
    expect(outcomes).toEqual([first, first]);
  });

  it.each([{ payload: { total: '12.51' } }, { lines: [] }, { placedAt: '2026-03-09T16:05:00.121Z' }])(
    'is IDEMPOTENCY_CONFLICT with %j under the same number',
    async (other) => {
      await recordOrder(app, input);
      const { order, userErrors } = await recordOrder(app, { ...input, ...other });
      expect(order).toBeNull();
      expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT', path: ['number'] }]);
    },
  );

  it('makes one order of several that come at the same moment', async () => {
    const order = { ...input, number: 'R-2' };
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => recordOrder(app, order)));
    expect(new Set(outcomes.map((outcome) => outcome.order.id)).size).toBe(1);
  });

  it('names every mistake at once', async () => {
    const lines = [
      { sku: 'a\0b', quantity: 1 },
      { sku: 'R', quantity: 1_000_001 },
    ];
    const { order, userErrors } = await recordOrder(app, { number: 'x'.repeat(201), payload: {}, lines });
    expect(order).toBeNull();
    expect(userErrors.map(({ path }: Answer) => path.join('.'))).toEqual([
      'number',
      'lines.0.sku',
      'lines.1.quantity',
    ]);
  });
});

describe('the list of orders', () => {
  const numbers = ['L-5', 'L-4', 'L-%3', 'L-2', 'L-1'];
  const LIST = `query ($first: Int, $after: String, $last: Int, $before: String, $search: String, $placedAfter: DateTime, $placedBefore: DateTime) {
    orders(first: $first, after: $after, last: $last, before: $before, search: $search, placedAfter: $placedAfter, placedBefore: $placedBefore) {
      nodes { number } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  const list = async (variables: object) => (await app.query(LIST, { search: 'L-', ...variables })).orders;
  const named = ({ nodes }: Answer) => nodes.map(({ number }: Answer) => number);

  beforeAll(async () => {
    // The second and the third were placed at the same moment.
    const minutes = [1, 2, 3, 3, 5];
    for (const [index, number] of numbers.toReversed().entries())
      await recordOrder(app, {
        number,
        placedAt: `2026-01-01T00:0${minutes[index]}:00Z`,
        payload: {},
        lines: [],
      });
  });

  it('is newest first, and pages both ways without a gap', async () => {
    expect(named(await list({}))).toEqual(numbers);
    const first = await list({ first: 3 });
    expect(named(first)).toEqual(numbers.slice(0, 3));
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const rest = await list({ first: 3, after: first.pageInfo.endCursor });
    expect(named(rest)).toEqual(numbers.slice(3));
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(named(await list({ last: 2, before: rest.pageInfo.startCursor }))).toEqual(numbers.slice(1, 3));
  });

  it('is of the numbers that begin with the search, in which nothing is a wildcard', async () => {
    expect(named(await list({ search: 'L-%' }))).toEqual(['L-%3']);
    expect(named(await list({ search: '-1' }))).toEqual([]);
  });

  it('is of a time, its beginning included and its end excluded', async () => {
    const bounds = { placedAfter: '2026-01-01T00:02:00Z', placedBefore: '2026-01-01T00:05:00Z' };
    expect(named(await list(bounds))).toEqual(['L-4', 'L-%3', 'L-2']);
  });
});

describe('an order', () => {
  it('is found by its id or its number, and is null where there is none', async () => {
    const { order } = await recordOrder(app, { number: 'found', payload: {}, lines: [] });
    const ORDER = 'query ($id: ID, $number: String) { order(id: $id, number: $number) { id number } }';
    const found = { order: { id: order.id, number: 'found' } };
    expect(await app.query(ORDER, { id: order.id })).toEqual(found);
    expect(await app.query(ORDER, { number: 'found' })).toEqual(found);
    expect(await app.query(ORDER, { id: 'malformed' })).toEqual({ order: null });
    expect(await app.query(ORDER, { number: 'other' })).toEqual({ order: null });
    expect((await app.ask(ORDER, {})).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });

  it('shows the runs of its checkout and its automations, newest first and filtered', async () => {
    const { both } = await components(app, { both: ['CHECKOUT', 'OPERATOR'] });
    await product(app, 'both', [{ componentId: both }]);
    const input = { number: 'runs', payload: {}, lines: [{ sku: 'both', quantity: 1 }] };
    const checkout = await checkOut(app, { order: input });
    const automation = await automate(app, { orderId: checkout.order.id });
    const { order } = await app.query(
      `query ($where: RunFilter) { order(number: "runs") {
        runs { nodes { id } totalCount } checkouts: runs(where: $where) { nodes { id } }
      } }`,
      { where: { metadata: { initiator: 'checkout' } } },
    );
    const ids = [...automation.runs, ...checkout.runs].map(({ id }: Answer) => ({ id }));
    expect(order).toEqual({ runs: { nodes: ids, totalCount: 2 }, checkouts: { nodes: ids.slice(1) } });
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
type Answer = any;
