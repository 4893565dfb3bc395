import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countRuns, listRuns, type RunSlice } from '../../src/reads/run-list.ts';
import { findNewestRuns, findRuns } from '../../src/reads/run-lookup.ts';
import { EVERY_RUN } from '../../src/runs/model/run-scope.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { everyRun, insertRuns, runIdAt, type StoredRun, storedRun } from '../support/runs.ts';

const componentId = randomUUID();

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() =>
  db.pool.query('truncate journey_runs, journey_run_queue, journey_running, journey_run_outcomes'),
);

const START = Date.UTC(2026, 0, 1);
const runsAt = (minutes: number[], given: Partial<StoredRun> = {}) =>
  minutes.map((minute) => storedRun({ componentId, ...given, id: runIdAt(START + minute * 60_000) }));

/** Reads a list to its end, page by page; `between` happens after each page. */
async function readAll(
  limit: number,
  reverse: boolean,
  between: (page: number) => Promise<unknown>,
): Promise<string[]> {
  const seen: string[] = [];
  for (let page = 0; ; page += 1) {
    const edge = seen.at(-1) ?? null;
    const slice: RunSlice = { limit, reverse, after: reverse ? null : edge, before: reverse ? edge : null };
    const runs = await listRuns(db.pool, everyRun({ status: ['QUEUED', 'RUNNING'] }), slice);
    seen.push(...runs.map((run) => run.id));
    if (runs.length < limit) return seen;
    await between(page);
  }
}

describe('pages of runs', () => {
  it('show each run that stayed once, in order, whichever way they are read and whatever comes meanwhile', async () => {
    const minute = fc.integer({ min: 0, max: 10_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(minute, { minLength: 1, maxLength: 40 }),
        fc.array(fc.array(minute, { maxLength: 3 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (first, later, limit, reverse) => {
          await db.pool.query(
            'truncate journey_runs, journey_run_queue, journey_running, journey_run_outcomes',
          );
          const stays = runsAt(first);
          const leaves = runsAt(first.map((at) => at + 1)).slice(0, 5);
          await insertRuns(db.pool, [...stays, ...leaves]);
          const seen = await readAll(limit, reverse, async (page) => {
            await insertRuns(db.pool, runsAt(later[page] ?? []));
            const { id } = leaves[page] ?? { id: randomUUID() };
            await db.pool.query(`update journey_component_runs set status = 'FAILED' where id = $1`, [id]);
          });
          const stayed = stays.map(({ id }) => id).sort();
          expect(seen.filter((id) => stayed.includes(id))).toEqual(reverse ? stayed : stayed.reverse());
          expect(seen).toEqual([...new Set(seen)]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('end where the other bound is', async () => {
    const runs = runsAt([1, 2, 3, 4, 5]);
    await insertRuns(db.pool, runs);
    const ids = runs.map(({ id }) => id);
    const between = { after: ids[4]!, before: ids[0]!, limit: 10 };
    const read = async (reverse: boolean) =>
      (await listRuns(db.pool, everyRun(), { ...between, reverse })).map((run) => run.id);
    expect(await read(false)).toEqual([ids[3], ids[2], ids[1]]);
    expect(await read(true)).toEqual([ids[1], ids[2], ids[3]]);
  });

  it('count no further than asked', async () => {
    await insertRuns(db.pool, runsAt([1, 2, 3, 4, 5]));
    expect(await countRuns(db.pool, everyRun(), 3)).toBe(3);
    expect(await countRuns(db.pool, everyRun({ status: ['QUEUED', 'FAILED'] }), 3)).toBe(3);
    expect(await countRuns(db.pool, everyRun(), 10)).toBe(5);
  });
});

describe('a run read back', () => {
  it('is as it was stored, absent JSON as null', async () => {
    const [stored] = runsAt([1], { metadata: { a: [1, { b: null }] }, channel: 'storefront' });
    await insertRuns(db.pool, [stored!]);
    const found = await findRuns(db.pool, [stored!.id, randomUUID()]);
    expect([...found.keys()]).toEqual([stored!.id]);
    expect(found.get(stored!.id)).toMatchObject({
      status: 'QUEUED',
      metadata: { a: [1, { b: null }] },
      channel: 'storefront',
      resolvedBindings: null,
      resultPayload: null,
      error: null,
      telemetry: null,
      request: null,
      queuedAt: stored!.queuedAt,
    });
  });

  it('has what its group shares beneath its own payloads', async () => {
    const groupId = randomUUID();
    await db.pool.query(
      `insert into journey_run_groups (id, kind, order_id, shared_input, shared_context, request_hash)
       values ($1, 'CHECKOUT', $2, '{"order": 1, "line": 0}', '{"checkout": true}', '')`,
      [groupId, randomUUID()],
    );
    const [stored] = runsAt([1], { groupId, inputPayload: { line: 7 } });
    await insertRuns(db.pool, [stored!]);
    const run = (await findRuns(db.pool, [stored!.id])).get(stored!.id);
    expect(run).toMatchObject({ inputPayload: { order: 1, line: 7 }, context: { checkout: true } });
  });
});

describe('the newest runs of many parents', () => {
  /** Their ids, by the parents' ids. */
  async function newestOf(products: string[]): Promise<Map<string, string[]>> {
    const newest = await findNewestRuns(db.pool, EVERY_RUN, 'product_id', products, 3, ['id']);
    return new Map(products.map((id) => [id, (newest.get(id) ?? []).map((run) => run.id)]));
  }

  it('are those of each parent, newest first, and none for a parent without any', async () => {
    const [one, two, none] = [randomUUID(), randomUUID(), randomUUID()];
    const ofOne = runsAt([1, 2, 3, 4], { productId: one });
    const ofTwo = runsAt([5, 6], { productId: two });
    await insertRuns(db.pool, [...ofOne, ...ofTwo, ...runsAt([7])]);
    const newest = await newestOf([one, two, none]);
    const ids = (id: string) => newest.get(id);
    expect(ids(one)).toEqual([ofOne[3]!.id, ofOne[2]!.id, ofOne[1]!.id]);
    expect(ids(two)).toEqual([ofTwo[1]!.id, ofTwo[0]!.id]);
    expect(ids(none)).toEqual([]);
  });
});
