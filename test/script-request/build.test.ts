import { describe, expect, test } from 'vitest';
import { buildScriptRequest, type ScriptSources } from '../../src/script-request/build.ts';

const sources: ScriptSources = {
  secrets: new Set(),
  run: {
    id: 'run-1',
    attempt: 2,
    channel: 'storefront',
    trigger: 'CHECKOUT',
    orderId: 'order-1',
    inputPayload: { orderId: 'from the caller', note: 'kept' },
    context: { checkout: { step: 3 } },
    metadata: { initiator: 'checkout' },
    bindingSnapshot: [
      { kind: 'runtime', inputKey: 'orderId', path: 'trigger.orderId', required: true },
      { kind: 'product_field', inputKey: 'colour', path: 'product.colour', required: true },
      { kind: 'static', inputKey: 'tone', value: 'warm', required: true, secret: false },
      {
        kind: 'product_field',
        inputKey: 'drawer',
        path: 'productComponent.metadata.drawer',
        required: false,
      },
      { kind: 'product_field', inputKey: 'by', path: 'component.scriptSlug', required: true },
    ],
  },
  componentVersion: {
    id: null,
    version: 3,
    scriptSlug: 'gift-note',
    scriptRuntime: 'node',
    scriptVersion: null,
    scriptMetadata: { owner: 'crm' },
    providerDependencies: [{ key: 'mail', optional: false }],
    inputSchema: { properties: { orderId: { type: 'string' }, colour: { enum: ['red', 'blue'] } } },
    component: { id: 'component-1', key: 'gift' },
  },
  product: { id: 'product-1', sku: 'MUG', slug: 'mug', title: 'Mug', attributes: { colour: 'red' } },
  attachment: {
    id: 'attachment-1',
    displayOrder: 1,
    isRequired: true,
    channelEligibility: ['storefront'],
    metadata: { drawer: 'primary' },
  },
};

describe('buildScriptRequest', () => {
  test('makes the body that the script host is promised', async () => {
    const { request, missing, inputErrors } = await buildScriptRequest(sources);
    const values = { tone: 'warm', colour: 'red', drawer: 'primary', by: 'gift-note', orderId: 'order-1' };
    expect(request).toEqual({
      runId: 'run-1',
      attempt: 2,
      channel: 'storefront',
      trigger: { type: 'CHECKOUT', channel: 'storefront', runId: 'run-1', attempt: 2, orderId: 'order-1' },
      component: {
        id: 'component-1',
        key: 'gift',
        version: 3,
        scriptSlug: 'gift-note',
        scriptRuntime: 'node',
        scriptVersion: null,
        scriptMetadata: { owner: 'crm' },
        providerDependencies: [{ key: 'mail', optional: false }],
      },
      inputs: { ...values, note: 'kept' },
      bindings: values,
      bindingSnapshot: sources.run.bindingSnapshot,
      product: sources.product,
      productComponent: sources.attachment,
      input: sources.run.inputPayload,
      context: sources.run.context,
      metadata: sources.run.metadata,
    });
    expect(missing).toEqual([]);
    expect(inputErrors).toEqual([]);
  });

  test('sends nothing of a row but what is promised, in one order', async () => {
    const rows = structuredClone(sources);
    Object.assign(rows.product as object, { revision: 7, createdAt: new Date() });
    Object.assign(rows.attachment as object, { bindings: ['x'] });
    Object.assign(rows.componentVersion, { maxAttempts: 3 });
    rows.run.bindingSnapshot = rows.run.bindingSnapshot.map(
      (binding) => Object.fromEntries(Object.entries(binding).reverse()) as typeof binding,
    );
    const bytes = async (from: ScriptSources) => JSON.stringify((await buildScriptRequest(from)).request);
    expect(await bytes(rows)).toBe(await bytes(sources));
  });

  test('a run without product and attachment has null in their places, and names what is missing', async () => {
    const { request, missing, resolutions } = await buildScriptRequest({
      ...sources,
      product: null,
      attachment: null,
    });
    expect(request).toMatchObject({ product: null, productComponent: null });
    expect(missing).toEqual(['colour']);
    expect(resolutions.filter(({ resolved }) => !resolved).map(({ reason }) => reason)).toEqual([
      'the run has no product',
      'the run has no productComponent',
    ]);
  });

  test('judges the inputs with the bindings laid over', async () => {
    const run = { ...sources.run, orderId: null, inputPayload: { orderId: 'good by itself' } };
    const { request, inputErrors } = await buildScriptRequest({ ...sources, run });
    expect(request.inputs.orderId).toBeNull();
    expect(inputErrors).toEqual([{ path: '/orderId', message: 'must be a string' }]);
  });
});
