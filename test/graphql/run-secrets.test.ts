import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Worker } from '../../src/worker/worker.ts';
import { allFields } from '../support/all-fields.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

const TEXT = 'sesame "öpen" & more';
const NUMBER = 4_987_654_321_987_654;
const NESTED = 'deep-down-in-a-list';
const BINDINGS = [
  { static: { inputKey: 'token', value: TEXT, secret: true } },
  { static: { inputKey: 'pin', value: NUMBER, secret: true } },
  { static: { inputKey: 'keys', value: { list: [{ key: NESTED }] }, secret: true } },
  { static: { inputKey: 'copied', value: `a copy of ${TEXT}` } },
  { runtime: { inputKey: 'echoed', path: 'input.echoed' } },
];
const PAYLOAD = { echoed: { url: `/x?t=${encodeURIComponent(TEXT)}`, pin: NUMBER, list: [NESTED] } };

let app: TestApp;
let worker: Worker;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp();
  worker = await startTestWorker(app.db);
  componentId = await register(app, { key: 'secretive' });
});
afterAll(async () => {
  await worker.stop();
  await app.stop();
});

function expectNoSecret(answer: unknown): void {
  const text = JSON.stringify(answer);
  const spellings = [
    TEXT,
    JSON.stringify(TEXT).slice(1, -1),
    encodeURIComponent(TEXT),
    String(NUMBER),
    NESTED,
  ];
  for (const secret of spellings) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
  }
}

const ENQUEUE = `mutation ($input: EnqueueRunInput!) {
  enqueueRun(input: $input) { userErrors { message } run ${allFields('Run', 2)} }
}`;

it('shows no secret of a run, nor of what its runner echoed, in any field of the API', async () => {
  const { product } = await save(app, {
    sku: 'secretive',
    journeyComponents: [{ componentId, bindings: BINDINGS }],
  });
  const attachmentId = product.journeyComponents[0].id;
  const enqueued = await app.query(ENQUEUE, { input: { componentId, attachmentId, inputPayload: PAYLOAD } });
  expectNoSecret(enqueued);
  const { id } = enqueued.enqueueRun.run;
  await untilEvent(app.db, id, 'COMPLETED');

  const runs = await app.query(
    `query ($id: ID!) {
      run(id: $id) ${allFields('Run', 3)}
      runs(where: { runId: [$id] }) ${allFields('RunConnection', 3)}
    }`,
    { id },
  );
  const others = await app.query(
    `query ($input: EnqueueRunInput!) {
      product(sku: "secretive") ${allFields('Product', 3)}
      previewRun(input: $input) ${allFields('RunPreview', 2)}
    }`,
    { input: { componentId, attachmentId, inputPayload: { echoed: null } } },
  );
  const answer = { ...runs, ...others };
  expect(answer.run).toMatchObject({ status: 'COMPLETED', request: { runId: id } });
  expect(answer.run.resultPayload).not.toBeNull();
  expect(answer.run.telemetry.outputPreview).not.toBeNull();
  expect(answer.run.resolvedBindings).toMatchObject({ token: '••••••', pin: '••••••', keys: '••••••' });
  expect(answer.previewRun).toMatchObject({ accepted: true, inputs: { token: '••••••', pin: '••••••' } });
  expectNoSecret(answer);
});

it('shows none that reached an error, its detail or a preview', async () => {
  const input = { componentId, bindings: BINDINGS, inputPayload: PAYLOAD, runAt: new Date(Date.now() + 1e8) };
  const { id } = (await app.query(ENQUEUE, { input })).enqueueRun.run;
  const error = {
    code: 'RUNNER_FAILED',
    message: `it said ${TEXT}`,
    detail: { pin: NUMBER, body: TEXT },
    retryable: true,
  };
  const telemetry = {
    runner: 'http',
    latencyMs: 1,
    bindingsCount: 5,
    errorPreview: JSON.stringify({ got: TEXT }),
  };
  await app.db.pool.query(
    `update journey_component_runs set error = $2, telemetry = $3, result_payload = $4, metadata = $4, context = $4
     where id = $1`,
    [id, error, telemetry, { said: [TEXT, NUMBER] }],
  );
  const { run } = await app.query(`query ($id: ID!) { run(id: $id) ${allFields('Run', 2)} }`, { id });
  expect(run.error).toMatchObject({
    code: 'RUNNER_FAILED',
    message: 'it said ••••••',
    detail: { pin: '••••••' },
  });
  expect(run.telemetry).toMatchObject({ latencyMs: 1, errorPreview: '{"got":"••••••"}' });
  expectNoSecret(run);
});
