import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/json/json.ts';
import { readRunCounts } from '../../src/reads/run-counts.ts';
import { countRuns, listRuns } from '../../src/reads/run-list.ts';
import { filterConditions } from '../../src/runs/model/filter-conditions.ts';
import type { RunErrorCode } from '../../src/runs/model/run-error.ts';
import {
  checkRunFilter,
  type RunConditions,
  type RunFilter,
  withCondition,
} from '../../src/runs/model/run-filter.ts';
import type { RunPriority, Trigger } from '../../src/runs/model/run-row.ts';
import { isTerminal, type RunStatus } from '../../src/runs/model/status.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  everyRun,
  insertComponent,
  insertRuns,
  runIdAt,
  type StoredRun,
  storedRun,
} from '../support/runs.ts';

const STATUSES: RunStatus[] = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'];
const TRIGGERS: Trigger[] = ['CHECKOUT', 'OPERATOR', 'AUTOMATION'];
const PRIORITIES: RunPriority[] = ['HIGH', 'NORMAL', 'LOW'];
const ERRORS: RunErrorCode[] = ['RUNNER_TIMEOUT', 'INPUT_INVALID'];
const CHANNELS = ['storefront', 'admin_preview', 'käsekuchen "x"'];
const PAYLOADS: JsonObject[] = [
  {},
  { initiator: 'checkout' },
  { initiator: 'checkout', order: { id: 'a-1', lines: [1, 2] } },
  { order: { id: 'a-1' } },
  { order: null, tags: ['a', 'b'] },
];
const SHOPS = ['north', 'south'];
/** One has the form of the beginning of an id, and one is also an idempotency key. */
const NUMBERS = ['019c0000', 'key-3'];
const START = Date.UTC(2026, 2, 1);
const MALFORMED = ['nonsense', '', "'; drop table x", 'a\0b', '\ud800'];

const at = (minutes: number) => new Date(START + minutes * 60_000);
const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
const [products, attachments, orders, groups, replayed] = [ids(3), ids(3), ids(2), ids(2), ids(2)];

let db: TestDatabase;
let components: { id: string; key: string }[];
let runs: StoredRun[];

beforeAll(async () => {
  db = await createTestDatabase();
  components = [
    await insertComponent(db.pool),
    await insertComponent(db.pool),
    await insertComponent(db.pool),
  ];
  const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values));
  const run = fc.record({
    status: fc.constantFrom(...STATUSES),
    componentId: fc.constantFrom(...components.map(({ id }) => id)),
    productId: orNull(products),
    attachmentId: orNull(attachments),
    orderId: orNull(orders),
    groupId: orNull(groups),
    replayOfId: orNull(replayed),
    shop: orNull(SHOPS),
    channel: orNull(CHANNELS),
    trigger: orNull(TRIGGERS),
    priority: fc.constantFrom(...PRIORITIES),
    error: fc.option(fc.constantFrom(...ERRORS).map((code) => ({ code, message: 'm' }))),
    inputPayload: fc.constantFrom(...PAYLOADS),
    metadata: fc.constantFrom(...PAYLOADS),
    context: fc.constantFrom(...PAYLOADS),
    queuedAt: fc.integer({ min: 0, max: 20 }).map(at),
    completedAt: fc.integer({ min: 0, max: 20 }).map(at),
  });
  runs = fc.sample(run, { numRuns: 400, seed: 1 }).map(({ completedAt, ...given }, index) =>
    storedRun({
      runAt: new Date(Date.now() + (index % 3 === 0 ? 86_400_000 : -1_000)),
      ...given,
      completedAt: isTerminal(given.status) ? completedAt : null,
      error: given.status === 'COMPLETED' ? null : given.error,
      id: runIdAt(START + index),
      idempotencyKey: `key-${index}`,
    }),
  );
  await insertRuns(db.pool, runs);
  await db.pool.query(
    "insert into orders (id, number, placed_at, request_hash) select id, number, now(), '' from unnest($1::uuid[], $2::text[]) as o(id, number)",
    [orders, NUMBERS],
  );
});
afterAll(() => db.drop());

describe('a run filter', () => {
  it('finds what a naive filter over the same runs finds, and counts it', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter(), async (filter) => {
        const expected = runs.filter((run) => matches(run, filter)).map((run) => run.id);
        const slice = { after: null, before: null, limit: 500, reverse: true };
        const found = await listRuns(db.pool, everyRun(filter), slice);
        expect(found.map((run) => run.id)).toEqual(expected);
        expect(await countRuns(db.pool, everyRun(filter), 500)).toBe(expected.length);
        const counts = await readRunCounts(db.pool, everyRun(filter), 500);
        const matching = runs.filter((run) => matches(run, filter));
        const ofStatus = (status: RunStatus) => matching.filter((run) => run.status === status).length;
        expect(counts).toEqual({
          queued: ofStatus('QUEUED'),
          waiting: matching.filter((run) => run.status === 'QUEUED' && run.runAt > new Date()).length,
          running: ofStatus('RUNNING'),
          completed: ofStatus('COMPLETED'),
          failed: ofStatus('FAILED'),
          canceled: ofStatus('CANCELED'),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('matches every run where no condition is given, or only nulls', async () => {
    expect(await countRuns(db.pool, everyRun(), 10_000)).toBe(runs.length);
    expect(
      await countRuns(db.pool, everyRun({ status: null, queuedAfter: null, metadata: null }), 10_000),
    ).toBe(runs.length);
  });

  it('includes the moment after which it asks and excludes the one before which', async () => {
    const moment = runs[0]!.queuedAt;
    const same = runs.filter((run) => run.queuedAt.getTime() === moment.getTime()).length;
    const next = new Date(moment.getTime() + 1);
    expect(await countRuns(db.pool, everyRun({ queuedAfter: moment, queuedBefore: next }), 10_000)).toBe(
      same,
    );
    expect(await countRuns(db.pool, everyRun({ queuedAfter: moment, queuedBefore: moment }), 10_000)).toBe(0);
  });

  it('reads ids in capitals as the same ids', async () => {
    const shouted = [products[0]!.toUpperCase(), products[0]!, products[1]!];
    const expected = runs.filter(
      (run) => run.productId === products[0] || run.productId === products[1],
    ).length;
    expect(await countRuns(db.pool, everyRun({ productId: shouted }), 10_000)).toBe(expected);
  });

  it('numbers its parameters from the one given', () => {
    const values: unknown[] = [1, 2, 3];
    const { ofRequest } = filterConditions(
      { trigger: ['CHECKOUT'], channel: ['a', 'b'] },
      (value) => `$${values.push(value)}`,
    );
    expect(ofRequest).toEqual([expect.stringContaining('$4'), expect.stringContaining('$5')]);
    expect(values.slice(3)).toEqual([['a', 'b'], 'CHECKOUT']);
  });
});

describe('a filter narrowed to one parent', () => {
  const [own, other] = [products[0]!, products[1]!];

  it('asks for that parent alone', () => {
    expect(withCondition({ status: ['FAILED'] }, 'productId', own)).toEqual({
      status: ['FAILED'],
      productId: [own],
    });
    expect(withCondition({}, 'productId', own)).toEqual({ productId: [own] });
  });

  it('keeps the condition that the filter has on the parents itself', () => {
    expect(withCondition({ productId: [other] }, 'productId', own)).toEqual({ productId: [] });
    expect(withCondition({ productId: [other, own.toUpperCase()] }, 'productId', own)).toEqual({
      productId: [own],
    });
  });
});

describe('a filter too large to be asked', () => {
  it('is refused with the field and the bound', () => {
    const error = { code: 'BAD_REQUEST', message: expect.stringMatching(/where\.orderId.*1000.*1001/) };
    expect(() => checkRunFilter({ orderId: ids(1_001) })).toThrow(expect.objectContaining(error));
    expect(() => checkRunFilter({ orderId: ids(1_000), status: STATUSES })).not.toThrow();
  });

  it('is refused for too many exclusions, a long search, and an exclusion of every run', () => {
    const channel = (n: number) => ({ channel: [`c-${n}`] });
    const exclusions = Array.from({ length: 21 }, (_, n) => channel(n));
    expect(() => checkRunFilter({ not: exclusions })).toThrow(/where\.not takes at most 20 items.*21/);
    expect(() => checkRunFilter({ not: exclusions.slice(1), search: 'x'.repeat(255) })).not.toThrow();
    expect(() => checkRunFilter({ search: 'x'.repeat(256) })).toThrow(/where\.search/);
    expect(() => checkRunFilter({ not: [channel(1), { metadata: {}, status: null }] })).toThrow(
      /where\.not\.1 /,
    );
    expect(() => checkRunFilter({ not: [{ orderId: ids(1_001) }] })).toThrow(/where\.not\.0\.orderId/);
  });

  it('is refused for JSON that cannot be stored', () => {
    const refused = (part: Json) => () => checkRunFilter({ metadata: { part } });
    expect(refused('a\0b')).toThrow(/where\.metadata\.part .*NUL/);
    expect(refused('x'.repeat(300_000))).toThrow(/where\.metadata .*bytes/);
    expect(refused(-0)).toThrow(/where\.metadata\.part .*send 0/);
  });
});

function anyFilter(): fc.Arbitrary<RunFilter> {
  const search = fc.oneof(
    fc.constantFrom(...NUMBERS, 'key-7', ' key-9 ', ...MALFORMED, 'KEY-7'),
    fc
      .tuple(fc.constantFrom(...runs), fc.integer({ min: 6, max: 36 }), fc.boolean())
      .map(([{ id }, length, isUpper]) => {
        const prefix = id.slice(0, length);
        return isUpper ? prefix.toUpperCase() : prefix;
      }),
  );
  return fc
    .record({
      conditions: conditions(),
      search: fc.option(search, { freq: 3 }),
      not: fc.option(fc.array(conditions(), { maxLength: 3 }), { freq: 2 }),
      isOfSearch: fc.boolean(),
    })
    .map(({ conditions, search, not, isOfSearch }) => ({
      ...(search !== null && isOfSearch ? {} : conditions),
      search,
      not,
    }));
}

function conditions(): fc.Arbitrary<RunConditions> {
  const some = <T>(known: readonly T[]) =>
    fc.option(fc.array(fc.constantFrom(...known), { maxLength: 3 }), { freq: 4 });
  const idsOf = (known: readonly string[]) => some([...known, randomUUID(), ...MALFORMED]);
  const moment = fc.option(fc.integer({ min: 0, max: 20 }).map(at), { freq: 4 });
  const part = fc.option(fc.constantFrom(...PAYLOADS), { freq: 4 });
  const fields = {
    status: some(STATUSES),
    componentId: idsOf(components.map(({ id }) => id)),
    componentKey: idsOf(components.map(({ key }) => key)),
    productId: idsOf(products),
    attachmentId: idsOf(attachments),
    orderId: idsOf(orders),
    orderNumber: idsOf(NUMBERS),
    runId: idsOf(runs.slice(0, 20).map(({ id }) => id)),
    groupId: idsOf(groups),
    replayOfId: idsOf(replayed),
    shop: idsOf(SHOPS),
    channel: idsOf(CHANNELS),
    trigger: some(TRIGGERS),
    priority: some(PRIORITIES),
    errorCode: some(ERRORS),
    idempotencyKey: idsOf(runs.slice(0, 20).map(({ idempotencyKey }) => idempotencyKey!)),
    queuedAfter: moment,
    queuedBefore: moment,
    completedAfter: moment,
    completedBefore: moment,
    inputPayload: part,
    metadata: part,
    context: part,
  };
  // Few conditions at a time, or next to none would match.
  return fc
    .subarray(Object.keys(fields) as (keyof typeof fields)[], { minLength: 1, maxLength: 3 })
    .chain((names) =>
      fc.record(Object.fromEntries(names.map((name) => [name, fields[name]]))),
    ) as fc.Arbitrary<RunConditions>;
}

function matches(run: StoredRun, { search, not, ...conditions }: RunFilter): boolean {
  const text = search?.trim() ?? '';
  const isFound =
    run.idempotencyKey === text ||
    numberOf(run) === text ||
    (text.length >= 8 && run.id.startsWith(text.toLowerCase()));
  return (
    meets(run, conditions) &&
    (text === '' || isFound) &&
    !(not ?? []).some((excluded) => meets(run, excluded))
  );
}

const numbers = new Map<string | null, string>(orders.map((id, index) => [id, NUMBERS[index]!]));
const numberOf = ({ orderId }: StoredRun) => numbers.get(orderId) ?? null;

function meets(run: StoredRun, filter: RunConditions): boolean {
  const member = (list: readonly string[] | null | undefined, value: string | null) =>
    list == null || (value !== null && list.includes(value));
  const within = (value: Date | null, after?: Date | null, before?: Date | null) =>
    (after == null || (value !== null && value >= after)) &&
    (before == null || (value !== null && value < before));
  const holds = (value: JsonObject, part?: JsonObject | null) => part == null || contains(value, part);
  const key = components.find(({ id }) => id === run.componentId)!.key;
  return (
    member(filter.status, run.status) &&
    member(filter.componentId, run.componentId) &&
    member(filter.componentKey, key) &&
    member(filter.productId, run.productId) &&
    member(filter.attachmentId, run.attachmentId) &&
    member(filter.orderId, run.orderId) &&
    member(filter.orderNumber, numberOf(run)) &&
    member(filter.runId, run.id) &&
    member(filter.groupId, run.groupId) &&
    member(filter.replayOfId, run.replayOfId) &&
    member(filter.shop, run.shop) &&
    member(filter.channel, run.channel) &&
    member(filter.trigger, run.trigger) &&
    member(filter.priority, run.priority) &&
    member(filter.errorCode, run.error ? String(run.error.code) : null) &&
    member(filter.idempotencyKey, run.idempotencyKey) &&
    within(run.queuedAt, filter.queuedAfter, filter.queuedBefore) &&
    within(run.completedAt, filter.completedAfter, filter.completedBefore) &&
    holds(run.inputPayload, filter.inputPayload) &&
    holds(run.metadata, filter.metadata) &&
    holds(run.context, filter.context)
  );
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
