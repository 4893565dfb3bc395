import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';
import { insertRuns, runIdAt, type StoredRun, storedRun } from '../../support/runs.ts';
import { statementsOf } from '../../support/statements.ts';

let app: TestApp;
let componentId: string;
let componentVersionId: string;
beforeAll(async () => {
  app = await startTestApp();
  componentId = await register(app, { key: 'listed' });
  const { component } = await app.query(
    'query ($id: ID!) { component(id: $id) { versions { nodes { id } } } }',
    {
      id: componentId,
    },
  );
  componentVersionId = component.versions.nodes[0].id;
});
afterAll(() => app.stop());

const START = Date.UTC(2026, 0, 1);
const runs = (count: number, given: Partial<StoredRun> = {}) =>
  Array.from({ length: count }, (_, n) =>
    storedRun({ componentId, componentVersionId, ...given, id: runIdAt(START + n * 1_000) }),
  );
const idsOf = (nodes: { id: string }[]) => nodes.map(({ id }) => id);

describe('runs', () => {
  const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $where: RunFilter) {
    runs(first: $first, after: $after, last: $last, before: $before, where: $where) {
      nodes { id } edges { cursor node { id } } totalCount totalCountExact
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  const page = async (variables: object) => (await app.query(PAGE, variables)).runs;

  it('page newest first, forwards and backwards', async () => {
    const productId = randomUUID();
    const stored = runs(5, { productId });
    await insertRuns(app.db.pool, stored);
    const newest = idsOf(stored).reverse();
    const where = { productId: [productId] };

    const first = await page({ first: 2, where });
    expect(idsOf(first.nodes)).toEqual(newest.slice(0, 2));
    expect(first).toMatchObject({ totalCount: 5, totalCountExact: true });
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page({ first: 3, after: first.pageInfo.endCursor, where });
    expect(idsOf(second.nodes)).toEqual(newest.slice(2));
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = await page({ last: 1, before: second.pageInfo.startCursor, where });
    expect(idsOf(back.nodes)).toEqual([newest[1]]);
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(idsOf((await page({ last: 2, where })).nodes)).toEqual(newest.slice(3));
  });

  it('match nothing by a malformed id, and all by null', async () => {
    expect(await page({ where: { productId: ['nonsense'] } })).toMatchObject({ nodes: [], totalCount: 0 });
    expect(await page({ where: { status: [] } })).toMatchObject({ nodes: [], totalCount: 0 });
    expect((await page({ where: { status: null } })).totalCount).toBeGreaterThan(0);
  });

  it.each([
    ['a page size of none', { first: 0 }],
    ['a page too large', { first: 101 }],
    ['both directions', { first: 1, last: 1 }],
    ["another list's cursor", { after: Buffer.from('["products","A-1"]').toString('base64url') }],
    ['a filter too long', { where: { runId: Array.from({ length: 1_001 }, () => randomUUID()) } }],
    ['JSON that cannot be stored', { where: { metadata: { a: 'a\0b' } } }],
  ])('refuse %s with BAD_REQUEST', async (_name, variables) => {
    const { errors } = await app.ask(PAGE, variables);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_REQUEST']);
  });
});

describe('the runs of', () => {
  it('a component or a product are its own, whatever else is asked of them', async () => {
    const { product } = await save(app, { sku: 'own', journeyComponents: [] });
    const stored = runs(3, { productId: product.id, status: 'FAILED' });
    await insertRuns(app.db.pool, stored);
    const found = await app.query(
      `query ($id: ID!, $other: ID!, $componentId: ID!) {
        product(id: $id) {
          all: runs { totalCount } failed: runs(first: 1, where: { status: [FAILED] }) { nodes { id } totalCount }
          none: runs(where: { productId: [$other] }) { totalCount }
        }
        component(id: $componentId) { runs(where: { productId: [$id] }) { totalCount } }
      }`,
      { id: product.id, other: randomUUID(), componentId },
    );
    expect(found).toEqual({
      product: {
        all: { totalCount: 3 },
        failed: { nodes: [{ id: stored[2]!.id }], totalCount: 3 },
        none: { totalCount: 0 },
      },
      component: { runs: { totalCount: 3 } },
    });
  });

  it('a replayed run are its replays', async () => {
    const [original] = runs(1);
    const replays = runs(2, { replayOfId: original!.id });
    await insertRuns(app.db.pool, [original!, ...replays]);
    const { run } = await app.query(
      'query ($id: ID!) { run(id: $id) { replays { totalCount nodes { id replayOf { id } } } } }',
      { id: original!.id },
    );
    expect(run.replays).toEqual({
      totalCount: 2,
      nodes: [replays[1]!, replays[0]!].map(({ id }) => ({ id, replayOf: { id: original!.id } })),
    });
  });

  it('a replayed run has the newest replay of its newest replay as its latest', async () => {
    const [original] = runs(1);
    const [older, newer] = runs(2, { replayOfId: original!.id });
    const [ofOlder] = runs(1, { replayOfId: older!.id });
    const [ofNewer] = runs(1, { replayOfId: newer!.id, status: 'COMPLETED' });
    const [untouched] = runs(1);
    const stored = [original!, older!, newer!, ofOlder!, ofNewer!, untouched!];
    await insertRuns(app.db.pool, stored);
    const found = await app.query(
      'query ($ids: [ID!]) { runs(where: {runId: $ids}) { nodes { id latestReplay { id status } } } }',
      { ids: idsOf(stored) },
    );
    const latest = new Map(
      found.runs.nodes.map((run: { id: string; latestReplay: unknown }) => [run.id, run.latestReplay]),
    );
    expect(stored.map(({ id }) => latest.get(id))).toEqual([
      { id: ofNewer!.id, status: 'COMPLETED' },
      { id: ofOlder!.id, status: 'QUEUED' },
      { id: ofNewer!.id, status: 'COMPLETED' },
      null,
      null,
      null,
    ]);
  });

  it('an attachment or a product, recent ones, are 1 to 100', async () => {
    const RECENT =
      'query ($sku: String!, $first: Int) { product(sku: $sku) { recentRuns(first: $first) { id } } }';
    await save(app, { sku: 'recent' });
    for (const first of [0, 101, -1]) {
      const { errors } = await app.ask(RECENT, { sku: 'recent', first });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_REQUEST']);
    }
    expect((await app.query(RECENT, { sku: 'recent', first: 100 })).product.recentRuns).toEqual([]);
  });
});

describe('a run', () => {
  const RUN = 'query ($id: ID!) { run(id: $id) { id attachment { id } } }';

  it('is found by its id in capitals, and by no malformed one', async () => {
    const [stored] = runs(1);
    await insertRuns(app.db.pool, [stored!]);
    expect((await app.query(RUN, { id: stored!.id.toUpperCase() })).run.id).toBe(stored!.id);
    expect(await app.query(RUN, { id: 'nonsense' })).toEqual({ run: null });
    expect(await app.query(RUN, { id: randomUUID() })).toEqual({ run: null });
  });

  it('loses sight of its attachment once the product no longer has it', async () => {
    const { product } = await save(app, { sku: 'detached', journeyComponents: [{ componentId }] });
    const attachmentId = product.journeyComponents[0].id;
    const [stored] = runs(1, { productId: product.id, attachmentId });
    await insertRuns(app.db.pool, [stored!]);
    expect((await app.query(RUN, { id: stored!.id })).run.attachment).toEqual({ id: attachmentId });
    await save(app, { sku: 'detached', journeyComponents: [] });
    expect((await app.query(RUN, { id: stored!.id })).run.attachment).toBeNull();
  });
});

describe('the number of SQL statements', () => {
  let componentIds: string[];
  beforeAll(async () => {
    componentIds = await Promise.all(
      Array.from({ length: 10 }, (_, n) => register(app, { key: `counted-${n}` })),
    );
  });

  async function productWith(attachments: number, runsEach: number): Promise<string> {
    const sku = `with-${attachments}-${runsEach}`;
    const { product } = await save(app, {
      sku,
      journeyComponents: componentIds.slice(0, attachments).map((id) => ({ componentId: id })),
    });
    for (const { id } of product.journeyComponents)
      await insertRuns(app.db.pool, runs(runsEach, { productId: product.id, attachmentId: id }));
    return sku;
  }

  it('of a product with its components and their recent runs grows neither with attachments nor with runs', async () => {
    const query = `query ($sku: String!) {
      product(sku: $sku) {
        title
        journeyComponents {
          displayOrder component { key version script { slug } }
          recentRuns(first: 20) { id status error { message } component { key } componentVersion { version } product { sku } attachment { id displayOrder } }
        }
        recentRuns { id }
      }
    }`;
    const skus = [await productWith(1, 1), await productWith(5, 5), await productWith(10, 30)];
    await statementsOf(() => app.query(query, { sku: skus[0] }));
    const counts = [];
    for (const sku of skus) counts.push((await statementsOf(() => app.query(query, { sku }))).length);
    expect(counts).toEqual([counts[0], counts[0], counts[0]]);
    expect(counts[0]).toBeLessThanOrEqual(12);
  });

  it('of a page of runs with all that they point at does not grow with the page', async () => {
    const query = `query ($first: Int) {
      runs(first: $first) {
        nodes { id component { key script { slug } } componentVersion { version } product { sku } attachment { isRequired } replayOf { id } latestReplay { id status } }
      }
    }`;
    await productWith(3, 20);
    const counts = [];
    for (const first of [5, 5, 25, 50])
      counts.push((await statementsOf(() => app.query(query, { first }))).length);
    expect(counts.slice(2)).toEqual([counts[1], counts[1]]);
  });
});
