import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { SecretKey } from '../../src/config/config-values.ts';
import { MASK } from '../../src/script-request/masking/text-mask.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { allFields } from '../support/all-fields.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { type HostAnswer, startScriptedHost, startScriptHost } from '../support/script-host.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

const key = (id: string): SecretKey => ({ id, bytes: randomBytes(32) });
const [OLD, NEW] = [key('old'), key('new')];
const VALUE = 'canary-of-a-named-secret "quoted"';

let app: TestApp;
let worker: Worker | undefined;
beforeAll(async () => {
  app = await startTestApp({ secretKeys: [OLD] });
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});
afterAll(() => app.stop());

const saveSecret = (name: string, value: string) =>
  app.query(
    `mutation ($input: SaveSecretInput!) {
      saveSecret(input: $input) { secret { name savedAt } userErrors { code message path } }
    }`,
    { input: { name, value } },
  );

const deleteSecret = async (name: string) =>
  (
    await app.query(
      'mutation ($name: String!) { deleteSecret(name: $name) { name userErrors { code message path } } }',
      { name },
    )
  ).deleteSecret;

const RETRIED = { maxAttempts: 3, backoff: 'FIXED', initialDelaySeconds: 0 } as const;

async function enqueue(componentId: string, bindings: object[], inputPayload: object = {}): Promise<string> {
  const { enqueueRun } = await app.query(
    `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }`,
    { input: { componentId, bindings, inputPayload } },
  );
  expect(enqueueRun.userErrors).toEqual([]);
  return enqueueRun.run.id;
}

const startWorker = async (runnerUrl: string | null, given: Partial<Config> = {}) => {
  worker = await startTestWorker(app.db, { runnerUrl, secretKeys: [OLD], ...given });
};

const secret = (inputKey: string, name: string, required = true) => ({
  secret: { inputKey, name, required },
});

/** All text of the database. */
async function everyRow(): Promise<string> {
  const { rows } = await app.db.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = current_schema()`,
  );
  const texts = await Promise.all(
    rows.map(async ({ name }) => JSON.stringify((await app.db.pool.query(`select * from "${name}"`)).rows)),
  );
  return texts.join('\n');
}

const host = (...answers: HostAnswer[]) => startScriptedHost(answers);
const inputsOf = ({ body }: { body: string }) => JSON.parse(body).inputs;

test('the value of a secret is in the call to the script host and nowhere else', async () => {
  await saveSecret('payment.key', VALUE);
  const answers = JSON.stringify({ echoed: VALUE, base64: Buffer.from(`x${VALUE}`).toString('base64') });
  await using scripts = await host({ status: 200, body: answers });
  await startWorker(scripts.url);
  const componentId = await register(app, { key: 'pays' });
  const id = await enqueue(componentId, [secret('apiKey', 'payment.key')], { note: 'open' });
  await untilEvent(app.db, id, 'COMPLETED');

  const [call] = scripts.calls;
  expect(inputsOf(call!)).toEqual({ note: 'open', apiKey: VALUE });
  expect(JSON.parse(call!.body).bindings).toEqual({ apiKey: VALUE });
  expect(JSON.parse(call!.body).bindingSnapshot).toEqual([
    { kind: 'secret', inputKey: 'apiKey', name: 'payment.key', required: true },
  ]);
  const { run, secrets } = await app.query(
    `query ($id: ID!) { run(id: $id) ${allFields('Run', 3)} secrets { name savedAt } }`,
    { id },
  );
  expect(secrets).toEqual([{ name: 'payment.key', savedAt: expect.any(String) }]);
  expect(run.bindingSnapshot[0]).toMatchObject({
    __typename: 'SecretBinding',
    kind: 'SECRET',
    name: 'payment.key',
  });
  expect(run.resolvedBindings).toEqual({ apiKey: MASK });
  expect(run.request.inputs).toEqual({ note: 'open', apiKey: MASK });
  expect(run.resultPayload.echoed).toBe(MASK);
  for (const text of [JSON.stringify(run), await everyRow()]) {
    expect(text).not.toContain('canary-of-a-named-secret');
    expect(text).not.toContain(Buffer.from('canary-of-a-named').toString('base64').slice(0, 16));
  }
});

test('the echo runner gives none back', async () => {
  await saveSecret('short', 'open');
  await startWorker(null);
  const id = await enqueue(await register(app, { key: 'echoes' }), [secret('apiKey', 'short')], {
    note: 'open',
  });
  await untilEvent(app.db, id, 'COMPLETED');
  const { run } = await app.query('query ($id: ID!) { run(id: $id) { resultPayload } }', { id });
  expect(run.resultPayload).toEqual({ note: 'open', apiKey: MASK });
});

test('a call of unknown outcome is repeated with the value that it sent; the next call sends the new one', async () => {
  await saveSecret('rotated', 'first value');
  const scripts = await startScriptHost(async (response, { request }) => {
    const count = scripts.calls.length;
    if (count === 1) {
      await saveSecret('rotated', 'second value');
      request.socket.destroy();
    } else response.writeHead(count === 2 ? 500 : 200).end('{}');
  });
  const componentId = await register(app, { key: 'rotates', retryPolicy: { ...RETRIED } });
  const id = await enqueue(componentId, [secret('apiKey', 'rotated')]);
  await startWorker(scripts.url);
  await untilEvent(app.db, id, 'COMPLETED');

  const [first, repeat, next] = scripts.calls;
  expect(repeat!.body).toBe(first!.body);
  expect(repeat!.request.headers['idempotency-key']).toBe(first!.request.headers['idempotency-key']);
  expect(inputsOf(first!)).toEqual({ apiKey: 'first value' });
  expect(inputsOf(next!)).toEqual({ apiKey: 'second value' });
  await scripts.stop();
});

test('a repeat whose secret was deleted is not sent', async () => {
  await saveSecret('deleted', 'gone');
  const scripts = await startScriptHost(async (_, { request }) => {
    await deleteSecret('deleted');
    request.socket.destroy();
  });
  const componentId = await register(app, { key: 'deletes', retryPolicy: { ...RETRIED, maxAttempts: 2 } });
  const id = await enqueue(componentId, [secret('apiKey', 'deleted')]);
  await startWorker(scripts.url);
  const events = await untilEvent(app.db, id, 'FAILED');
  expect(events.at(-1)).toMatchObject({ errorCode: 'SECRET_UNAVAILABLE', attempt: 2 });
  expect(scripts.calls).toHaveLength(1);
  await scripts.stop();
});

test('a text that looks like the mark of a secret is sent as it is', async () => {
  await saveSecret('marked', VALUE);
  const { rows } = await app.db.pool.query("select id from journey_secrets where name = 'marked'");
  const forged = `\u0001secret:${rows[0].id}\u0001`;
  await using scripts = await host({ status: 200, body: '{}' });
  await startWorker(scripts.url);
  const id = await enqueue(await register(app, { key: 'forges' }), [secret('apiKey', 'marked')], {
    [forged]: forged,
  });
  await untilEvent(app.db, id, 'COMPLETED');
  expect(inputsOf(scripts.calls[0]!)).toEqual({ [forged]: forged, apiKey: VALUE });
});

test('a secret that is not stored is a binding without a value', async () => {
  await startWorker(null);
  const componentId = await register(app, { key: 'misses' });
  const id = await enqueue(componentId, [secret('apiKey', 'nowhere')]);
  const events = await untilEvent(app.db, id, 'FAILED');
  expect(events.at(-1)).toMatchObject({ errorCode: 'BINDING_UNRESOLVED' });
  const optional = await enqueue(componentId, [secret('apiKey', 'nowhere', false)], { apiKey: 'default' });
  await untilEvent(app.db, optional, 'COMPLETED');
  const { previewRun } = await app.query(
    `query ($input: EnqueueRunInput!) { previewRun(input: $input) { bindings { resolved value reason } inputs } }`,
    { input: { componentId, bindings: [secret('apiKey', 'nowhere')] } },
  );
  expect(previewRun.bindings).toEqual([
    { resolved: false, value: null, reason: 'no secret nowhere is stored' },
  ]);
});

test('an inputSchema never sees the value of a named secret, in a preview or in a run', async () => {
  await saveSecret('guessed', 'swordfish');
  const preview = (componentId: string) =>
    app.query(
      `query ($input: EnqueueRunInput!) {
        previewRun(input: $input) { inputErrors { path message } inputs userErrors { message } }
      }`,
      { input: { componentId, bindings: [secret('apiKey', 'guessed')] } },
    );
  const schemas = ['swordfish', 'no fish'].map((pattern) => ({
    properties: { apiKey: { pattern } },
    if: { properties: { apiKey: { not: { const: pattern } } } },
    else: { required: ['found'] },
  }));
  const [right, wrong] = await Promise.all(
    schemas.map(async (inputSchema, index) => {
      const componentId = await register(app, { key: `guesses-${index}`, inputSchema });
      return { componentId, ...(await preview(componentId)).previewRun };
    }),
  );
  expect(right).toMatchObject({ inputErrors: [], inputs: { apiKey: MASK } });
  expect(wrong!.inputErrors).toEqual(right!.inputErrors);
  await startWorker(null);
  for (const { componentId } of [right!, wrong!]) {
    const id = await enqueue(componentId, [secret('apiKey', 'guessed')]);
    await untilEvent(app.db, id, 'COMPLETED');
  }
});

test('without a key, a secret is not saved, and the error says how to set one', async () => {
  const keyless = await startTestApp();
  const { errors } = await keyless.ask(
    'mutation { saveSecret(input: { name: "a", value: "b" }) { userErrors { message } } }',
  );
  expect(errors![0]).toMatchObject({
    message: expect.stringContaining('openssl rand -base64 32'),
    extensions: { code: 'BAD_REQUEST' },
  });
  await keyless.stop();
});

test('a run whose secret cannot be decrypted fails and names the missing key', async () => {
  await saveSecret('unreadable', 'value');
  await using scripts = await host({ status: 200, body: '{}' });
  await startWorker(scripts.url, { secretKeys: [NEW] });
  const id = await enqueue(await register(app, { key: 'unreadable' }), [secret('apiKey', 'unreadable')]);
  await untilEvent(app.db, id, 'FAILED');
  const { run } = await app.query('query ($id: ID!) { run(id: $id) { error { code message } } }', { id });
  expect(run.error).toEqual({
    code: 'SECRET_UNAVAILABLE',
    message: expect.stringContaining('the key old, which is missing. Add it to JOURNEY_RUNTIME_SECRET_KEYS'),
  });
  expect(scripts.calls).toEqual([]);
});

test('a secret of an attachment is not deleted, and lint reports one that is not stored', async () => {
  await saveSecret('used', 'value');
  const componentId = await register(app, { key: 'uses' });
  const bindings = [secret('apiKey', 'used'), secret('other', 'unsaved', false)];
  const { product, userErrors } = await save(app, {
    sku: 'WITH-SECRET',
    journeyComponents: [{ componentId, bindings }],
  });
  expect(userErrors).toEqual([]);
  const { catalogueLint } = await app.query(
    `query ($id: ID!) { catalogueLint(productId: $id) { nodes { findings { code severity path } } } }`,
    { id: product.id },
  );
  expect(catalogueLint.nodes[0].findings).toEqual([
    { code: 'SECRET_NOT_FOUND', severity: 'WARNING', path: ['bindings', '1', 'name'] },
  ]);
  expect((await deleteSecret('used')).userErrors).toEqual([
    { code: 'CONFLICT', message: expect.stringContaining('WITH-SECRET'), path: ['name'] },
  ]);
  expect((await deleteSecret('never-saved')).userErrors[0].code).toBe('NOT_FOUND');
});

test.each([
  ['a name that begins with a dash', '-dash', 'x', 'name'],
  ['an empty name', '', 'x', 'name'],
  ['a long name', 'a'.repeat(65), 'x', 'name'],
  ['a blank value', 'fine', ' ', 'value'],
  ['a long value', 'fine', 'x'.repeat(16_385), 'value'],
  ['a value with NUL', 'fine', 'a\0b', 'value'],
])('saveSecret rejects %s', async (_, name, value, path) => {
  const { saveSecret: answer } = await saveSecret(name, value);
  expect(answer.secret).toBeNull();
  expect(answer.userErrors).toEqual([expect.objectContaining({ code: 'INVALID', path: [path] })]);
});
