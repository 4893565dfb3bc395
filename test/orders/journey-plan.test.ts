import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { components, product } from '../support/orders.ts';

let app: TestApp;
let productId: string;
beforeAll(async () => {
  app = await startTestApp();
  const ids = await components(app, { advice: ['PRESET', 'OPERATOR'], gift: ['CHECKOUT'], gone: ['PRESET'] });
  await product(app, 'A', [
    {
      componentId: ids.advice,
      bindings: [{ runtime: { inputKey: 'size', path: 'context.size' } }],
    },
    { componentId: ids.gift },
    { componentId: ids.gone },
    { componentId: ids.advice, channelEligibility: ['app'] },
  ]);
  await app.query('mutation ($id: ID!) { archiveComponent(id: $id) { userErrors { code } } }', {
    id: ids.gone,
  });
  productId = (await app.query('{ product(sku: "A") { id } }')).product.id;
});
afterAll(() => app.stop());

const PLAN = `query ($productId: ID!, $channel: String, $trigger: [Trigger!]!, $context: JSONObject) {
  journeyPlan(productId: $productId, channel: $channel, trigger: $trigger, context: $context) {
    line { sku } attachment { displayOrder } decision reason
    preview { accepted request bindings { resolved value } userErrors { code path } }
  }
}`;
const plan = async (variables: object) => (await app.query(PLAN, { productId, ...variables })).journeyPlan;
// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
type Answer = any;

it('tells of each attachment, in display order, whether it would run and why not', async () => {
  const steps = await plan({
    channel: 'storefront',
    trigger: ['OPERATOR', 'PRESET'],
    context: { size: 'M' },
  });
  expect(steps.map((step: Answer) => [step.attachment.displayOrder, step.decision, step.line])).toEqual([
    [0, 'ELIGIBLE', null],
    [1, 'TRIGGER_NOT_MATCHED', null],
    [2, 'COMPONENT_ARCHIVED', null],
    [3, 'CHANNEL_NOT_ELIGIBLE', null],
  ]);
  expect(steps[0].preview).toMatchObject({
    accepted: true,
    request: { trigger: { type: 'OPERATOR', channel: 'storefront' }, inputs: { size: 'M' } },
    bindings: [{ resolved: true, value: 'M' }],
  });
  expect(steps.slice(1).map((step: Answer) => step.preview)).toEqual([null, null, null]);
});

it('checks no channel where none is given', async () => {
  const steps = await plan({ trigger: ['PRESET'] });
  expect(steps.map((step: Answer) => step.decision)).toEqual([
    'ELIGIBLE',
    'TRIGGER_NOT_MATCHED',
    'COMPONENT_ARCHIVED',
    'ELIGIBLE',
  ]);
});

it('previews payloads that would be refused with what is wrong with them', async () => {
  const [step] = await plan({ trigger: ['PRESET'], context: { a: '\0' } });
  expect(step.preview).toMatchObject({
    accepted: false,
    request: null,
    userErrors: [{ code: 'INVALID', path: ['context', 'a'] }],
  });
});

it('of an unknown product is one step that says so', async () => {
  for (const unknown of [randomUUID(), 'malformed']) {
    const steps = await plan({ productId: unknown, trigger: ['PRESET'] });
    expect(steps).toMatchObject([{ decision: 'PRODUCT_NOT_FOUND', attachment: null, preview: null }]);
    expect(steps[0].reason).toContain(unknown);
  }
});
