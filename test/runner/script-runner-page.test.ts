import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { checkRunner } from '../../src/runner/conformance/check-runner.ts';
import { validateAnswer } from '../../src/runner/runner-answer.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { checkOut, product } from '../support/orders.ts';
import { type HostAnswer, startScriptedHost } from '../support/script-host.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const page = readFileSync(join(DOCS, 'script-runner.md'), 'utf8');
const schema = JSON.parse(readFileSync(join(DOCS, 'script-request.schema.json'), 'utf8'));
const EXAMPLES = fileURLToPath(new URL('../../examples/script-host/', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const code = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)![1]!;

const SECRET = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;
const POLICY = { maxAttempts: 3, backoff: 'FIXED' as const, initialDelaySeconds: 0 };

let app: TestApp;
const workers: Worker[] = [];
beforeAll(async () => {
  app = await startTestApp();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(() => app.stop());

/** Starts a worker that calls a host with these answers. */
async function hostWith(answers: HostAnswer[]) {
  const host = await startScriptedHost(answers);
  workers.push(await startTestWorker(app.db, { runnerUrl: host.url, runnerSigningSecrets: [SECRET] }));
  return host;
}

async function enqueue(input: object): Promise<string> {
  const { enqueueRun } = await app.query(
    'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }',
    { input },
  );
  if (!enqueueRun.run) throw new Error(JSON.stringify(enqueueRun.userErrors));
  return enqueueRun.run.id;
}

describe('Body', () => {
  /** As the schema, but without room for fields that the page does not name. */
  const closed = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(closed);
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part).map(([key, value]) => [key, closed(value)]);
    return Object.fromEntries('properties' in part ? [...entries, ['additionalProperties', false]] : entries);
  };
  const ajv = new Ajv2020({
    strict: false,
    formats: { uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
  });
  const validate = ajv.compile(closed(schema) as object);
  const mistakes = (body: string) => (validate(JSON.parse(body)) ? [] : validate.errors);

  test('the example fits the schema', () => {
    expect(mistakes(code('json'))).toEqual([]);
  });

  test('a body without one of the fields does not fit', () => {
    for (const key of Object.keys(JSON.parse(code('json')))) {
      const { [key]: _, ...rest } = JSON.parse(code('json'));
      expect(mistakes(JSON.stringify(rest)), key).not.toEqual([]);
    }
  });

  test('the bodies of a checkout, of a run with every kind of binding, and of one with nothing fit the schema', async () => {
    await using host = await hostWith([{ status: 200, body: '{}' }]);
    const componentId = await register(app, {
      key: 'bodies',
      script: { slug: 'a/b', runtime: 'node', version: '1.2', metadata: { team: 'x' } },
      providerDependencies: [{ key: 'printer', optional: true }],
    });
    const bindings = [
      { static: { inputKey: 'paper', value: { of: ['rags'] }, secret: true } },
      { productField: { inputKey: 'title', path: 'product.title', required: false } },
      { runtime: { inputKey: 'type', path: 'trigger.type' } },
      { secret: { inputKey: 'key', name: 'not-saved', required: false } },
    ];
    const [attachmentId] = await product(app, 'SKU-1', [
      { componentId, channelEligibility: ['web'], isRequired: true, metadata: { slot: 1 }, bindings },
    ]);
    const line = { sku: 'SKU-1', quantity: 1, payload: { engraving: 'Ada' } };
    const { runs } = await checkOut(app, {
      order: { number: '1', payload: { total: 19.99 }, lines: [line] },
      channel: 'web',
      cart: {},
      checkout: { step: 'paid' },
    });
    const ids = [runs[0].id, await enqueue({ componentId, attachmentId, trigger: 'OPERATOR' })];
    ids.push(await enqueue({ componentId }));
    for (const id of ids) expect((await untilEvent(app.db, id, 'COMPLETED')).at(-1)?.type).toBe('COMPLETED');
    expect(host.calls.map(({ body }) => JSON.parse(body).runId).sort()).toEqual(ids.sort());
    for (const { body } of host.calls) expect(mistakes(body), body).toEqual([]);
  });
});

describe('Headers', () => {
  test('a request has those of the table', async () => {
    await using host = await hostWith([{ status: 200, body: '{}' }]);
    const id = await enqueue({ componentId: await register(app, { key: 'headers' }) });
    await untilEvent(app.db, id, 'COMPLETED');
    const sent = Object.keys(host.calls[0]!.request.headers).sort();
    const section = page.slice(page.indexOf('### Headers'), page.indexOf('### Body'));
    const listed = section
      .split('\n')
      .filter((row) => row.startsWith('| `'))
      .flatMap((row) => [...row.split('|')[1]!.matchAll(/`([\w-]+)`/g)])
      .map(([, name]) => name!.toLowerCase());
    // HTTP's own, and what is sent with an API key or with traces alone.
    expect([...sent, 'authorization', 'traceparent'].sort()).toEqual(
      [...listed, 'connection', 'host'].sort(),
    );
  });
});

describe('Repeats', () => {
  test('a call of unknown outcome keeps key and body; a definite answer brings a new key', async () => {
    await using host = await hostWith([
      { status: 409 },
      { status: 503 },
      { status: 200, body: '{"ok":true}' },
    ]);
    const id = await enqueue({ componentId: await register(app, { key: 'repeats', retryPolicy: POLICY }) });
    await untilEvent(app.db, id, 'COMPLETED', 'FAILED');
    const sent = host.calls.map(({ request: { headers }, body }) => ({
      key: headers['idempotency-key'],
      webhookId: headers['webhook-id'],
      attempts: [headers['journey-attempt'], JSON.parse(body).attempt],
    }));
    expect(sent).toEqual([
      { key: `${id}:1`, webhookId: `${id}:1`, attempts: ['1', 1] },
      { key: `${id}:1`, webhookId: `${id}:1`, attempts: ['2', 1] },
      { key: `${id}:2`, webhookId: `${id}:2`, attempts: ['3', 3] },
    ]);
    expect(host.calls[1]!.body).toBe(host.calls[0]!.body);
  });
});

describe('Answers', () => {
  type Row = { cell: string; code: string | undefined; next: string };
  const rows: Row[] = page
    .split('\n')
    .filter((line) => /^\| (\d{3}|no |an )/.test(line))
    .map((line) => {
      const [, cell = '', , code = '', next = ''] = line.split('|').map((text) => text.trim());
      return { cell, code: /[A-Z_]{4,}/.exec(code)?.[0], next };
    });
  const isListed = ({ cell }: Row, status: number) => /^[\d, ]+$/.test(cell) && cell.includes(String(status));
  const isInRange = ({ cell }: Row, status: number) => {
    const [, from, to = '999'] = /^(\d{3}) (?:to (\d{3})|and above)/.exec(cell) ?? [];
    return from !== undefined && status >= Number(from) && status <= Number(to);
  };
  const rowOf = (status: number) =>
    rows.find((row) => isListed(row, status)) ?? rows.find((row) => isInRange(row, status));

  test('every status does what its row says', () => {
    for (let status = 200; status < 700; status += 1) {
      const answer = { status, headers: {}, body: Buffer.from('{}'), cut: false };
      const outcome = validateAnswer(answer, new Date(), (text) => text);
      const { code, next } = rowOf(status)!;
      if (outcome.kind !== 'failure') expect([status, code, next]).toEqual([status, undefined, '']);
      else {
        const { error, definite } = outcome;
        const does = error.retryable ? (definite ? 'a new key' : 'the same key and body') : 'none: final';
        expect([status, error.code, does]).toEqual([status, code, next]);
      }
    }
  });
});

describe('Signature', () => {
  test('the Python of the page is that of the example', () => {
    expect(readFileSync(join(EXAMPLES, 'server.py'), 'utf8')).toContain(
      code('python').slice(code('python').indexOf('def')),
    );
  });

  test.skipIf(!hasPython)("the page's Python accepts a request, and no other body", async () => {
    await using host = await hostWith([{ status: 200, body: '{}' }]);
    const id = await enqueue({ componentId: await register(app, { key: 'python' }) });
    await untilEvent(app.db, id, 'COMPLETED');
    const [{ request, body }] = host.calls as [(typeof host.calls)[0]];
    const script = `${code('python')}
import json, sys
secret, headers, body = json.load(sys.stdin)
print(verify(secret, headers, body.encode()), verify(secret, headers, (body + " ").encode()))`;
    const input = JSON.stringify([SECRET, request.headers, body]);
    expect(execFileSync('python3', ['-c', script], { input, encoding: 'utf8' }).trim()).toBe('True False');
  });
});

describe.for([
  { file: 'server.mjs', command: process.execPath, isThere: true },
  { file: 'server.py', command: 'python3', isThere: hasPython },
])('The script host examples/script-host/$file', ({ file, command, isThere }) => {
  let host: ReturnType<typeof spawn>;
  let url: string;
  beforeAll(async () => {
    if (!isThere) return;
    host = spawn(command, [join(EXAMPLES, file)], {
      env: { ...process.env, PORT: '0', SIGNING_SECRET: SECRET },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(host.stdout!, 'data');
    url = `http://127.0.0.1:${/\d+/.exec(String(line))![0]}/run`;
  });
  afterAll(async () => {
    if (!isThere) return;
    host.kill();
    await once(host, 'exit');
  });

  test.skipIf(!isThere)('executes runs, and rejects what is not signed', async () => {
    workers.push(await startTestWorker(app.db, { runnerUrl: url, runnerSigningSecrets: [SECRET] }));
    const script = { slug: 'gift/note', runtime: 'any' };
    const known = await register(app, { key: `gift-note-${file}`, script });
    const unknown = await register(app, { key: `unknown-${file}` });
    const completed = await enqueue({ componentId: known, inputPayload: { text: 'hello' } });
    const rejected = await enqueue({ componentId: unknown });
    await untilEvent(app.db, completed, 'COMPLETED', 'FAILED');
    const events = await untilEvent(app.db, rejected, 'FAILED');
    expect(events.at(-1)?.errorCode).toBe('RUNNER_REJECTED');
    const { run } = await app.query('query ($id: ID!) { run(id: $id) { resultPayload } }', { id: completed });
    expect(run).toEqual({ resultPayload: { printed: 'HELLO' } });
    const unsigned = await fetch(url, { method: 'POST', body: code('json') });
    expect(unsigned.status).toBe(401);
  });

  test.skipIf(!isThere)('follows the protocol, by check-runner', async () => {
    const lines: string[] = [];
    const config = loadConfig({ JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET: SECRET });
    expect(await checkRunner(config, url, undefined, (line) => lines.push(line)), lines.join('\n')).toBe(
      true,
    );
  });
});
