import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/json/json.ts';
import { jsonMistakes } from '../../src/json/json-limits.ts';
import { PRODUCT_FIELD_ROOTS, parsePath, RUNTIME_ROOTS } from '../../src/script-request/bindings/path.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { save } from '../support/catalogue.ts';
import { queryExactly } from '../support/exact.ts';
import { automate, components, recordOrder } from '../support/orders.ts';
import { startScriptHost } from '../support/script-host.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

let app: TestApp;
let worker: Worker;
let host: Awaited<ReturnType<typeof startScriptHost>>;
let componentId: string;

beforeAll(async () => {
  app = await startTestApp();
  host = await startScriptHost((response) => response.writeHead(204).end());
  worker = await startTestWorker(app.db, { runnerUrl: host.url });
  ({ any: componentId } = await components(app, { any: ['CHECKOUT', 'OPERATOR'] }));
});
afterAll(async () => {
  await worker.stop();
  await host.stop();
  await app.stop();
});

const PREVIEW = `query ($input: EnqueueRunInput!) { previewRun(input: $input) { accepted userErrors { message } request } }`;
const PLAN = `query ($productId: ID!, $channel: String, $inputPayload: JSONObject, $metadata: JSONObject, $context: JSONObject) {
  journeyPlan(productId: $productId, channel: $channel, trigger: [PRESET, OPERATOR], inputPayload: $inputPayload,
    metadata: $metadata, context: $context) { decision preview { request } }
}`;
const AUTOMATION_PLAN = `query ($input: RunOrderAutomationInput!) { orderAutomationPlan(input: $input) { preview { request } } }`;
const ENQUEUE = `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } userErrors { message } } }`;

describe('what the runner gets is, byte for byte but for the run id,', () => {
  it('what previewRun and journeyPlan show', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ attributes, attached, bindings, channel, ...payloads }) => {
        const { productId, attachmentId } = await saved(attributes, attached, bindings);
        const input = { componentId, productId, attachmentId, channel, trigger: 'OPERATOR', ...payloads };
        const { previewRun } = await queryExactly(app, PREVIEW, { input });
        const { journeyPlan } = await queryExactly(app, PLAN, { productId, channel, ...payloads });
        const { enqueueRun } = await app.query(ENQUEUE, { input });
        expect(enqueueRun.userErrors).toEqual([]);
        const called = await bodyOf(enqueueRun.run.id);
        expect(JSON.stringify(previewRun.request)).toBe(called);
        expect(JSON.stringify(journeyPlan[0].preview.request)).toBe(called);
      }),
      { numRuns: 25 },
    );
  });

  it('what the plan of an automation shows', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ attributes, attached, bindings, channel, metadata, ...payloads }) => {
        const { sku } = await saved(attributes, attached, bindings);
        const lines = [
          { sku: 'another', quantity: 3, payload: payloads.context },
          { sku, quantity: 1, payload: payloads.inputPayload },
        ];
        const { order } = await recordOrder(app, {
          number: randomUUID(),
          payload: payloads.inputPayload,
          lines,
        });
        const input = { orderId: order.id, sku, channel, metadata };
        const { orderAutomationPlan } = await queryExactly(app, AUTOMATION_PLAN, { input });
        const { runs } = await automate(app, input);
        expect(JSON.stringify(orderAutomationPlan[0].preview.request)).toBe(await bodyOf(runs[0].id));
      }),
      { numRuns: 15 },
    );
  });
});

/** The body that the runner got for a run, the run's id taken out. */
async function bodyOf(runId: string): Promise<string> {
  const events = await untilEvent(app.db, runId, 'COMPLETED', 'FAILED');
  expect(events.at(-1)).toMatchObject({ type: 'COMPLETED' });
  const call = host.calls.find(({ request }) => request.headers['journey-run-id'] === runId);
  return call!.body.replaceAll(runId, NO_ID);
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

async function saved(attributes: JsonObject, metadata: JsonObject, bindings: object[]) {
  const sku = randomUUID();
  const { product, userErrors } = await save(app, {
    sku,
    attributes,
    journeyComponents: [{ componentId, metadata, bindings }],
  });
  expect(userErrors).toEqual([]);
  return { sku, productId: product.id, attachmentId: product.journeyComponents[0].id };
}

const text = fc.string({ unit: 'grapheme', maxLength: 8 });
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.constantFrom('', 'ß', '👩‍👩‍👧', '\u2028</script>', '1e3'),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(text, fc.nat({ max: 20 }).map(String)), tie('json'), { maxKeys: 4 }),
  ),
}));
const object = fc
  .dictionary(fc.oneof(text, fc.constantFrom('a', 'b', 'aa', 'é', '10', '9')), json, { maxKeys: 4 })
  .filter((value) => jsonMistakes(value).length === 0);

/** Bindings of all kinds: static values, paths that are there, and paths that find nothing where none is needed. */
const cases = fc
  .record({
    attributes: object,
    attached: object,
    inputPayload: object,
    metadata: object,
    context: object,
    channel: fc.constantFrom(null, 'storefront', 'admin_preview', 'käufer'),
  })
  .chain((given) => {
    const scope = { 'product.attributes': given.attributes, 'productComponent.metadata': given.attached };
    const ofProduct = Object.entries(scope).flatMap(([root, value]) => pathsIn(value, root));
    const ofRun = (['metadata'] as const).flatMap((root) => pathsIn(given[root], root));
    const fields = ['product.sku', 'product.title', 'component.key', 'component.version', ...ofProduct];
    const runtime = ['trigger.type', 'trigger.attempt', 'trigger.channel', 'trigger.runId', ...ofRun];
    const bindings = fc.uniqueArray(
      fc.tuple(
        text.filter((key) => key !== '' && jsonMistakes({ [key]: null }).length === 0),
        fc.oneof(
          json.filter((value) => jsonMistakes(value).length === 0).map((value) => ({ static: { value } })),
          fc.constantFrom(...fields).map((path) => ({ productField: { path } })),
          fc.constantFrom(...runtime).map((path) => ({ runtime: { path } })),
          fc
            .constantFrom('input.a', 'context.b[0]', 'input.orderItem.a')
            .map((path) => ({ runtime: { path, required: false } })),
        ),
      ),
      { maxLength: 6, selector: ([key]) => key },
    );
    return bindings.map((list) => ({
      ...given,
      bindings: list.map(([inputKey, binding]) =>
        Object.fromEntries(Object.entries(binding).map(([kind, rest]) => [kind, { inputKey, ...rest }])),
      ),
    }));
  });

/** The paths that lead somewhere in a value, as bindings write them: keys that hold a dot or a bracket cannot be named. */
function pathsIn(value: Json, at: string): string[] {
  const below = Array.isArray(value)
    ? value.map((item, index) => [`${at}[${index}]`, item] as const)
    : isJsonObject(value)
      ? Object.entries(value)
          .filter(([key]) => !/[.[]/.test(key))
          .map(([key, item]) => [`${at}.${key}`, item] as const)
      : [];
  const roots = [...PRODUCT_FIELD_ROOTS, ...RUNTIME_ROOTS];
  return below
    .filter(([path]) => parsePath(path, roots).ok && path.split(/[.[]/).every((step) => step !== ''))
    .flatMap(([path, item]) => [path, ...pathsIn(item, path)]);
}
