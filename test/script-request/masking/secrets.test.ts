import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/json/json.ts';
import type { Binding } from '../../../src/script-request/bindings/binding-model.ts';
import { buildScriptRequest } from '../../../src/script-request/build.ts';
import { createAnswerMask } from '../../../src/script-request/masking/answer-mask.ts';
import { maskRequest, maskResult } from '../../../src/script-request/masking/mask-run.ts';
import {
  MASK,
  maskBindings,
  maskInputs,
  maskSent,
  secretsOf,
} from '../../../src/script-request/masking/secrets.ts';

const fixed = (inputKey: string, value: Json, secret = true): Binding => ({
  kind: 'static',
  inputKey,
  value,
  required: true,
  secret,
});

const maskOf = (secrets: readonly string[]) => createAnswerMask(secretsOf([], secrets));

describe('secretsOf', () => {
  test("are the texts and numbers within secret bindings, the unusual keys, and the service's own", () => {
    const bindings = [
      fixed('a', {
        userName: 'crm',
        keys: ['long-secret', 12, true, null, ''],
        'AKIA-1': 0.5,
        'AKIA-long': 7,
      }),
      fixed('b', 'open', false),
    ];
    const { texts, keys } = secretsOf(bindings, ['api-key']);
    const json = JSON.stringify(bindings[0]!.kind === 'static' && bindings[0]!.value);
    expect([...texts].sort()).toEqual(['0.5', '12', '7', 'AKIA-long', 'api-key', 'crm', 'long-secret', json]);
    expect(keys).toEqual(['AKIA-1']);
  });
});

describe('what a runner answered', () => {
  test.each<[string, Json, string[], Json]>([
    ['an equal text', { a: ['s3cret'] }, ['s3cret'], { a: [MASK] }],
    ['an equal number', { pin: 12 }, ['12'], { pin: MASK }],
    ['a number that another notation gives', { pin: 42 }, ['0042'], { pin: MASK }],
    ['a text that contains it', 'Bearer s3cret!', ['s3cret'], `Bearer ${MASK}!`],
    ['it in upper case', 'S3CRET', ['s3cret'], MASK],
    ['its JSON-escaped spelling', '{"k":"a\\"b\\\\c"}', ['a"b\\c'], `{"k":"${MASK}"}`],
    ['its URL-encoded spelling', '?k=a%20%2Fb', ['a /b'], `?k=${MASK}`],
    ['it with every character URL-encoded', '%61%62%63%64', ['abcd'], MASK],
    ['it URL-encoded twice', 'x%2520y%252Fz!', ['x y/z'], `${MASK}!`],
    ['it within JSON within JSON', JSON.stringify(JSON.stringify('a"bc')), ['a"bc'], `"\\"${MASK}\\""`],
    ['ASCII alone of JSON', 'said \\u00e9t\\u00E9s', ['étés'], `said ${MASK}`],
    ['the slashes that PHP escapes', 'k: a\\/bc', ['a/bc'], `k: ${MASK}`],
    ['lower-case URL-encoding', '?k=a%20%2fb', ['a /b'], `?k=${MASK}`],
    ["a form's encoding", 'k=a+%2Fb%21', ['a /b!'], `k=${MASK}`],
    ['HTML', 'a&quot;b&#39;c&amp;', [`a"b'c&`], MASK],
    ['hex in lower case', Buffer.from('s3cret').toString('hex'), ['s3cret'], MASK],
    ['hex in upper case', Buffer.from('s3cret').toString('hex').toUpperCase(), ['s3cret'], MASK],
    ['base64', `key ${Buffer.from('s3cret-key').toString('base64')}`, ['s3cret-key'], `key ${MASK}==`],
    ['the longer of two', 'abcd-efgh', ['abcd', 'abcd-efgh'], MASK],
    ['a short one only where it stands alone', ['abc', 'xabcx'], ['abc'], [MASK, 'xabcx']],
    ['no part of a number', ['147112', '4711.5', '4711'], ['4711'], ['147112', '4711.5', MASK]],
    ['nothing where there are none', { a: 1 }, [], { a: 1 }],
    ['no booleans and nulls', { a: true, b: null }, ['true', 'null'], { a: true, b: null }],
    [
      'keys, none of which is lost',
      { s3cret: 1, 'a s3cret': 2, S3CRET: 3 },
      ['s3cret'],
      { [MASK]: 1, [`a ${MASK}`]: 2, [`${MASK} 2`]: 3 },
    ],
    [
      'JSON within a text, whose numbers stay',
      '{"n": 1.0, "k": "s3cret"}',
      ['s3cret'],
      `{"n": 1.0, "k": "${MASK}"}`,
    ],
  ])('%s is masked', (_, json, secrets, masked) => {
    expect(maskOf(secrets).json(json)).toEqual(masked);
  });

  test('a secret object is masked as a whole, with its keys, booleans and nulls', () => {
    const value = { CANARYKEYNAME: true, list: [null, false], nested: { on: true } };
    const mask = createAnswerMask(secretsOf([fixed('secret', value), fixed('flag', true)]));
    const bindingSnapshot = [{ kind: 'static', inputKey: 'flag', value: true, secret: true }];
    expect(
      mask.json({
        inputs: { secret: value, flag: true, other: true },
        elsewhere: [{ list: [null, false], nested: { on: true }, CANARYKEYNAME: true }, { on: true }],
        text: JSON.stringify({ got: value }),
        keys: Object.keys(value),
        bindingSnapshot,
      }),
    ).toEqual({
      inputs: { secret: MASK, flag: MASK, other: true },
      elsewhere: [MASK, MASK],
      text: `{"got":"${MASK}"}`,
      keys: [MASK, 'list', 'nested'],
      bindingSnapshot: [{ ...bindingSnapshot[0], value: MASK }],
    });
  });

  test('numbers that are stored by their digits are masked whole, and stay as they are else', () => {
    const raw = (digits: string) => JSON.rawJSON(digits) as unknown as Json;
    const mask = createAnswerMask(secretsOf([fixed('id', raw('820982911946154508'))]));
    const answer = { a: raw('820982911946154508'), b: [raw('1.50')], c: raw('820982911946154509') };
    expect(JSON.stringify(mask.json(answer))).toBe(`{"a":"${MASK}","b":[1.50],"c":820982911946154509}`);
  });

  test('the echo of the inputs is masked by place, and answers no guess', () => {
    const bindings = [fixed('pin', '40721'), fixed('flags', { on: true })];
    const guesses = ['40720', '40721', '40722'];
    const result = { pin: '40721', flags: { on: true }, guesses };
    expect(maskResult(result, 'echo', bindings)).toEqual({ pin: MASK, flags: MASK, guesses });
  });

  test('leaves no secret in any text, however it is encoded', () => {
    const secret = fc
      .string({
        unit: fc.constantFrom('a', 'B', '7', '"', '\\', '/', 'é', ' ', '+', '%', '&', '😀'),
        minLength: 5,
        maxLength: 12,
      })
      .filter((text) => text.trim() === text);
    const around = fc.string({ unit: fc.constantFrom('x', 'y', ' ', ':', '"', 'é'), maxLength: 7 });
    fc.assert(
      fc.property(
        secret,
        around,
        around,
        fc.constantFrom(...ENCODERS),
        (value, before, after, [, encode, decode]) => {
          const shown = maskOf([value]).json({ text: encode(`${before}${value}${after}`) }) as {
            text: string;
          };
          expect(decode(shown.text)).not.toContain(value);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('costs what the text costs, whatever it holds', () => {
    const mask = maskOf(['s3cret-value', '"'.repeat(200), '\\'.repeat(200), `${'a'.repeat(4_000)}b`]);
    for (const unit of ['\\', '%41', '&#65;', '+', '\n', 'a', '[', '"'])
      expect(mask.json(unit.repeat(200_000 / unit.length))).toEqual(expect.any(String));
  });
});

type Encoder = [name: string, encode: (text: string) => string, decode: (text: string) => string];

const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
const unquoted = (text: string) => {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
};
const fromUrl = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const base64 = (text: string) => Buffer.from(text).toString('base64');
const ENCODERS: Encoder[] = [
  ['plain', (text) => text, (text) => text],
  ['JSON', quoted, unquoted],
  ['JSON twice', (text) => quoted(quoted(text)), (text) => unquoted(unquoted(text))],
  ['JSON thrice', (text) => quoted(quoted(quoted(text))), (text) => unquoted(unquoted(unquoted(text)))],
  ['URL', encodeURIComponent, fromUrl],
  [
    'form',
    (text) => new URLSearchParams({ '': text }).toString().slice(1),
    (text) => fromUrl(text.replaceAll('+', ' ')),
  ],
  ['base64', base64, (text) => Buffer.from(text, 'base64').toString()],
  [
    'base64url',
    (text) => Buffer.from(text).toString('base64url'),
    (text) => Buffer.from(text, 'base64url').toString(),
  ],
  ['hex', (text) => Buffer.from(text).toString('hex'), (text) => Buffer.from(text, 'hex').toString()],
  [
    'Basic',
    (text) => `Basic ${base64(`user:${text}`)}`,
    (text) => Buffer.from(text.slice(6), 'base64').toString(),
  ],
  [
    'wrapped base64',
    (text) => base64(text).replace(/.{8}/g, '$&\r\n'),
    (text) => Buffer.from(text, 'base64').toString(),
  ],
];

describe('what clients sent', () => {
  test('is masked where the secret is too long for a guess, and else as it was sent', () => {
    const bindings = [fixed('pin', '40721'), fixed('token', 'a-token-of-30-characters-abcde')];
    expect(maskSent({ list: ['40721', 'x a-token-of-30-characters-abcde'] }, bindings)).toEqual({
      list: ['40721', `x ${MASK}`],
    });
  });
});

const TOKEN = 's3cret-token-of-30-characters-x';

describe('what readers see of bindings and requests', () => {
  const bindings = [fixed('token', TOKEN), fixed('live', true), fixed('url', `https://x/?t=${TOKEN}`, false)];

  test('a secret binding reads null, and its text is masked in the others', () => {
    expect(maskBindings(bindings).map((binding) => binding.kind === 'static' && binding.value)).toEqual([
      null,
      null,
      `https://x/?t=${MASK}`,
    ]);
  });

  test('inputs are masked by key, also where the value is a boolean, and by that alone', () => {
    const inputs = { token: TOKEN, live: true, note: TOKEN, open: true };
    expect(maskInputs(inputs, bindings)).toEqual({ token: MASK, live: MASK, note: TOKEN, open: true });
  });

  test('nothing of a secret is left in a request', async () => {
    const { request } = await buildScriptRequest({
      secrets: new Set(),
      run: {
        id: 'r',
        attempt: 1,
        channel: null,
        trigger: null,
        orderId: null,
        bindingSnapshot: bindings,
        inputPayload: { copy: [TOKEN] },
        context: {},
        metadata: { header: `Bearer ${TOKEN}` },
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
    expect(JSON.stringify(request)).toContain(TOKEN);
    const masked = maskRequest(request);
    expect(JSON.stringify(masked)).not.toContain(TOKEN);
    expect(masked.bindings).toEqual({ token: MASK, live: MASK, url: `https://x/?t=${MASK}` });
    expect(masked.inputs.live).toBe(MASK);
    expect(Object.keys(masked)).toEqual(Object.keys(request));
  });
});
