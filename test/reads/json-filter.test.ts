import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/json/json.ts';
import { newId } from '../../src/postgres/new-id.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertRunWithEvent, untilReleased } from '../support/events.ts';
import { checkOut, components, product } from '../support/orders.ts';
import { insertComponent } from '../support/runs.ts';
import { openEventStream } from '../support/subscriptions.ts';

type Where = { inputPayload?: JsonObject; context?: JsonObject; metadata?: JsonObject };
type Shown = Required<Where> & { id: string };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const list = async (where: object) =>
  (
    await app.query(
      'query ($where: RunFilter) { runs(where: $where, first: 100) { totalCount nodes { id inputPayload context metadata } } }',
      { where },
    )
  ).runs as { totalCount: number; nodes: Shown[] };

describe('a JSON filter over generated payloads, in groups and alone', () => {
  let componentId: string;
  let shown: Shown[];
  let after: string;

  beforeAll(async () => {
    componentId = (await insertComponent(app.db.pool)).id;
    after = (await app.query('{ feedCursor }')).feedCursor;
    const groups = fc.sample(
      fc.record({ input: objectOf('order', 'orderItems', 'cart'), context: objectOf('checkout') }),
      { numRuns: 12, seed: 1 },
    );
    const groupIds = await Promise.all(groups.map(insertGroup));
    const run = fc.record({
      groupId: fc.option(fc.constantFrom(...groupIds)),
      inputPayload: objectOf('orderItem', 'a', 'b'),
      whole: objectOf('order', 'orderItem', 'cart', 'a'),
      context: objectOf('a', 'b'),
      wholeContext: objectOf('checkout', 'a'),
      metadata: objectOf('a', 'order'),
      status: fc.constantFrom('QUEUED' as const, 'COMPLETED' as const),
    });
    for (const { groupId, whole, wholeContext, ...own } of fc.sample(run, { numRuns: 60, seed: 2 }))
      await insertRunWithEvent(
        app.db.pool,
        groupId
          ? { componentId, groupId, ...own }
          : { componentId, ...own, inputPayload: whole, context: wholeContext },
      );
    await untilReleased(app.db.pool);
    ({ nodes: shown } = await list({ componentId: [componentId] }));
    expect(shown).toHaveLength(60);
  });

  const meets = (run: Shown, { inputPayload, context, metadata }: Where) =>
    contains(run.inputPayload, inputPayload ?? {}) &&
    contains(run.context, context ?? {}) &&
    contains(run.metadata, metadata ?? {});

  /** Mostly pieces of what runs show, for else next to nothing would be found. */
  const filters = () =>
    fc
      .record({
        from: fc.constantFrom(...shown),
        fields: fc.subarray(['inputPayload', 'context', 'metadata'] as const, { minLength: 1 }),
        seed: fc.infiniteStream(fc.nat({ max: 99 })),
        anything: fc.option(objectOf('order', 'orderItem', 'cart', 'checkout', 'a'), { freq: 5 }),
      })
      .map(({ from, fields, seed, anything }): Where => {
        const pieces = Object.fromEntries(fields.map((field) => [field, pieceOf(from[field], seed)]));
        return anything ? { ...pieces, [fields[0]!]: anything } : pieces;
      });

  it('finds in lists, counts and statistics what contains it as shown', async () => {
    await fc.assert(
      fc.asyncProperty(filters(), async (where) => {
        const expected = shown.filter((run) => meets(run, where)).map(({ id }) => id);
        for (const narrowed of [{ componentId: [componentId] }, { runId: shown.map(({ id }) => id) }]) {
          const found = await list({ ...where, ...narrowed });
          expect(found.nodes.map(({ id }) => id)).toEqual(expected);
          expect(found.totalCount).toBe(expected.length);
        }
        const stats = 'query ($where: RunFilter) { runStats(where: $where) { queued } }';
        const { runStats } = await app.query(stats, { where: { componentId: [componentId], ...where } });
        const queued = { componentId: [componentId], status: ['QUEUED'], ...where };
        expect(runStats.queued).toBe((await list(queued)).totalCount);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('takes the same runs for a bulk operation', async () => {
    await fc.assert(
      fc.asyncProperty(filters(), async (where) => {
        const expected = shown.filter((run) => meets(run, where)).map(({ id }) => id);
        const { bulkReplayRuns } = await app.query(
          `mutation ($where: RunFilter!) { bulkReplayRuns(where: $where) { operation { id expected } userErrors { message } } }`,
          { where: { componentId: [componentId], ...where } },
        );
        expect(bulkReplayRuns.userErrors).toEqual([]);
        const { rows } = await app.db.pool.query<{ id: string }>(
          'select run_id as id from journey_bulk_operation_items where operation_id = $1',
          [bulkReplayRuns.operation.id],
        );
        expect(rows.map(({ id }) => id).sort()).toEqual(expected.sort());
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('lets through the same events, in history and live', async () => {
    const others: { id: string; where: Where }[] = [];
    await fc.assert(
      fc.asyncProperty(filters(), async (where) => {
        const filter = { componentId: [componentId], ...where };
        // A run that meets every filter like this one ends what the subscription has to send.
        const last = await insertRunWithEvent(app.db.pool, { componentId, ...where });
        app.services.ring();
        const asShown = { inputPayload: {}, context: {}, metadata: {}, ...where };
        const expected = [
          ...shown.filter((run) => meets(run, where)).map(({ id }) => id),
          ...others
            .filter((run) => meets({ ...asShown, ...run.where, id: run.id }, where))
            .map(({ id }) => id),
          last,
        ];
        const received: string[] = [];
        const query =
          'subscription ($where: RunFilter, $after: String) { runEvents(where: $where, after: $after) { runId } }';
        for await (const { data } of openEventStream(app, query, { where: filter, after })) {
          received.push(data!.data.runEvents.runId);
          if (received.at(-1) === last) break;
        }
        others.push({ id: last, where: { inputPayload: {}, context: {}, metadata: {}, ...where } });
        expect(received.toSorted()).toEqual(expected.toSorted());
        const history = `query ($where: RunFilter, $after: String) {
          runEvents(where: $where, after: $after, first: 100) { nodes { runId } }
        }`;
        const { runEvents } = await app.query(history, { where: filter, after });
        expect(runEvents.nodes.map(({ runId }: { runId: string }) => runId)).toEqual(received);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});

describe('a JSON filter over what a checkout shares', () => {
  it('finds every run of the checkout by what is in the order, in the line, and in both', async () => {
    const { gift } = await components(app, { gift: ['CHECKOUT'] });
    await product(app, 'SHARED-1', [{ componentId: gift }]);
    const email = `${randomUUID()}@example.com`;
    const line = (note: string) => ({ sku: 'SHARED-1', quantity: 1, payload: { note } });
    const { runs } = await checkOut(app, {
      order: { number: randomUUID(), payload: { customer: { email } }, lines: [line('x'), line('y')] },
      cart: { id: 'cart-1' },
      checkout: { intent: email },
    });
    const found = async (where: object) => (await list(where)).nodes.map(({ id }) => id).sort();
    const both = runs.map(({ id }: { id: string }) => id).sort();
    const order = { customer: { email } };
    expect(await found({ inputPayload: { order } })).toEqual(both);
    expect(await found({ inputPayload: { order, cart: { id: 'cart-1' } } })).toEqual(both);
    expect(await found({ inputPayload: { order, orderItem: { note: 'y' } } })).toEqual([runs[1].id]);
    expect(await found({ inputPayload: { order, orderItems: [{ note: 'y' }] } })).toEqual(both);
    expect(await found({ context: { checkout: { intent: email } } })).toEqual(both);
    expect(await found({ context: { checkout: { intent: 'another' } }, inputPayload: { order } })).toEqual(
      [],
    );
  });

  it('finds them page by page where more groups meet it than are looked at one by one', async () => {
    const { id: componentId } = await insertComponent(app.db.pool);
    await app.db.pool.query(
      `with stored as (
         insert into journey_run_groups (id, kind, order_id, shared_input, request_hash)
         select gen_random_uuid(), 'AUTOMATION', gen_random_uuid(), '{"order": {"country": "DE"}}', '\\x00'
         from generate_series(1, 1200)
         returning id
       )
       insert into journey_component_runs (id, component_id, component_version_id, group_id, max_attempts, event_xid)
       select run.id, $1, $1, g.id, 1, pg_current_xact_id()
       from (select id, row_number() over () as n from stored) g join unnest($2::uuid[]) with ordinality run(id, n) using (n)`,
      [componentId, Array.from({ length: 1_200 }, newId)],
    );
    const where = { componentId: [componentId], inputPayload: { order: { country: 'DE' } } };
    const seen = new Set<string>();
    const page = async (cursor: string | null) =>
      (
        await app.query(
          `query ($where: RunFilter, $cursor: String) {
            runs(where: $where, first: 100, after: $cursor) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
          }`,
          { where, cursor },
        )
      ).runs;
    for (let runs = await page(null); ; runs = await page(runs.pageInfo.endCursor)) {
      expect(runs.totalCount).toBe(1_200);
      for (const { id } of runs.nodes) seen.add(id);
      if (!runs.pageInfo.hasNextPage) break;
    }
    expect(seen.size).toBe(1_200);
  });
});

async function insertGroup({ input, context }: { input: JsonObject; context: JsonObject }): Promise<string> {
  const { rows } = await app.db.pool.query<{ id: string }>(
    `insert into journey_run_groups (id, kind, order_id, shared_input, shared_context, request_hash)
     values (gen_random_uuid(), 'AUTOMATION', gen_random_uuid(), $1, $2, '\\x00') returning id`,
    [input, context],
  );
  return rows[0]!.id;
}

/** Values over few keys and leaves, so that they often contain each other. */
function objectOf(...keys: string[]): fc.Arbitrary<JsonObject> {
  const leaf = fc.constantFrom<Json>(null, true, false, 1, 2, 1.5, '1', 'x', '');
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
    ),
  }));
  return fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4 });
}

/** Some of a value's keys and items, by the numbers that come. */
function pieceOf<T extends Json>(value: T, seed: Iterator<number>): T;
function pieceOf(value: Json, seed: Iterator<number>): Json {
  const stays = () => seed.next().value < 65;
  if (Array.isArray(value)) return value.filter(stays).map((item) => pieceOf(item, seed));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(stays);
  return Object.fromEntries(entries.map(([key, item]) => [key, pieceOf(item, seed)]));
}

/** What jsonb's @> says of values that are objects on top. */
function contains(value: Json, part: Json): boolean {
  if (Array.isArray(part))
    return Array.isArray(value) && part.every((item) => value.some((one) => contains(one, item)));
  if (isJsonObject(part))
    return (
      isJsonObject(value) &&
      Object.entries(part).every(([key, item]) => Object.hasOwn(value, key) && contains(value[key]!, item))
    );
  return value === part;
}
