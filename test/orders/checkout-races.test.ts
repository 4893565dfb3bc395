import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '../../src/postgres/transaction.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { CHECK_OUT, checkOut, components, product } from '../support/orders.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const order = (number: string, sku: string) => ({ number, payload: {}, lines: [{ sku, quantity: 1 }] });

it('a component archived while a checkout is under way is skipped, and the others run', async () => {
  const { stays, goes } = await components(app, { stays: ['CHECKOUT'], goes: ['CHECKOUT'] });
  await product(app, 'A', [{ componentId: stays }, { componentId: goes }]);
  const checkout = await inTransaction(app.db.pool, 2_000, async (client) => {
    // The checkout has planned, and waits for its runs' table.
    await client.query('lock table journey_runs in share mode');
    const waiting = checkOut(app, { order: order('archived meanwhile', 'A') });
    await untilWaiting('journey_runs');
    await client.query('update journey_components set archived_at = now() where id = $1', [goes]);
    return () => waiting;
  });
  const { runs, skipped, userErrors } = await checkout();
  expect(userErrors).toEqual([]);
  expect(runs.map(({ component }: { component: { key: string } }) => component.key)).toEqual(['stays']);
  expect(skipped).toMatchObject([{ decision: 'COMPONENT_ARCHIVED' }]);
});

it('a checkout that waits too long for another is UNAVAILABLE within 5 s, and stores nothing', async () => {
  const { any } = await components(app, { any: ['CHECKOUT'] });
  await product(app, 'B', [{ componentId: any }]);
  const startedAt = performance.now();
  await inTransaction(app.db.pool, 2_000, async (client) => {
    await client.query(
      `insert into orders (id, number, placed_at, request_hash) values (gen_random_uuid(), 'held', now(), '')`,
    );
    const { errors } = await app.ask(CHECK_OUT, { input: { order: order('held', 'B') } });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    await client.query('rollback');
  });
  expect(performance.now() - startedAt).toBeLessThan(5_500);
  const { runs } = await app.query('query { runs(where: { componentKey: ["any"] }) { totalCount } }');
  expect(runs.totalCount).toBe(0);
  expect((await checkOut(app, { order: order('held', 'B') })).runs).toHaveLength(1);
});

it('1,000 lines of 2 KiB are one checkout that stores once what its runs share', async () => {
  const { bulk } = await components(app, { bulk: ['CHECKOUT'] });
  for (const sku of ['C0', 'C1', 'C2']) await product(app, sku, [{ componentId: bulk }]);
  const lines = Array.from({ length: 1_000 }, (_, index) => ({
    sku: `C${index % 3}`,
    quantity: 1,
    payload: { index, note: `${index} `.repeat(500).slice(0, 2_000) },
  }));
  const input = { order: { number: 'large', payload: {}, lines } };
  const checkout = await checkOutIds(input);
  expect(checkout.runs).toHaveLength(1_000);
  expect(await checkOutIds(input)).toEqual({ ...checkout, deduplicated: true });
  const { rows } = await app.db.pool.query(
    `select (select octet_length(shared_input::text) from journey_run_groups where id = $1) as shared,
       max(octet_length(input_payload::text)) as own, count(*)::int as runs
     from journey_component_runs where group_id = $1`,
    [checkout.groupId],
  );
  expect(rows[0].runs).toBe(1_000);
  expect(rows[0].own).toBeLessThan(2_200);
  expect(rows[0].shared).toBeGreaterThan(2_000_000);

  const last = checkout.runs.at(-1).id;
  const { run } = await app.query(
    'query ($id: ID!) { run(id: $id) { inputPayload orderLine { position } } }',
    {
      id: last,
    },
  );
  expect(run.orderLine.position).toBe(999);
  expect(run.inputPayload.orderItem.index).toBe(999);
  expect(run.inputPayload.orderItems).toHaveLength(1_000);

  const { errors } = await app.ask('{ runs(first: 100) { nodes { inputPayload } } }');
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
});

async function checkOutIds(input: object) {
  const { enqueueCheckoutRuns } = await app.query(
    `mutation ($input: EnqueueCheckoutRunsInput!) {
      enqueueCheckoutRuns(input: $input) { groupId deduplicated runs { id } userErrors { message } }
    }`,
    { input },
  );
  return enqueueCheckoutRuns;
}

/** Resolves once some connection waits for a lock on the table. */
async function untilWaiting(table: string): Promise<void> {
  for (;;) {
    const { rowCount } = await app.db.pool.query(
      'select from pg_locks where relation = $1::regclass and not granted and database = (select oid from pg_database where datname = current_database())',
      [table],
    );
    if (rowCount) return;
  }
}
