import type { JsonObject } from '../../json/json.ts';

/** The request of docs/script-runner.md, for a host that has the example's script `gift/note`. */
export const SAMPLE_REQUEST: JsonObject = {
  runId: '01a219ed-96e7-7263-b176-8d4ea623ed60',
  attempt: 1,
  channel: 'storefront',
  trigger: {
    type: 'OPERATOR',
    channel: 'storefront',
    runId: '01a219ed-96e7-7263-b176-8d4ea623ed60',
    attempt: 1,
    orderId: null,
  },
  component: {
    id: '01a219ed-95ae-7130-8c7a-cef16bef0fad',
    key: 'gift-note',
    version: 1,
    scriptSlug: 'gift/note',
    scriptRuntime: 'node-22',
    scriptVersion: null,
    scriptMetadata: {},
    providerDependencies: [],
  },
  inputs: { text: 'Happy birthday' },
  bindings: {},
  bindingSnapshot: [],
  product: null,
  productComponent: null,
  input: { text: 'Happy birthday' },
  context: {},
  metadata: {},
};
