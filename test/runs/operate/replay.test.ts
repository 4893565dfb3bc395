import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';
import { insertRuns, storedRun } from '../../support/runs.ts';

let app: TestApp;
let componentId: string;
let productId: string;
let sku: string;
let attachmentId: string;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const RUN = `id status priority attempt channel trigger groupId inputPayload metadata context
  componentVersion { version } product { id } attachment { id } replayOf { id }
  bindingSnapshot { inputKey kind ... on StaticBinding { value secret } }`;
const PAYLOAD = `{ run { ${RUN} } deduplicated userErrors { code path message } }`;

const enqueue = async (input: object) =>
  (await app.query(`mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) ${PAYLOAD} }`, { input }))
    .enqueueRun;
const replay = async (id: string, input?: object) =>
  (
    await app.query(
      `mutation ($id: ID!, $input: ReplayRunInput) { replayRun(id: $id, input: $input) ${PAYLOAD} }`,
      {
        id,
        input,
      },
    )
  ).replayRun;
const preview = async (id: string, input?: object) =>
  (
    await app.query(
      `query ($id: ID!, $input: ReplayRunInput) {
        previewReplay(id: $id, input: $input) { accepted request inputs userErrors { code path } }
      }`,
      { id, input },
    )
  ).previewReplay;

const bind = (value: string) => ({ static: { inputKey: 'greeting', value } });

/** A product with one attachment, and a run of it, before both the bindings and the component change. */
async function oldRun(given: object = {}) {
  sku = `sku-${randomUUID()}`;
  componentId = await register(app, { key: sku });
  const saved = await save(app, {
    sku,
    journeyComponents: [
      {
        componentId,
        bindings: [bind('old'), { static: { inputKey: 'token', value: 'sesame', secret: true } }],
      },
    ],
  });
  productId = saved.product.id;
  attachmentId = saved.product.journeyComponents[0].id;
  const { run } = await enqueue({
    componentId,
    productId,
    channel: 'storefront',
    trigger: 'CHECKOUT',
    priority: 'HIGH',
    inputPayload: { a: 1 },
    metadata: { m: 1 },
    context: { c: 1 },
    ...given,
  });
  await save(app, {
    sku,
    title: 'New title',
    journeyComponents: [{ id: attachmentId, componentId, bindings: [bind('new')] }],
  });
  await app.query(
    `mutation ($id: ID!) { updateComponent(id: $id, input: { script: { slug: "newer", runtime: "node" } }) { component { version } } }`,
    { id: componentId },
  );
  return run;
}

describe('a replay', () => {
  test("keeps the old run's payloads, bindings and version, and belongs to no group", async () => {
    const old = await oldRun();
    const { run, deduplicated } = await replay(old.id);
    expect(deduplicated).toBe(false);
    expect(run.id).not.toBe(old.id);
    expect(run).toEqual({ ...old, id: run.id, priority: 'NORMAL', replayOf: { id: old.id } });
    expect(run.componentVersion.version).toBe(1);
    expect(run.bindingSnapshot[0]).toMatchObject({ inputKey: 'greeting', value: 'old' });
  });

  test('shows among the replays of the old run, and what replays it among its own', async () => {
    const old = await oldRun();
    const { run: first } = await replay(old.id);
    const { run: second } = await replay(first.id);
    const { run } = await app.query(
      `query ($id: ID!) { run(id: $id) { replays { nodes { id replays { nodes { id } } } } } }`,
      { id: old.id },
    );
    expect(run.replays.nodes).toEqual([{ id: first.id, replays: { nodes: [{ id: second.id }] } }]);
  });

  test('takes what it is given instead', async () => {
    const old = await oldRun();
    const input = { inputPayload: { b: 2 }, context: {}, useCurrentBindings: true, useLatestVersion: true };
    const { run } = await replay(old.id, input);
    expect(run).toMatchObject({
      inputPayload: { b: 2 },
      metadata: { m: 1 },
      context: {},
      componentVersion: { version: 2 },
      bindingSnapshot: [{ inputKey: 'greeting', value: 'new' }],
    });
  });

  test('is previewed as it would be run', async () => {
    const old = await oldRun();
    const shown = await preview(old.id, { metadata: { again: true } });
    expect(shown).toMatchObject({
      accepted: true,
      inputs: { a: 1, greeting: 'old' },
      request: {
        component: { version: 1, scriptSlug: 'a-script' },
        product: { id: productId, title: 'New title' },
        productComponent: { id: attachmentId },
        metadata: { again: true },
      },
    });
    expect(JSON.stringify(shown)).not.toContain('sesame');
    const latest = await preview(old.id, { useLatestVersion: true, useCurrentBindings: true });
    expect(latest).toMatchObject({
      inputs: { a: 1, greeting: 'new' },
      request: { component: { version: 2, scriptSlug: 'newer' } },
    });
  });

  test('composes what the group of the old run shared, and stands alone', async () => {
    const [groupId, orderId] = [randomUUID(), randomUUID()];
    await app.db.pool.query(
      `with o as (insert into orders (id, number, placed_at, request_hash) values ($2::uuid, $2::text, now(), ''))
       insert into journey_run_groups (id, kind, order_id, shared_input, shared_context, request_hash)
       values ($1, 'CHECKOUT', $2::uuid, '{"order": {"total": "9.90"}, "a": 0}', '{"checkout": true}', '')`,
      [groupId, orderId],
    );
    const { componentId, componentVersionId } = (
      await app.db.pool.query(
        `select component_id as "componentId", component_version_id as "componentVersionId" from journey_component_runs limit 1`,
      )
    ).rows[0];
    const old = storedRun({ componentId, componentVersionId, groupId, orderId, inputPayload: { a: 1 } });
    await insertRuns(app.db.pool, [old]);
    const { run, userErrors } = await replay(old.id);
    expect(userErrors).toEqual([]);
    expect(run).toMatchObject({
      groupId: null,
      inputPayload: { order: { total: '9.90' }, a: 1 },
      context: { checkout: true },
    });
    const { rows } = await app.db.pool.query(
      'select order_id, input_payload from journey_component_runs where id = $1',
      [run.id],
    );
    expect(rows).toEqual([{ order_id: orderId, input_payload: { order: { total: '9.90' }, a: 1 } }]);
  });

  test('under a key is made once, and another one under it is a conflict', async () => {
    const old = await oldRun();
    const input = { idempotencyKey: randomUUID(), metadata: { n: 1 } };
    const answers = await Promise.all([
      replay(old.id, input),
      replay(old.id, input),
      replay(old.id.toUpperCase(), input),
    ]);
    expect(new Set(answers.map(({ run }) => run.id)).size).toBe(1);
    expect(answers.map(({ deduplicated }) => deduplicated).sort()).toEqual([false, true, true]);
    const other = await replay(old.id, { ...input, metadata: { n: 2 } });
    expect(other).toMatchObject({
      run: null,
      userErrors: [{ code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'] }],
    });
    expect(await preview(old.id, { ...input, metadata: { n: 2 } })).toMatchObject({ accepted: false });
  });

  test('of an archived component is refused, beside a preview that says so', async () => {
    const old = await oldRun();
    await app.query(`mutation ($id: ID!) { archiveComponent(id: $id) { component { id } } }`, {
      id: componentId,
    });
    const refused = { userErrors: [{ code: 'ARCHIVED', path: ['id'] }] };
    expect(await replay(old.id)).toMatchObject({ run: null, ...refused });
    expect(await preview(old.id)).toMatchObject({ accepted: false, ...refused });
  });

  test('runs with its snapshot after the product has dropped the attachment, but not with current bindings', async () => {
    const old = await oldRun();
    await save(app, { sku, journeyComponents: [] });
    expect(await replay(old.id)).toMatchObject({
      run: { bindingSnapshot: [{ value: 'old' }, {}] },
      userErrors: [],
    });
    expect(await replay(old.id, { useCurrentBindings: true })).toMatchObject({
      run: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['id'] }],
    });
  });

  test('with current bindings is refused where the run has no attachment', async () => {
    await oldRun();
    const { run } = await enqueue({ componentId, bindings: [bind('own')] });
    expect(await replay(run.id)).toMatchObject({ run: { bindingSnapshot: [{ value: 'own' }] } });
    expect(await replay(run.id, { useCurrentBindings: true })).toMatchObject({
      run: null,
      userErrors: [{ code: 'INVALID', path: ['useCurrentBindings'] }],
    });
  });

  test.each([randomUUID(), 'none'])('of %j is of no run', async (id) => {
    const refused = { userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] };
    expect(await replay(id)).toMatchObject({ run: null, deduplicated: false, ...refused });
    expect(await preview(id)).toMatchObject({ accepted: false, ...refused });
  });

  test('is told every mistake in what it is given', async () => {
    const old = await oldRun();
    const input = { inputPayload: { a: 'x'.repeat(300_000) }, context: { 'a\0': 1 }, idempotencyKey: '' };
    expect(await replay(old.id, input)).toMatchObject({
      run: null,
      userErrors: [
        { code: 'TOO_LARGE', path: ['inputPayload'] },
        { code: 'INVALID', path: ['context', 'a\0'] },
        { code: 'INVALID', path: ['idempotencyKey'] },
      ],
    });
  });
});
