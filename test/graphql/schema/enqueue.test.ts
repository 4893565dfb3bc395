import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';

let app: TestApp;
let componentId: string;
let otherComponentId: string;
let product: { id: string; journeyComponents: { id: string }[] };
beforeAll(async () => {
  app = await startTestApp();
  componentId = await register(app, { key: 'enqueued' });
  otherComponentId = await register(app, { key: 'another' });
  const saved = await save(app, {
    sku: 'A-1',
    journeyComponents: [
      {
        componentId,
        channelEligibility: ['storefront'],
        bindings: [
          { static: { inputKey: 'token', value: 'hush-hush', secret: true } },
          { productField: { inputKey: 'sku', path: 'product.sku' } },
        ],
      },
    ],
  });
  product = saved.product;
});
afterAll(() => app.stop());

const ENQUEUE = `mutation ($input: EnqueueRunInput!) {
  enqueueRun(input: $input) {
    deduplicated userErrors { code message path }
    run {
      id status attempt maxAttempts priority channel trigger inputPayload metadata context idempotencyKey
      queuedAt runAt startedAt completedAt component { key } componentVersion { version } product { sku } attachment { id }
      bindingSnapshot { kind inputKey required ... on ProductFieldBinding { path } ... on StaticBinding { value secret } }
      resolvedBindings resultPayload error { code } telemetry { runner } request replayOf { id } groupId
    }
  }
}`;
const enqueue = async (input: object) => (await app.query(ENQUEUE, { input })).enqueueRun;
const storedRuns = async () => (await app.query('{ runs { totalCount } }')).runs.totalCount;

describe('enqueueRun', () => {
  it('answers with the run as stored, the bindings of its attachment copied onto it', async () => {
    const [attachment] = product.journeyComponents;
    const payload = {
      inputPayload: { order: { id: 'o-1', note: 'ünï 🎁' } },
      metadata: { initiator: 'checkout' },
      context: {},
    };
    const { run, ...rest } = await enqueue({
      componentId,
      productId: product.id,
      channel: 'storefront',
      trigger: 'CHECKOUT',
      priority: 'HIGH',
      ...payload,
    });
    expect(rest).toEqual({ deduplicated: false, userErrors: [] });
    expect(run).toEqual({
      ...payload,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      status: 'QUEUED',
      attempt: 0,
      maxAttempts: 1,
      priority: 'HIGH',
      channel: 'storefront',
      trigger: 'CHECKOUT',
      idempotencyKey: null,
      queuedAt: expect.any(String),
      runAt: run.queuedAt,
      startedAt: null,
      completedAt: null,
      component: { key: 'enqueued' },
      componentVersion: { version: 1 },
      product: { sku: 'A-1' },
      attachment: { id: attachment!.id },
      bindingSnapshot: [
        { kind: 'STATIC', inputKey: 'token', required: true, value: null, secret: true },
        { kind: 'PRODUCT_FIELD', inputKey: 'sku', required: true, path: 'product.sku' },
      ],
      resolvedBindings: null,
      resultPayload: null,
      error: null,
      telemetry: null,
      request: null,
      replayOf: null,
      groupId: null,
    });
  });

  it('runs later where it is asked to, and at once where that moment is over', async () => {
    const runAt = new Date(Date.now() + 3_600_000).toISOString();
    expect((await enqueue({ componentId, runAt })).run.runAt).toBe(runAt);
    const { run } = await enqueue({ componentId, runAt: '2001-01-01T00:00:00Z' });
    expect(run.runAt).toBe(run.queuedAt);
  });

  it('gives the stored value to a secret that comes back as it was read', async () => {
    const bindings = [{ static: { inputKey: 'token', secret: true } }];
    const attachmentId = product.journeyComponents[0]!.id;
    const { run } = await enqueue({ componentId, attachmentId, channel: 'admin_preview', bindings });
    const { rows } = await app.db.pool.query(
      'select binding_snapshot from journey_component_runs where id = $1',
      [run.id],
    );
    expect(rows[0].binding_snapshot).toEqual([
      expect.objectContaining({ inputKey: 'token', value: 'hush-hush' }),
    ]);
    const { userErrors } = await enqueue({ componentId, bindings });
    expect(userErrors).toEqual([
      expect.objectContaining({ code: 'INVALID', path: ['bindings', '0', 'value'] }),
    ]);
  });
});

describe('a mistaken request is told of with code and path, and stores nothing:', () => {
  const unknown = randomUUID();
  const deep = JSON.parse(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`);
  const attachmentId = () => product.journeyComponents[0]!.id;

  it.each<[string, () => object, string, string[]]>([
    ['an unknown component', () => ({ componentId: unknown }), 'NOT_FOUND', ['componentId']],
    ['a malformed componentId', () => ({ componentId: 'x\u0000'.repeat(100) }), 'NOT_FOUND', ['componentId']],
    ['an unknown product', () => ({ productId: unknown }), 'NOT_FOUND', ['productId']],
    ['a malformed productId', () => ({ productId: '1' }), 'NOT_FOUND', ['productId']],
    ['an unknown attachment', () => ({ attachmentId: unknown }), 'NOT_FOUND', ['attachmentId']],
    ['a malformed attachmentId', () => ({ attachmentId: '' }), 'NOT_FOUND', ['attachmentId']],
    ['an unknown order', () => ({ orderId: unknown }), 'NOT_FOUND', ['orderId']],
    ['a malformed orderId', () => ({ orderId: '{}' }), 'NOT_FOUND', ['orderId']],
    [
      "another component's attachment",
      () => ({ componentId: otherComponentId, attachmentId: attachmentId() }),
      'COMPONENT_MISMATCH',
      ['attachmentId'],
    ],
    [
      'a channel that the attachment does not take',
      () => ({ attachmentId: attachmentId(), channel: 'kiosk' }),
      'CHANNEL_NOT_ELIGIBLE',
      ['channel'],
    ],
    ['a blank channel', () => ({ channel: ' ' }), 'INVALID', ['channel']],
    ['a long channel', () => ({ channel: 'x'.repeat(129) }), 'INVALID', ['channel']],
    ['a long key', () => ({ idempotencyKey: 'x'.repeat(256) }), 'INVALID', ['idempotencyKey']],
    ['a key with NUL', () => ({ idempotencyKey: 'a\0b' }), 'INVALID', ['idempotencyKey']],
    [
      'a payload too deep',
      () => ({ inputPayload: deep }),
      'INVALID',
      ['inputPayload', ...Array(32).fill('a')],
    ],
    ['a payload too large', () => ({ metadata: { a: 'x'.repeat(262_144) } }), 'TOO_LARGE', ['metadata']],
    ['half a surrogate pair', () => ({ context: { a: ['\ud800'] } }), 'INVALID', ['context', 'a', '0']],
    [
      'a binding with a wrong path',
      () => ({ bindings: [{ runtime: { inputKey: 'a', path: 'product.__proto__' } }] }),
      'INVALID',
      ['bindings', '0', 'path'],
    ],
    [
      'two bindings of one input',
      () => ({ bindings: [1, 2].map((value) => ({ static: { inputKey: 'a', value } })) }),
      'INVALID',
      ['bindings', '1', 'inputKey'],
    ],
    ['a runAt years ahead', () => ({ runAt: '2999-01-01T00:00:00Z' }), 'INVALID', ['runAt']],
  ])('%s', async (_name, input, code, path) => {
    const before = await storedRuns();
    const { run, userErrors } = await enqueue({ componentId, ...input() });
    expect(run).toBeNull();
    expect(userErrors).toEqual([{ code, path, message: expect.stringMatching(/\.$/) }]);
    expect(userErrors[0].message.length).toBeLessThan(300);
    expect(await storedRuns()).toBe(before);
  });

  it('an archived component', async () => {
    const archived = await register(app, { key: 'archived' });
    await app.query('mutation ($id: ID!) { archiveComponent(id: $id) { userErrors { code } } }', {
      id: archived,
    });
    const { userErrors } = await enqueue({ componentId: archived });
    expect(userErrors).toEqual([expect.objectContaining({ code: 'ARCHIVED', path: ['componentId'] })]);
  });

  it('a product that is not the attachment’s', async () => {
    const other = (await save(app, { sku: 'B-1' })).product;
    const { userErrors } = await enqueue({
      componentId,
      productId: other.id,
      attachmentId: product.journeyComponents[0]!.id,
    });
    expect(userErrors).toEqual([
      expect.objectContaining({ code: 'PRODUCT_MISMATCH', path: ['attachmentId'] }),
    ]);
  });

  it('many mistakes at once', async () => {
    const { userErrors } = await enqueue({ componentId: 'x', channel: '', runAt: '2999-01-01T00:00:00Z' });
    expect(userErrors.map(({ path }: { path: string[] }) => path[0])).toEqual([
      'componentId',
      'channel',
      'runAt',
    ]);
  });
});

describe('an idempotency key', () => {
  it('gives the first run again for the same request, however its keys are ordered and nulls are written', async () => {
    const first = await enqueue({
      componentId,
      idempotencyKey: 'k-1',
      inputPayload: { a: 1, b: [{ c: 1, d: 2 }] },
    });
    const again = await enqueue({
      inputPayload: { b: [{ d: 2, c: 1 }], a: 1 },
      idempotencyKey: 'k-1',
      channel: null,
      componentId,
    });
    expect(again).toMatchObject({ deduplicated: true, userErrors: [], run: { id: first.run.id } });
  });

  it.each<[string, object]>([
    ['another one', { inputPayload: { a: 2 } }],
    ['a mistaken one', { inputPayload: { a: '\0' } }],
    ['one for an unknown component', { componentId: randomUUID() }],
    ['one for a malformed id', { componentId: 'x' }],
  ])('refuses %s with IDEMPOTENCY_CONFLICT', async (_name, other) => {
    const idempotencyKey = randomUUID();
    await enqueue({ componentId, idempotencyKey, inputPayload: { a: 1 } });
    const { run, deduplicated, userErrors } = await enqueue({ componentId, idempotencyKey, ...other });
    expect({ run, deduplicated }).toEqual({ run: null, deduplicated: false });
    expect(userErrors).toEqual([
      expect.objectContaining({ code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'] }),
    ]);
  });
});

describe('enqueueRuns', () => {
  const ENQUEUE_ALL = `mutation ($inputs: [EnqueueRunInput!]!) {
    enqueueRuns(inputs: $inputs) { run { id inputPayload } deduplicated userErrors { code path } }
  }`;

  it('answers in order, each request on its own', async () => {
    const inputs = [
      ...Array.from({ length: 30 }, (_, n) => ({ componentId, inputPayload: { n } })),
      { componentId: randomUUID() },
      { componentId, idempotencyKey: 'twice' },
      { componentId, idempotencyKey: 'twice' },
    ];
    const { enqueueRuns: answers } = await app.query(ENQUEUE_ALL, { inputs });
    expect(
      answers.slice(0, 30).map((answer: { run: { inputPayload: object } }) => answer.run.inputPayload),
    ).toEqual(Array.from({ length: 30 }, (_, n) => ({ n })));
    expect(answers[30]).toEqual({
      run: null,
      deduplicated: false,
      userErrors: [{ code: 'NOT_FOUND', path: ['componentId'] }],
    });
    expect(answers[31].run.id).toBe(answers[32].run.id);
    expect([answers[31].deduplicated, answers[32].deduplicated].sort()).toEqual([false, true]);
  });

  it('takes 1,000 at once, and no more', async () => {
    const inputs = Array.from({ length: 1_001 }, () => ({ componentId }));
    const { errors } = await app.ask(ENQUEUE_ALL, { inputs });
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/1000.*1001/),
        extensions: { code: 'BAD_REQUEST' },
      }),
    ]);
    const { enqueueRuns } = await app.query(ENQUEUE_ALL, { inputs: inputs.slice(1) });
    expect(new Set(enqueueRuns.map(({ run }: { run: { id: string } }) => run.id)).size).toBe(1_000);
  });
});
