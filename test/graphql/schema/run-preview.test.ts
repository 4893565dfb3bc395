import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonMistakes } from '../../../src/json/json-limits.ts';
import type { Worker } from '../../../src/worker/worker.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';
import { startTestWorker, untilEvent } from '../../support/worker.ts';

let app: TestApp;
let worker: Worker;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp();
  worker = await startTestWorker(app.db);
  componentId = await register(app, {
    key: 'previewed',
    inputSchema: { type: 'object', required: ['note'], properties: { note: { type: 'string' } } },
  });
});
afterAll(async () => {
  await worker.stop();
  await app.stop();
});

const PREVIEW = `query ($input: EnqueueRunInput!, $product: SaveProductInput, $attachment: AttachmentInput) {
  previewRun(input: $input, product: $product, attachment: $attachment) {
    accepted userErrors { code path } inputs inputErrors { path message } request
    bindings { binding { inputKey } resolved value reason }
  }
}`;
const preview = async (input: object, drafts: object = {}) =>
  (await app.query(PREVIEW, { input, ...drafts })).previewRun;
const runs = async () => (await app.query('{ runs { totalCount } }')).runs.totalCount;

const BINDINGS = [
  { static: { inputKey: 'greeting', value: { text: 'hello' } } },
  { productField: { inputKey: 'colour', path: 'product.colour' } },
  { productField: { inputKey: 'drawer', path: 'productComponent.metadata.drawer', required: false } },
  { runtime: { inputKey: 'first', path: 'input.items[0].sku' } },
  { runtime: { inputKey: 'sku', path: 'trigger.channel' } },
];

describe('previewRun', () => {
  it('shows what each binding finds and what is missing, and stores nothing', async () => {
    const before = await runs();
    const { product } = await save(app, {
      sku: 'P-1',
      attributes: { colour: null },
      journeyComponents: [{ componentId, bindings: BINDINGS }],
    });
    const shown = await preview({
      componentId,
      productId: product.id,
      channel: 'storefront',
      inputPayload: { items: [], note: 7 },
    });
    expect(shown).toMatchObject({
      accepted: true,
      userErrors: [],
      bindings: [
        { binding: { inputKey: 'greeting' }, resolved: true, value: { text: 'hello' }, reason: null },
        { binding: { inputKey: 'colour' }, resolved: true, value: null, reason: null },
        { binding: { inputKey: 'drawer' }, resolved: false, reason: expect.stringContaining('drawer') },
        { binding: { inputKey: 'first' }, resolved: false, reason: expect.stringContaining('items') },
        { binding: { inputKey: 'sku' }, resolved: true, value: 'storefront' },
      ],
      inputs: { items: [], note: 7, greeting: { text: 'hello' }, colour: null, sku: 'storefront' },
      inputErrors: [{ path: '/note', message: 'must be a string' }],
      request: { attempt: 1, product: { sku: 'P-1' }, component: { key: 'previewed' } },
    });
    expect(await runs()).toBe(before);
  });

  it('is, but for the run’s id, the request that the runner then gets', async () => {
    const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => jsonMistakes(value).length === 0);
    const key = fc.constantFrom('a', 'bb', 'Z', 'ä', 'long-key', '10', '2');
    const object = fc.dictionary(key, json, { maxKeys: 4 });
    const binding = fc.record({
      kind: fc.constantFrom('static', 'productField', 'runtime'),
      key,
      value: json,
    });
    const drawn = fc.record({
      attributes: object,
      bindings: fc.uniqueArray(binding, { maxLength: 4, selector: (one) => one.key }),
      inputPayload: object,
      metadata: object,
      context: object,
      channel: fc.option(fc.constant('storefront')),
      trigger: fc.option(fc.constant('OPERATOR')),
    });
    const plain = await register(app, { key: 'plain' });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ attributes, bindings, ...asked }) => {
        const { product } = await save(app, {
          sku: `P-${randomUUID()}`,
          attributes,
          journeyComponents: [
            {
              componentId: plain,
              metadata: attributes,
              bindings: bindings.map(({ kind, key, value }) => {
                if (kind === 'static') return { static: { inputKey: key, value } };
                const path = kind === 'runtime' ? `metadata.${key}` : `product.attributes.${key}`;
                return { [kind]: { inputKey: key, path, required: false } };
              }),
            },
          ],
        });
        const input = { ...asked, componentId: plain, productId: product.id };
        const shown = (await preview(input)).request;
        const id = await enqueue(input);
        await untilEvent(app.db, id, 'COMPLETED', 'FAILED');
        const { run } = await app.query('query ($id: ID!) { run(id: $id) { request } }', { id });
        expect(JSON.stringify(shown).replaceAll(shown.runId, id)).toBe(JSON.stringify(run.request));
      }),
      { numRuns: 25 },
    );
  });

  it('tells what enqueueing would refuse, and still shows what would run', async () => {
    const { product } = await save(app, {
      sku: 'P-2',
      journeyComponents: [{ componentId, channelEligibility: ['kiosk'], bindings: BINDINGS.slice(0, 1) }],
    });
    const attachmentId = product.journeyComponents[0].id;
    const shown = await preview({
      componentId,
      attachmentId,
      channel: 'storefront',
      inputPayload: { note: 'n' },
    });
    expect(shown).toMatchObject({
      accepted: false,
      userErrors: [{ code: 'CHANNEL_NOT_ELIGIBLE', path: ['channel'] }],
      inputs: { note: 'n', greeting: { text: 'hello' } },
      inputErrors: [],
    });
    expect((await preview({ componentId, attachmentId, channel: 'admin_preview' })).accepted).toBe(true);
  });

  it.each([
    ['an unknown component', { componentId: randomUUID() }, 'NOT_FOUND', ['componentId']],
    ['a malformed id', { componentId: 'x' }, 'NOT_FOUND', ['componentId']],
    ['JSON that cannot be stored', { context: { a: '\0' } }, 'INVALID', ['context', 'a']],
  ])('shows nothing of %s', async (_name, input, code, path) => {
    expect(await preview({ componentId, ...input })).toEqual({
      accepted: false,
      userErrors: [{ code, path }],
      bindings: [],
      inputs: null,
      inputErrors: [],
      request: null,
    });
  });

  it('tells of a key that another request has, and of none that this one has', async () => {
    const input = { componentId, idempotencyKey: randomUUID() };
    await enqueue(input);
    expect((await preview(input)).accepted).toBe(true);
    const { userErrors } = await preview({ ...input, channel: 'kiosk' });
    expect(userErrors).toEqual([{ code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'] }]);
  });
});

describe('previewRun of what is not saved yet', () => {
  it('takes a new product and a new attachment as they would be saved', async () => {
    const shown = await preview(
      { componentId, channel: 'storefront', inputPayload: { note: 'n', items: [{ sku: 'N-1' }] } },
      {
        product: { sku: 'New Thing', attributes: { colour: 'red' } },
        attachment: { componentId, metadata: { drawer: 'primary' }, bindings: BINDINGS },
      },
    );
    expect(shown).toMatchObject({
      accepted: true,
      inputs: { colour: 'red', drawer: 'primary', first: 'N-1' },
      request: { product: { sku: 'New Thing', title: 'New Thing', slug: 'new-thing' } },
    });
    expect((await app.query('{ product(sku: "New Thing") { id } }')).product).toBeNull();
  });

  it('lays changes over what is stored, secrets that were not sent again kept', async () => {
    const secret = { static: { inputKey: 'token', value: 'hush-hush', secret: true } };
    const { product } = await save(app, {
      sku: 'P-3',
      title: 'Stored',
      attributes: { colour: 'red' },
      journeyComponents: [{ componentId, metadata: { drawer: 'stored' }, bindings: [secret] }],
    });
    const attachment = {
      id: product.journeyComponents[0].id,
      componentId,
      bindings: [{ static: { inputKey: 'token', secret: true } }, BINDINGS[2]],
    };
    const shown = await preview(
      { componentId },
      { product: { sku: 'P-3', attributes: { colour: 'blue' } }, attachment },
    );
    expect(shown).toMatchObject({
      accepted: true,
      inputs: { token: '••••••', drawer: 'stored' },
      request: { product: { id: product.id, title: 'Stored', attributes: { colour: 'blue' } } },
    });
  });

  it('tells what saving would refuse, where it stands in the draft', async () => {
    const wrong = { runtime: { inputKey: 'a', path: 'product.a' } };
    const { accepted, userErrors } = await preview(
      { componentId },
      { product: { sku: ' ' }, attachment: { componentId, bindings: [wrong] } },
    );
    expect(accepted).toBe(false);
    expect(userErrors.map(({ path }: { path: string[] }) => path)).toEqual(
      expect.arrayContaining([
        ['product', 'sku'],
        ['attachment', 'bindings', '0', 'path'],
      ]),
    );
  });

  it('tells of an attachment of another component, or for another channel', async () => {
    const attachment = { componentId: randomUUID(), channelEligibility: ['kiosk'] };
    const { userErrors } = await preview({ componentId, channel: 'storefront' }, { attachment });
    expect(userErrors).toEqual([
      { code: 'COMPONENT_MISMATCH', path: ['attachment', 'componentId'] },
      { code: 'CHANNEL_NOT_ELIGIBLE', path: ['channel'] },
    ]);
  });
});

async function enqueue(input: object): Promise<string> {
  const { enqueueRun } = await app.query(
    'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message path } } }',
    { input },
  );
  if (!enqueueRun.run) throw new Error(JSON.stringify(enqueueRun.userErrors));
  return enqueueRun.run.id;
}
