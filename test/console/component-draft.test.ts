import { describe, expect, test } from 'vitest';
import {
  changesIn,
  definitionOf,
  draftOf,
  fieldOf,
  keyFrom,
  NEW_COMPONENT,
  registrationOf,
  type StoredComponent,
} from '../../src/console/component/component-draft.ts';
import { mergeDrafts } from '../../src/console/component/merge-drafts.ts';
import { newSample, stateOf } from '../../src/console/component/samples.ts';
import { changesOf } from '../../src/console/component/version-changes.ts';
import { noFormReason } from '../../src/console/parts/form-schema.ts';
import { askedSchema } from '../../src/console/product/asked-schema.ts';

const stored: StoredComponent = {
  key: 'gift-note',
  name: 'Gift note',
  description: null,
  triggers: ['CHECKOUT'],
  script: { slug: 'gift/note', runtime: 'node-22', version: null, metadata: { team: 'x' } },
  timeoutSeconds: 30,
  retryPolicy: { maxAttempts: 3, backoff: 'FIXED', initialDelaySeconds: 2, maxDelaySeconds: 60 },
  providerDependencies: [
    { key: 'printer', optional: false },
    { key: 'mail', optional: true },
  ],
  inputSchema: { type: 'object', required: ['text'], properties: { text: {}, colour: {} } },
};

describe('a draft of a component', () => {
  test('sends the definition that it was made from', () => {
    const { key, ...definition } = stored;
    expect(definitionOf(draftOf(stored))).toEqual(definition);
    expect(registrationOf(draftOf(stored), 'eu')).toEqual({ ...definition, key, shop: 'eu' });
  });

  test('has the required inputs first, in their order', () => {
    const properties = { id: {}, sku: {}, email: {} };
    const draft = draftOf({ ...stored, inputSchema: { required: ['email', 'sku', 'none'], properties } });
    expect(Object.keys(JSON.parse(draft.inputSchema).properties)).toEqual(['email', 'sku', 'id']);
  });

  test('sends nothing while its schema is not an object', () => {
    for (const inputSchema of ['', '{', '[]', 'true'])
      expect(definitionOf({ ...NEW_COMPONENT, inputSchema })).toBeNull();
  });

  test('sends the fields that were changed alone', () => {
    const draft = draftOf(stored);
    expect(changesIn(draft, draft)).toEqual({});
    expect(changesIn(draft, { ...draft, name: 'Card', timeoutSeconds: '' })).toEqual({
      name: 'Card',
      timeoutSeconds: null,
    });
    expect(changesIn(draft, { ...draft, inputSchema: '{' })).toBeNull();
  });

  test('is put on a version that somebody else stored', () => {
    const base = draftOf(stored);
    const mine = { ...base, name: 'Mine', description: 'Mine', maxAttempts: 9 };
    const theirs = { ...base, name: 'Theirs', maxAttempts: 9, backoff: 'EXPONENTIAL' as const };
    expect(mergeDrafts(base, mine, theirs)).toEqual({
      merged: { ...mine, backoff: 'EXPONENTIAL' },
      both: ['name'],
    });
    const [one, other, tall] = ['{"a":1,"b":{}}', '{"b": {}, "a": 1}', '{"a":2,"b":{}}'].map(
      (inputSchema) => ({
        ...base,
        inputSchema,
      }),
    );
    // The order of keys is no change.
    expect(mergeDrafts(one!, other!, tall!)).toEqual({ merged: tall, both: [] });
  });

  test('leaves an empty number to the default of the service', () => {
    const definition = definitionOf({ ...NEW_COMPONENT, timeoutSeconds: '', maxDelaySeconds: '' });
    expect(definition).toMatchObject({
      timeoutSeconds: null,
      retryPolicy: { maxDelaySeconds: undefined },
    });
  });
});

test.each([
  [['key'], 'key'],
  [['script', 'runtime'], 'scriptRuntime'],
  [['script'], 'scriptSlug'],
  [['retryPolicy', 'backoff'], 'backoff'],
  [['providerDependencies', '1', 'key'], 'providers'],
  [['inputSchema', 'properties', 'a'], 'inputSchema'],
  [['shop'], 'form'],
  [[], 'form'],
])('an error at %j belongs to the field %s', (path, field) => {
  expect(fieldOf(path)).toBe(field);
});

test('the changes of a version are described by their meaning', () => {
  const after = {
    ...stored,
    triggers: ['OPERATOR' as const],
    timeoutSeconds: 10,
    retryPolicy: { ...stored.retryPolicy, maxAttempts: 5 },
    providerDependencies: [{ key: 'mail', optional: true }],
    inputSchema: {
      type: 'object',
      required: ['email'],
      properties: { text: { maxLength: 5 }, email: { type: 'string' } },
    },
  };
  expect(changesOf(stored, after)).toEqual([
    'runs by operators now',
    'runs at checkout no longer',
    'time limit 30 → 10',
    'attempts at most 3 → 5',
    'needs printer no longer',
    'the input email is new, and required',
    'the input colour is gone',
    'the input text is no longer required',
    'schema: properties.text.maxLength none → 5',
  ]);
  expect(changesOf(stored, stored)).toEqual([]);
});

test('a form asks for what no binding fills, and only for what it can show', () => {
  expect(askedSchema(stored.inputSchema, ['text'])).toEqual({
    type: 'object',
    required: [],
    properties: { colour: {} },
  });
  expect(noFormReason(stored.inputSchema)).toBe(null);
  expect(noFormReason({ type: 'object', properties: { pair: { prefixItems: [] } } })).toMatch(/prefixItems/);
  expect(noFormReason({ type: 'object', properties: {} })).toMatch(/names no inputs/);
  expect(noFormReason({})).toMatch(/names no inputs/);
});

test.each([
  [true, [], true, 'Passes, as it must.'],
  [true, [{ path: '/a', message: 'must be text' }], false, 'Must pass, and fails: /a must be text.'],
  [false, [{ path: '', message: 'must be text' }], true, 'Fails, as it must: must be text.'],
  [false, [], false, 'Must fail, and passes.'],
  [false, undefined, null, 'Not checked yet.'],
])(
  'a sample that must pass (%j) with the errors %j is as expected: %j',
  (mustPass, errors, isAsExpected, text) => {
    expect(stateOf(newSample({}, mustPass), errors)).toEqual({ isAsExpected, text });
  },
);

test('a sample that is no JSON object is not as expected', () => {
  expect(stateOf({ key: 'a', text: '[]', mustPass: false }, [])).toMatchObject({ isAsExpected: false });
});

test.each([
  ['Gift note', 'gift-note'],
  ['Crème brûlée (2)', 'creme-brulee-2'],
  ['—', ''],
])('the name %j suggests the key %j', (name, key) => {
  expect(keyFrom(name)).toBe(key);
});
