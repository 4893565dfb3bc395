import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { cancelMove, moveShop } from '../../src/cells/move-shop.ts';
import { isOfSql, MOVED_TABLES } from '../../src/cells/moved-tables.ts';
import { adoptOpenKeys } from '../../src/identity/keys/adopt-keys.ts';
import { NO_ID } from '../../src/postgres/uuid.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { rowsOfShop, withCells } from '../support/cells.ts';
import { automate, checkOut, recordOrder } from '../support/orders.ts';
import { startScriptHost } from '../support/script-host.ts';
import { openSocket } from '../support/subscriptions.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

let from: TestApp;
let to: TestApp;
let host: Awaited<ReturnType<typeof startScriptHost>>;
let isHolding = false;
/** Answers of calls that are held, for runs with `hold` in their payload. */
const held: (() => void)[] = [];

beforeAll(async () => {
  from = await startTestApp();
  to = await startTestApp();
  host = await startScriptHost((response, { body }) => {
    const answer = () => void response.writeHead(body.includes('"fails"') ? 422 : 200).end('{"done":true}');
    if (isHolding && body.includes('"hold"')) held.push(answer);
    else answer();
  });
  const workers = await Promise.all([from, to].map(({ db }) => startTestWorker(db, { runnerUrl: host.url })));
  return async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await from.stop();
    await to.stop();
    await host.stop();
  };
});

afterEach(release);

function release() {
  isHolding = false;
  for (const answer of held.splice(0)) answer();
}

const ENQUEUE = `mutation ($input: EnqueueRunInput!) {
  enqueueRun(input: $input) { run { id } deduplicated userErrors { code message } }
}`;
const enqueue = async (app: TestApp, input: object) => (await app.query(ENQUEUE, { input })).enqueueRun;
const move = (shop: string) => withCells(from.db, to.db, shop, moveShop);

/** Stores something of the shop in each table, and waits until its runs are at rest; one waits for a month. */
async function stock(shop: string) {
  const componentId = await register(from, {
    key: 'greet',
    shop,
    triggers: ['CHECKOUT', 'OPERATOR', 'AUTOMATION'],
  });
  await save(from, { sku: 'MUG', shop, journeyComponents: [{ componentId }] });
  const lines = [
    { sku: 'MUG', quantity: 1 },
    { sku: 'NONE', quantity: 2 },
  ];
  const order = { shop, number: '1001', payload: { price: 1.5 }, lines };
  const checkout = await checkOut(from, { order });
  await recordOrder(from, { ...order, number: '1002' });
  const automation = await automate(from, { shop, orderId: checkout.order.id, idempotencyKey: 'automation' });
  const ended = await enqueue(from, { shop, componentId, idempotencyKey: 'ended' });
  const failed = await enqueue(from, {
    shop,
    componentId,
    idempotencyKey: 'failed',
    inputPayload: { fails: true },
  });
  const runAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const later = await enqueue(from, { shop, componentId, idempotencyKey: 'later', runAt });
  for (const { id } of [...checkout.runs, ...automation.runs, ended.run])
    await untilEvent(from.db, id, 'COMPLETED');
  await untilEvent(from.db, failed.run.id, 'FAILED');
  const { bulkRetryRuns } = await from.query(
    'mutation ($where: RunFilter!) { bulkRetryRuns(where: $where) { operation { id } userErrors { message } } }',
    { where: { shop: [shop], status: ['FAILED'] } },
  );
  expect(bulkRetryRuns.userErrors).toEqual([]);
  await atRest(from, shop);
  return {
    shop,
    componentId,
    order,
    checkout,
    ended: ended.run.id,
    failed: failed.run.id,
    later: later.run.id,
  };
}

/** Resolves when no run of the shop runs or is due, and no bulk operation is at work. */
const atRest = ({ db }: TestApp, shop: string) =>
  expect.poll(async () => (await db.pool.query(OPEN, [shop])).rows[0].open).toBe(0);
const OPEN = `
  select ((select count(*) from journey_bulk_operations where shop = $1 and status = 'RUNNING')
    + (select count(*) from journey_running where shop = $1)
    + (select count(*) from journey_run_queue where shop = $1 and run_at < now()))::int as open`;

describe('a shop that has moved', () => {
  it('has the same rows in its new cell, and none in its old one', async () => {
    const { shop } = await stock('rows');
    const before = await rowsOfShop(from.db, shop);
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
    const { lines } = await move(shop);
    expect(lines).toContainEqual(expect.stringMatching(/^It was closed for writes for \d+\.\d s\.$/));
    expect(lines.at(-1)).toBe('It is deleted in its old cell.');
    expect(await rowsOfShop(to.db, shop)).toEqual(before);
    const left = Object.values(await rowsOfShop(from.db, shop)).flat();
    expect(left).toEqual([]);
    await move(shop);
    expect(await rowsOfShop(to.db, shop)).toEqual(before);
  });

  it('goes on there: repeated requests are recognized, runs are retried and executed', async () => {
    const { shop, componentId, order, checkout, ended, failed, later } = await stock('goes-on');
    await move(shop);
    expect(await enqueue(to, { shop, componentId, idempotencyKey: 'ended' })).toMatchObject({
      run: { id: ended },
      deduplicated: true,
    });
    expect(await checkOut(to, { order })).toMatchObject({ groupId: checkout.groupId, deduplicated: true });
    const other = await enqueue(to, { shop, componentId, idempotencyKey: 'ended', channel: 'web' });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
    await to.query(
      'mutation ($id: ID!) { retryRun(id: $id) { run { id } } cancelRun(id: "0") { run { id } } }',
      { id: failed },
    );
    await untilEvent(to.db, failed, 'FAILED');
    const { run } = await enqueue(to, { shop, componentId });
    await untilEvent(to.db, run.id, 'COMPLETED');
    await to.query('mutation ($id: ID!) { cancelRun(id: $id) { run { id } } }', { id: later });
    const { rows } = await to.db.pool.query(
      'select array_agg(sequence order by xid, position) as sequences from journey_run_events where run_id = any($1) group by run_id',
      [[failed, later]],
    );
    for (const { sequences } of rows)
      expect(sequences).toEqual(sequences.map((_: number, n: number) => n + 1));
  });

  it('is answered with SHOP_MOVED in its old cell wherever a request names it', async () => {
    const { shop, componentId } = await stock('named');
    await move(shop);
    const answers = [
      await from.ask(ENQUEUE, { input: { shop, componentId, idempotencyKey: 'ended' } }),
      await from.ask('query ($shop: String) { product(sku: "MUG", shop: $shop) { id } }', { shop }),
      await from.ask(`{ runs(where: { shop: ["other", "${shop}"] }) { nodes { id } } }`),
      await from.ask(
        `mutation { enqueueCheckoutRuns(input: { order: { shop: "${shop}", number: "1", payload: {}, lines: [] } }) { groupId } }`,
      ),
    ];
    for (const { errors } of answers)
      expect(errors).toMatchObject([{ extensions: { code: 'SHOP_MOVED', retryAfter: 2 } }]);
    const without = await from.ask(`{ runs(where: { not: [{ shop: ["${shop}"] }] }) { nodes { id } } }`);
    expect(without.errors).toBeUndefined();
    // As another process does that has not heard of the move.
    const request = { componentId, shop, caller: '', requestHash: null };
    await expect(from.services.enqueue(request)).rejects.toMatchObject({ code: 'SHOP_MOVED' });
  });

  it('can come back', async () => {
    const { shop, componentId, ended } = await stock('back');
    const before = await rowsOfShop(from.db, shop);
    await move(shop);
    await withCells(to.db, from.db, shop, moveShop);
    expect(await rowsOfShop(from.db, shop)).toEqual(before);
    const again = () => from.ask(ENQUEUE, { input: { shop, componentId, idempotencyKey: 'ended' } });
    await expect.poll(again).toMatchObject({ data: { enqueueRun: { run: { id: ended } } } });
  });
});

describe('while a shop is closed', () => {
  it('its writes are rejected with a time to retry, its run ends, and its waiting runs go along', async () => {
    const { shop, componentId, order, failed, later } = await stock('closed');
    isHolding = true;
    const running = (await enqueue(from, { shop, componentId, inputPayload: { hold: true } })).run.id;
    await expect.poll(() => held.length).toBe(1);
    const moving = move(shop);
    const state = async () =>
      (await from.db.pool.query('select state from journey_shop_moves where shop = $1', [shop])).rows[0]
        ?.state;
    await expect.poll(state).toBe('CLOSED');

    const writes = [
      await from.ask(ENQUEUE, { input: { shop, componentId, idempotencyKey: 'new' } }),
      await from.ask(ENQUEUE, { input: { shop, componentId, idempotencyKey: 'ended' } }),
      await from.ask(`mutation { saveProduct(input: { sku: "CUP", shop: "${shop}" }) { product { id } } }`),
      await from.ask(
        `mutation { recordOrder(input: { shop: "${shop}", number: "2", payload: {}, lines: [{ sku: "MUG", quantity: 1 }] }) { order { id } } }`,
      ),
      await from.ask(`mutation ($where: RunFilter!) { bulkCancelRuns(where: $where) { operation { id } } }`, {
        where: { shop: [shop] },
      }),
      await from.ask(
        'mutation ($order: RecordOrderInput!) { enqueueCheckoutRuns(input: { order: $order }) { groupId } }',
        { order },
      ),
    ];
    for (const { errors } of writes)
      expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', retryAfter: 2 } }]);
    const verbs = await from.query(
      `mutation ($failed: ID!, $later: ID!) {
        retryRun(id: $failed) { userErrors { code } } cancelRun(id: $later) { userErrors { code } }
      }`,
      { failed, later },
    );
    const conflict = { userErrors: [{ code: 'CONFLICT' }] };
    expect(verbs).toEqual({ retryRun: conflict, cancelRun: conflict });
    const { runs } = await from.query(
      `{ runs(where: { shop: ["${shop}"], status: [QUEUED] }) { nodes { id } } }`,
    );
    expect(runs.nodes).toEqual([{ id: later }]);
    expect(await from.query('{ runStats { unservedQueues { queue } } }').catch(() => null)).not.toMatchObject(
      {
        runStats: { unservedQueues: [{ queue: expect.stringContaining('moving') }] },
      },
    );

    release();
    await moving;
    const { rows } = await to.db.pool.query(
      'select run_id, status from journey_run_states where run_id = any($1)',
      [[running, later]],
    );
    expect(Object.fromEntries(rows.map((row) => [row.run_id, row.status]))).toEqual({
      [running]: 'COMPLETED',
      [later]: 'QUEUED',
    });
    expect(host.calls.filter(({ request }) => request.headers['journey-run-id'] === running)).toHaveLength(1);
  });

  it('the move can be canceled, which opens it again and leaves nothing at the target', async () => {
    const { shop, componentId } = await stock('canceled');
    isHolding = true;
    const { run } = await enqueue(from, { shop, componentId, inputPayload: { hold: true } });
    await expect.poll(() => held.length).toBe(1);
    const stopped = withCells(from.db, to.db, shop, async (cells) => {
      const print = (line: string) => {
        if (line.startsWith('Waiting')) throw new Error('stopped');
      };
      await moveShop({ ...cells, print });
    });
    await expect(stopped).rejects.toThrow('stopped');
    const before = await rowsOfShop(from.db, shop);
    await withCells(from.db, to.db, shop, cancelMove);
    expect(Object.values(await rowsOfShop(to.db, shop)).flat()).toEqual([]);
    release();
    await untilEvent(from.db, run.id, 'COMPLETED');
    const next = await enqueue(from, { shop, componentId });
    await untilEvent(from.db, next.run.id, 'COMPLETED');
    expect(Object.keys(before).length).toBeGreaterThan(0);
    await move(shop);
    await expect(withCells(from.db, to.db, shop, cancelMove)).rejects.toThrow('has moved');
  });
});

describe('subscribers', () => {
  it('of the shop end with CURSOR_EXPIRED at both cells; those of other shops go on from their cursors', async () => {
    const { shop, componentId } = await stock('watched');
    const other = await register(from, { key: 'other', shop: 'beside', triggers: ['OPERATOR'] });
    const socket = openSocket(from);
    const watch =
      'subscription ($where: RunFilter, $after: String) { runEvents(where: $where, after: $after) { cursor runId } }';
    const own = socket.subscribe(watch, { where: { shop: [shop] } });
    const figures = socket.subscribe(`subscription { runStats(where: { shop: ["${shop}"] }) { queued } }`);
    const beside = socket.subscribe(watch, { where: { shop: ['beside'] } });
    const next = own.next();
    await figures.next();
    const first = beside.next();
    await expect
      .poll(async () => {
        await enqueue(from, { shop, componentId });
        return Promise.race([next, null]);
      })
      .not.toBeNull();
    await atRest(from, shop);
    // The last event of the log is one of the shop.
    const { feedCursor } = await from.query('{ feedCursor }');
    await move(shop);

    const endOf = async (results: typeof own) => {
      for await (const { errors } of results) if (errors) return errors;
      return null;
    };
    const expired = [
      { extensions: { code: 'CURSOR_EXPIRED' }, message: expect.stringContaining('moved to another cell') },
    ];
    expect(await endOf(own).catch((error) => error)).toMatchObject(expired);
    expect(await endOf(figures).catch((error) => error)).toMatchObject(expired);
    const elsewhere = openSocket(to);
    const resumed = elsewhere.subscribe(watch, { where: { shop: [shop] }, after: feedCursor });
    expect(await endOf(resumed).catch((error) => error)).toMatchObject([
      { extensions: { code: 'CURSOR_EXPIRED' } },
    ]);

    const resumedBeside = socket.subscribe(watch, { where: { shop: ['beside'] }, after: feedCursor });
    const { run } = await enqueue(from, { shop: 'beside', componentId: other });
    const ofRun = { value: { data: { runEvents: { runId: run.id } } } };
    expect(await first).toMatchObject(ofRun);
    expect(await resumedBeside.next()).toMatchObject(ofRun);
    await socket.close();
    await elsewhere.close();
  });

  it('at the target, also at an empty one, receive none of the history, and then the events of the shop', async () => {
    const { shop, componentId } = await stock('history');
    const empty = await startTestApp();
    onTestFinished(empty.stop);
    for (const [source, target] of [
      [from, to],
      [to, empty],
    ] as const) {
      const socket = openSocket(target);
      const { feedCursor } = await target.query('{ feedCursor }');
      const events = socket.subscribe(
        `subscription ($after: String) { runEvents(after: $after) { runId } }`,
        {
          after: feedCursor,
        },
      );
      await withCells(source.db, target.db, shop, moveShop);
      const { run } = await enqueue(target, { shop, componentId });
      expect(await events.next()).toMatchObject({ value: { data: { runEvents: { runId: run.id } } } });
      await socket.close();
    }
  });
});

describe('a move', () => {
  it('is refused to a cell that has the shop, and to the same database', async () => {
    await register(from, { key: 'a', shop: 'twice' });
    await register(to, { key: 'a', shop: 'twice' });
    await expect(move('twice')).rejects.toThrow('has a shop twice already');
    await expect(withCells(to.db, to.db, 'twice', moveShop)).rejects.toThrow('same database');
  });

  it('knows every table of the database', async () => {
    const { rows } = await from.db.pool.query(`
      select relname from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = current_schema()::regnamespace`);
    const known = [...MOVED_TABLES.map(({ name }) => name), ...OF_A_CELL];
    expect(rows.map(({ relname }) => relname).sort()).toEqual(known.sort());
  });

  it('finds the rows that belong to ids by an index of each table', async () => {
    await using opened = new AsyncDisposableStack();
    const client = new pg.Client({ connectionString: from.db.url });
    await client.connect();
    opened.defer(() => client.end());
    // PostgreSQL then reads a table from end to end only where it has no other way.
    await client.query('set enable_seqscan = off');
    for (const table of MOVED_TABLES) {
      const ofNone = isOfSql(table).replaceAll('$1', `'{${NO_ID}}'`);
      const { rows } = await client.query(`explain select from ${table.name} where ${ofNone}`);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan, table.name).not.toContain('Seq Scan');
    }
  });

  it('lets no keys be adopted meanwhile', async () => {
    await from.db.pool.query(`insert into journey_shop_moves values ('adopting', 'COPYING', '')`);
    await from.db.pool.query(
      `insert into journey_principals (id, name, kind, grants) values ('p', 'p', 'SERVICE', '{}')`,
    );
    expect(await adoptOpenKeys(from.db.pool, 'p')).toMatchObject({ ok: false });
    await from.db.pool.query(`delete from journey_shop_moves where shop = 'adopting'`);
  });
});

/** Tables without rows of shops; journey_running has none of a shop at rest. */
const OF_A_CELL = [
  '_prisma_migrations',
  'journey_running',
  'journey_shop_moves',
  'journey_moved_events',
  'journey_feed',
  'journey_workers',
  'journey_sweeps',
  'journey_principals',
  'journey_api_keys',
  'journey_sessions',
  'journey_signing_keys',
  'journey_secrets',
  'journey_audit_log',
  'journey_saved_views',
];
