import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allFields } from '../support/all-fields.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register, save } from '../support/catalogue.ts';
import { type HostCall, startScriptHost } from '../support/script-host.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

const API_KEY = 'canary/api+key-7f3a9c';
const SIGNING_SECRET = `whsec_${Buffer.from('canary-signing-secret-0123456789').toString('base64')}`;
const QUERY_KEY = 'canary-query-key-51';
const WORD = 'cänary "word" & more';
const OBJECT = { CANARYKEYNAME: true, deeper: { PIN: 'canary-pin-81723', off: null } };
const BINDINGS = [
  { static: { inputKey: 'word', value: WORD, secret: true } },
  { static: { inputKey: 'object', value: OBJECT, secret: true } },
  { static: { inputKey: 'number', value: 90_817_263, secret: true } },
];

/** Each secret as clients must never read it: as it is, escaped, encoded. */
const CANARIES = [
  API_KEY,
  SIGNING_SECRET,
  QUERY_KEY,
  WORD,
  'CANARYKEYNAME',
  'canary-pin-81723',
  '90817263',
].flatMap((secret) => {
  const bytes = Buffer.from(secret);
  const inner = (offset: number) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + bytes.length) * 8) / 6));
  };
  const quoted = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    quoted,
    JSON.stringify(quoted).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    inner(0),
    inner(1),
    inner(2),
    inner(0).replaceAll('+', '-').replaceAll('/', '_'),
  ];
});

function expectNoCanary(...answers: unknown[]): void {
  const text = answers
    .map((answer) => (typeof answer === 'string' ? answer : JSON.stringify(answer)))
    .join('\n');
  const found = CANARIES.filter((canary) =>
    [canary, JSON.stringify(canary).slice(1, -1)].some((spelling) => text.includes(spelling)),
  );
  expect(found).toEqual([]);
}

type Answer = { status: number; body: string; headers?: Record<string, string> };
const json = (status: number, value: unknown): Answer => ({ status, body: JSON.stringify(value) });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const url = ({ request }: HostCall) => request.url!;
const inputsOf = ({ body }: HostCall) => JSON.parse(body).inputs;

/** What script hosts do with what they were sent. */
const HOSTS: [string, (call: HostCall) => Answer][] = [
  ['its headers', ({ request }) => json(200, request.headers)],
  [
    'its headers with an error',
    ({ request }) => json(500, { headers: request.headers, raw: request.rawHeaders }),
  ],
  ['its URL', (call) => json(422, { url: url(call), text: `called ${url(call)}` })],
  ['its body', ({ body }) => ({ status: 200, body })],
  ['its body with an error', ({ body }) => ({ status: 400, body })],
  ['its body as text', ({ body }) => json(200, { body, said: `failed for ${body}` })],
  ['its body in base64', ({ body }) => json(200, [base64(body), base64(` ${body}`), base64(`  ${body}`)])],
  ['its body in an error that is cut', ({ body }) => ({ status: 500, body: `${body}\n`.repeat(40) })],
  ['the inputs', (call) => json(200, inputsOf(call))],
  ['the inputs elsewhere', (call) => json(200, { deep: [{ result: Object.values(inputsOf(call)) }] })],
  ['secrets as keys', (call) => json(200, { [inputsOf(call).word]: 1, ...inputsOf(call).object })],
  [
    'keys of a secret',
    (call) => json(200, { keys: Object.keys(inputsOf(call).object), none: 'unknown key' }),
  ],
  [
    'the authorization and its parts',
    ({ request: { headers } }) => json(200, [headers.authorization, headers.authorization!.slice(7)]),
  ],
  ['a Basic header', (call) => json(200, { sent: `Basic ${base64(`user:${inputsOf(call).word}`)}` })],
  [
    'base64url and hex',
    (call) => {
      const bytes = Buffer.from(String(inputsOf(call).word));
      return json(200, [
        bytes.toString('base64url'),
        bytes.toString('hex'),
        bytes.toString('hex').toUpperCase(),
      ]);
    },
  ],
  [
    'URLs',
    (call) =>
      json(
        200,
        `/x?${new URLSearchParams({ a: inputsOf(call).word })}&b=${encodeURIComponent(inputsOf(call).word)}`,
      ),
  ],
  ['JSON within JSON', (call) => json(200, JSON.stringify(JSON.stringify(inputsOf(call))))],
  ['a key that cannot be stored', (call) => json(200, { [`${inputsOf(call).word}\0`]: 1 })],
  [
    'its key as the encoding',
    ({ request: { headers } }) => ({
      status: 200,
      body: '{}',
      headers: { 'content-encoding': headers.authorization!.slice(7) },
    }),
  ],
  [
    'text that is no JSON',
    (call) => ({ status: 200, body: `word=${inputsOf(call).word} number=${inputsOf(call).number}` }),
  ],
  [
    'text with an error',
    (call) => ({ status: 503, body: `for ${inputsOf(call).word}: ${call.request.headers.authorization}` }),
  ],
];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const READ = () => `query ($id: ID!) {
  run(id: $id) ${allFields('Run', 3)}
  runs(where: { runId: [$id] }) ${allFields('RunConnection', 2)}
  runEvents(where: { runId: [$id] }, first: 100) ${allFields('RunEventConnection', 3)}
  previewReplay(id: $id) ${allFields('RunPreview', 2)}
}`;

async function runOf(componentId: string): Promise<string> {
  const input = { componentId, bindings: BINDINGS };
  const { enqueueRun } = await app.query(
    'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }',
    { input },
  );
  return enqueueRun.run.id;
}

async function everythingOf(id: string): Promise<unknown[]> {
  const answer = await app.query(READ(), { id });
  const { rows } = await app.db.pool.query(
    `select r.result_payload, r.error, r.telemetry, (select json_agg(e) from journey_run_events e where run_id = r.id) as events
     from journey_component_runs r where id = $1`,
    [id],
  );
  return [answer, rows];
}

describe('nothing secret is read, or stored, of a script host that gives back', () => {
  it.each(HOSTS)('%s', async (name, answer) => {
    const host = await startScriptHost((response, call) => {
      const { status, body, headers } = answer(call);
      response.writeHead(status, headers).end(body);
    });
    const worker = await startTestWorker(app.db, {
      runnerUrl: `${host.url}?code=${QUERY_KEY}`,
      runnerApiKey: API_KEY,
      runnerSigningSecrets: [SIGNING_SECRET],
    });
    try {
      const componentId = await register(app, {
        key: `canary-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
      });
      const id = await runOf(componentId);
      await untilEvent(app.db, id, 'COMPLETED', 'FAILED');
      expect(host.calls[0]!.body).toContain('CANARYKEYNAME');
      expectNoCanary(...(await everythingOf(id)));
    } finally {
      await worker.stop();
      await host.stop();
    }
  });

  it('the inputs, as the echo runner does', async () => {
    const worker = await startTestWorker(app.db);
    const id = await runOf(await register(app, { key: 'canary-echo' }));
    await untilEvent(app.db, id, 'COMPLETED', 'FAILED');
    const answers = await everythingOf(id);
    expectNoCanary(...answers);
    expect(answers).toMatchObject([
      { run: { resultPayload: { word: '••••••', object: '••••••', number: '••••••' } } },
      [{ result_payload: { word: '••••••', object: '••••••', number: '••••••' } }],
    ]);
    await worker.stop();
  });
});

describe('a mask confirms no guess', () => {
  const PIN = '40721';
  const guesses = Array.from({ length: 200 }, (_, index) => String(40_600 + index));
  const secret = { static: { inputKey: 'pin', value: PIN, secret: true } };
  const keptSecret = { static: { inputKey: 'pin', secret: true } };

  it('in previewRun, in what it stores or sends besides, nor in a run', async () => {
    const componentId = await register(app, { key: 'guessed' });
    const bindings = [secret, { runtime: { inputKey: 'copied', path: 'input.guesses' } }];
    const { product } = await save(app, { sku: 'guessed', journeyComponents: [{ componentId, bindings }] });
    const [{ id: attachmentId }] = product.journeyComponents;
    const sent = { guesses, text: guesses.join(''), url: guesses.map(encodeURIComponent).join('&') };
    const input = { componentId, attachmentId, inputPayload: sent, metadata: sent, context: sent };
    const preview = async (drafts: object = {}) =>
      (
        await app.query(
          `query ($input: EnqueueRunInput!, $product: SaveProductInput, $attachment: AttachmentInput) {
            previewRun(input: $input, product: $product, attachment: $attachment) ${allFields('RunPreview', 2)}
          }`,
          { input, ...drafts },
        )
      ).previewRun;

    const shown = await preview();
    expect(shown.request).toMatchObject({ input: sent, metadata: sent, context: sent });
    expect(shown.inputs).toEqual({ ...sent, copied: guesses, pin: '••••••' });
    expect(shown.request.bindings).toEqual({ copied: guesses, pin: '••••••' });

    const fixed = { static: { inputKey: 'fixed', value: guesses } };
    const drafted = await preview({
      product: { sku: 'guessed', attributes: sent },
      attachment: { id: attachmentId, componentId, metadata: sent, bindings: [keptSecret, fixed] },
    });
    expect(drafted.request).toMatchObject({
      product: { attributes: sent },
      productComponent: { metadata: sent },
    });
    expect(drafted.inputs).toEqual({ ...sent, fixed: guesses, pin: '••••••' });

    const saved = await save(app, {
      sku: 'guessed',
      journeyComponents: [{ id: attachmentId, componentId, bindings: [keptSecret, fixed] }],
    });
    expect(saved.product.journeyComponents[0].bindings).toMatchObject([{ value: null }, { value: guesses }]);

    const worker = await startTestWorker(app.db);
    const { enqueueRun } = await app.query(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }',
      { input },
    );
    await untilEvent(app.db, enqueueRun.run.id, 'COMPLETED', 'FAILED');
    const { run } = await app.query(
      'query ($id: ID!) { run(id: $id) { inputPayload metadata context resolvedBindings resultPayload request bindingSnapshot { ... on StaticBinding { value } } } }',
      { id: enqueueRun.run.id },
    );
    expect(run).toMatchObject({ inputPayload: sent, metadata: sent, context: sent });
    expect(run.resultPayload).toEqual({ ...sent, fixed: guesses, pin: '••••••' });
    expect(run.resolvedBindings).toEqual({ fixed: guesses, pin: '••••••' });
    await worker.stop();
  });
});

describe('an inputSchema finds no secret out', () => {
  const TOKEN = 'k7Qx-token';
  const at = (index: number) => `a${index}`;
  const PATTERNS = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((letter) => `^${letter}`);
  const PREVIEW = `query ($input: EnqueueRunInput!, $attachment: AttachmentInput) {
    previewRun(input: $input, attachment: $attachment) { userErrors { code path } inputErrors { path message } inputs }
  }`;

  /** Schemas that would tell which patterns a token matches, one sentence a pattern. */
  const ORACLES: [string, object][] = [
    ['keywords', { properties: { token: { allOf: PATTERNS.map((pattern) => ({ pattern })) } } }],
    [
      'negated patterns',
      { properties: { token: { allOf: PATTERNS.map((pattern) => ({ not: { pattern } })), minLength: 99 } } },
    ],
    [
      'conditions on other inputs',
      {
        allOf: PATTERNS.map((pattern, index) => ({
          if: { properties: { token: { pattern } } },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word.
          then: { properties: { [at(index)]: { type: 'string' } } },
          else: { properties: { [at(index)]: { type: 'integer' } } },
        })),
      },
    ],
    [
      'requirements',
      {
        allOf: PATTERNS.map((pattern, index) => ({
          anyOf: [{ properties: { token: { pattern } } }, { required: [`b${index}`] }],
        })),
      },
    ],
    [
      'lengths',
      { properties: { token: { allOf: Array.from({ length: 40 }, (_, index) => ({ maxLength: index })) } } },
    ],
  ];
  const payload = Object.fromEntries(PATTERNS.map((_, index) => [at(index), true]));

  it.each(ORACLES)('by %s', async (name, inputSchema) => {
    const key = `oracle-${name.replaceAll(' ', '-')}`;
    const componentId = await register(app, { key, inputSchema: inputSchema as never });
    const shown: string[] = [];
    for (const value of [TOKEN, 'Zzz', '0']) {
      const bindings = [{ static: { inputKey: 'token', value, secret: true } }];
      const { product } = await save(app, {
        sku: `${key}-${value}`,
        journeyComponents: [{ componentId, bindings }],
      });
      const input = { componentId, productId: product.id, inputPayload: payload };
      const { previewRun } = await app.query(PREVIEW, { input });
      const own = previewRun.inputErrors.filter(({ path }: { path: string }) => path === '/token');
      expect(own.length).toBeLessThanOrEqual(1);
      for (const { message } of own) expect(message).toBe('does not fit the inputSchema');
      const others = previewRun.inputErrors.filter(({ path }: { path: string }) => path !== '/token');
      shown.push(JSON.stringify(others));
      expect(previewRun.inputErrors.length).toBeGreaterThan(0);
    }
    expect(new Set(shown).size).toBe(1);
  });

  it('by another secret of the same inputs', async () => {
    const inputSchema = {
      allOf: PATTERNS.slice(0, 8).map((pattern, index) => ({
        if: { properties: { token: { pattern } } },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word.
        then: { properties: { [at(index)]: false } },
      })),
    };
    const componentId = await register(app, { key: 'oracle-secrets', inputSchema: inputSchema as never });
    const own = Array.from({ length: 8 }, (_, index) => ({
      static: { inputKey: at(index), value: 'mine', secret: true },
    }));
    const token = (value: string) => ({ static: { inputKey: 'token', value, secret: true } });
    for (const value of ['abc', 'bcd', 'xyz']) {
      const bindings = [token(value), ...own];
      const { previewRun } = await app.query(PREVIEW, { input: { componentId, bindings } });
      expect(previewRun.inputErrors.length).toBeLessThanOrEqual(1);
      for (const { message } of previewRun.inputErrors) expect(message).toBe('does not fit the inputSchema');
    }
  });

  it('the first sentence is the run’s too, and what other inputs break is still said', async () => {
    const worker = await startTestWorker(app.db);
    const componentId = await register(app, {
      key: 'misfit',
      inputSchema: {
        required: ['token', 'note'],
        properties: {
          token: { pattern: '^[0-9]+$', minLength: 40, format: 'uuid' },
          note: { type: 'string' },
        },
      } as never,
    });
    const bindings = [{ static: { inputKey: 'token', value: TOKEN, secret: true } }];
    const errors = [
      { path: '/note', message: 'must be a string' },
      { path: '/token', message: 'does not fit the inputSchema' },
    ];
    const input = { componentId, bindings, inputPayload: { note: 7 } };
    const { previewRun } = await app.query(PREVIEW, { input });
    expect(previewRun.inputErrors).toEqual(errors);
    const { enqueueRun } = await app.query(
      'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }',
      { input },
    );
    await untilEvent(app.db, enqueueRun.run.id, 'FAILED');
    const { run } = await app.query('query ($id: ID!) { run(id: $id) { error { code detail } } }', {
      id: enqueueRun.run.id,
    });
    expect(run.error).toEqual({ code: 'INPUT_INVALID', detail: { errors } });
    await worker.stop();
  });

  it('of another component, through the id of the attachment in the input', async () => {
    const componentId = await register(app, { key: 'pin-holder' });
    const bindings = [{ static: { inputKey: 'token', value: TOKEN, secret: true } }];
    const { product } = await save(app, { sku: 'pin', journeyComponents: [{ componentId, bindings }] });
    const attachmentId = product.journeyComponents[0].id;
    for (const [n, pattern] of [`^${TOKEN}$`, '^elsewhere$'].entries()) {
      const inputSchema = { properties: { token: { pattern } } };
      const other = await register(app, { key: `pin-thief-${n}`, inputSchema });
      const { previewRun } = await app.query(PREVIEW, { input: { componentId: other, attachmentId } });
      expect(previewRun).toMatchObject({ inputs: null, inputErrors: [] });
      expect(previewRun.userErrors).toMatchObject([{ code: 'COMPONENT_MISMATCH' }]);
    }
  });

  it('a stored secret is not previewed with another component, nor a hidden or unknown attachment', async () => {
    const [one, other] = [await register(app, { key: 'holder' }), await register(app, { key: 'thief' })];
    const bindings = [{ static: { inputKey: 'token', value: TOKEN, secret: true } }];
    const { product } = await save(app, { sku: 'held', journeyComponents: [{ componentId: one, bindings }] });
    const [{ id }] = product.journeyComponents;
    const left = [{ static: { inputKey: 'token', secret: true } }];
    const shown = async (attachment: object, componentId: string) =>
      (await app.query(PREVIEW, { input: { componentId }, attachment })).previewRun;

    expect(await shown({ id, componentId: other, bindings: left }, other)).toMatchObject({
      userErrors: [{ code: 'COMPONENT_MISMATCH', path: ['attachment', 'componentId'] }],
      inputs: null,
    });
    expect(await shown({ id, componentId: other }, other)).toMatchObject({ inputs: null });
    expect(await shown({ componentId: one, bindings: left }, one)).toMatchObject({
      userErrors: [{ code: 'INVALID', path: ['attachment', 'bindings', '0', 'value'] }],
      inputs: null,
    });
    expect((await shown({ id, componentId: one, bindings: left }, one)).inputs).toEqual({ token: '••••••' });
    const moved = await save(app, {
      sku: 'held',
      journeyComponents: [{ id, componentId: other, bindings: left }],
    });
    expect(moved.userErrors).toMatchObject([{ code: 'COMPONENT_MISMATCH' }]);
    await save(app, { sku: 'held', journeyComponents: [] });
    expect(await shown({ id, componentId: one, bindings: left }, one)).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['attachment', 'id'] }],
      inputs: null,
    });
  });
});
