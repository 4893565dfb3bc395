import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Binding } from '../../src/bindings/binding.ts';
import type { Json } from '../../src/json/json.ts';
import { maskRequest } from '../../src/model/mask-run.ts';
import { buildScriptRequest } from '../../src/model/script-request.ts';
import {
  MASK,
  maskBindings,
  maskInputErrors,
  maskInputs,
  maskSecrets,
  secretValues,
} from '../../src/model/secrets.ts';

const fixed = (inputKey: string, value: Json, secret = true): Binding => ({
  kind: 'static',
  inputKey,
  value,
  required: true,
  secret,
});

describe('secretValues', () => {
  test('are the texts and numbers within secret bindings, longest first', () => {
    const bindings = [
      fixed('a', { user: 'crm', keys: ['long-secret', 12, true, null, ''] }),
      fixed('b', 'open', false),
    ];
    expect(secretValues(bindings)).toEqual(['long-secret', 'crm', '12']);
  });
});

describe('maskSecrets', () => {
  test.each<[string, Json, string[], Json]>([
    ['an equal text', { a: ['s3cret'] }, ['s3cret'], { a: [MASK] }],
    ['an equal number', { pin: 12 }, ['12'], { pin: MASK }],
    ['a text that contains it', 'Bearer s3cret!', ['s3cret'], `Bearer ${MASK}!`],
    ['its JSON-escaped spelling', '{"k":"a\\"b\\\\c"}', ['a"b\\c'], `{"k":"${MASK}"}`],
    ['its URL-encoded spelling', '?k=a%20%2Fb', ['a /b'], `?k=${MASK}`],
    ['it within JSON within JSON', JSON.stringify(JSON.stringify('a"bc')), ['a"bc'], `"\\"${MASK}\\""`],
    ['the slashes that PHP escapes', '{"k":"a\\/bc"}', ['a/bc'], `{"k":"${MASK}"}`],
    ['lower-case URL-encoding', '?k=a%20%2fb', ['a /b'], `?k=${MASK}`],
    ["a form's encoding", 'k=a+%2Fb%21', ['a /b!'], `k=${MASK}`],
    ['the longer of two', 'abcd-efgh', ['abcd', 'abcd-efgh'], MASK],
    ['a short one only where it stands alone', ['abc', 'xabcx'], ['abc'], [MASK, 'xabcx']],
    ['nothing where there are none', { a: 1 }, [], { a: 1 }],
    ['no booleans, nulls and keys', { true: true, none: null }, ['true', 'none'], { true: true, none: null }],
  ])('masks %s', (_, json, secrets, masked) => {
    expect(maskSecrets(json, secrets)).toEqual(masked);
  });

  test('leaves no secret in any value', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', '"', '\\', '/', 'é'),
      minLength: 4,
      maxLength: 6,
    });
    const leaves = fc.string({ unit: fc.constantFrom('a', 'b', '"', '\\', '/', 'é'), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 3 }), fc.array(leaves), (secrets, values) => {
        for (const value of maskSecrets(values, secrets)) {
          for (const secret of secrets) expect(value).not.toContain(secret);
        }
      }),
    );
  });
});

describe('what readers see of bindings and requests', () => {
  const bindings = [
    fixed('token', 's3cret-token'),
    fixed('live', true),
    fixed('url', 'https://x/?t=s3cret-token', false),
  ];

  test('a secret binding reads null, and its text is masked in the others', () => {
    expect(maskBindings(bindings).map((binding) => binding.kind === 'static' && binding.value)).toEqual([
      null,
      null,
      `https://x/?t=${MASK}`,
    ]);
  });

  test('inputs are masked by key, also where the value is a boolean', () => {
    const inputs = { token: 's3cret-token', live: true, note: 's3cret-token', open: true };
    expect(maskInputs(inputs, bindings)).toEqual({ token: MASK, live: MASK, note: MASK, open: true });
  });

  test('a mistake within a secret is told of all of it, for its keys are secret too', () => {
    const secret = [fixed('a/b', { 's3cret-key': 1 })];
    const mistakes = [
      { path: '/a~1b/s3cret-key', message: 'is not allowed' },
      { path: '/open/0', message: 'must be number' },
    ];
    expect(maskInputErrors(mistakes, secret)).toEqual([
      { path: '/a~1b', message: 'is not allowed' },
      { path: '/open/0', message: 'must be number' },
    ]);
  });

  test('nothing of a secret is left in a request', () => {
    const { request } = buildScriptRequest({
      run: {
        id: 'r',
        attempt: 1,
        channel: null,
        trigger: null,
        orderId: null,
        bindingSnapshot: bindings,
        inputPayload: { copy: ['s3cret-token'] },
        context: {},
        metadata: { header: 'Bearer s3cret-token' },
      },
      componentVersion: {
        id: null,
        version: 1,
        scriptSlug: 's',
        scriptRuntime: 'node',
        scriptVersion: null,
        scriptMetadata: {},
        providerDependencies: [],
        inputSchema: {},
        component: { id: 'c', key: 'k' },
      },
      product: null,
      attachment: null,
    });
    expect(JSON.stringify(request)).toContain('s3cret-token');
    const masked = maskRequest(request);
    expect(JSON.stringify(masked)).not.toContain('s3cret-token');
    expect(masked.bindings).toEqual({ token: MASK, live: MASK, url: `https://x/?t=${MASK}` });
    expect(masked.inputs.live).toBe(MASK);
    expect(Object.keys(masked)).toEqual(Object.keys(request));
  });
});
