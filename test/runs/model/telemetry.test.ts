import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/json/json.ts';
import { telemetryOf } from '../../../src/runner/telemetry-of.ts';
import { runError } from '../../../src/runs/model/run-error.ts';
import { errorPreview, outputPreview, PREVIEW_LENGTH } from '../../../src/runs/model/telemetry.ts';
import { createAnswerMask } from '../../../src/script-request/masking/answer-mask.ts';
import { secretsOf } from '../../../src/script-request/masking/secrets.ts';

const maskOf = (...secrets: string[]) => createAnswerMask(secretsOf([], secrets));
const NONE = maskOf();

describe('outputPreview', () => {
  test.each<[Json, string]>([
    [null, 'null'],
    [[], '[]'],
    [{}, '{}'],
    [{ a: [1, 'x', { b: null }], c: {} }, '{"a":[1,"x",{"b":null}],"c":{}}'],
    [{ password: 'p', user: 'u' }, '{"password":"••••••","user":"u"}'],
    [
      { accessToken: { v: 1 }, 'X-Api-Key': 7, apiKey: [] },
      '{"accessToken":"••••••","X-Api-Key":"••••••","apiKey":"••••••"}',
    ],
    [{ giftCardCode: 'G', token: null }, '{"giftCardCode":"••••••","token":null}'],
    [{ 'Set-Cookie': 'a=b', Authorization: 'x' }, '{"Set-Cookie":"••••••","Authorization":"••••••"}'],
    [{ note: 'sent with token=abc, done' }, '{"note":"sent with token=••••••, done"}'],
    [{ echo: 'the s3cret', s3cret: 1, n: 4711 }, '{"echo":"the ••••••","••••••":1,"n":"••••••"}'],
  ])('%j reads %s', (result, preview) => {
    expect(outputPreview(maskOf('s3cret', '4711').json(result))).toBe(preview);
  });

  test('a secret across the cut leaves none of its parts', () => {
    const secret = 'k'.repeat(40);
    const preview = outputPreview(maskOf(secret).json({ text: `${'x'.repeat(490)}${secret}` }));
    expect(preview).toContain(`x••••••`);
    expect(preview).not.toContain('kkkk');
  });

  test('a small result is its own JSON; none is over 512 characters, or ends in half a character', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const json = JSON.parse(JSON.stringify(value));
        const preview = outputPreview(json);
        expect(preview.length).toBeLessThanOrEqual(PREVIEW_LENGTH);
        expect(preview.isWellFormed()).toBe(true);
        expect(JSON.stringify(json).toWellFormed().startsWith(preview.slice(0, -1))).toBe(true);
      }),
    );
    const preview = outputPreview('😀'.repeat(600));
    expect(preview.length).toBe(511);
    expect(preview.endsWith('😀')).toBe(true);
  });
});

describe('errorPreview', () => {
  test.each([
    ['plain words', 'plain words'],
    ['{"error":{"apiKey":"abc","code":7}}', '{"error":{"apiKey":"••••••","code":7}}'],
    ['{"error":{"apiKey":"abc","code":', '{"error":{"apiKey":••••••,"code":'],
    ['"{\\"password\\":\\"a b\\"}"', '"{\\"password\\":\\"••••••\\"}"'],
    ['Authorization: Bearer abc.def\nHost: x', 'Authorization: •••••• ••••••\nHost: x'],
    ['?access_token=abc&page=2', '?access_token=••••••&page=2'],
    ["client_secret = 'a b c' rejected", 'client_secret = •••••• rejected'],
    ['said s3cret', 'said ••••••'],
    ['a\0b', 'a\ufffdb'],
    [
      '{ "n": 1.0, "e": 1e3, "n": 12345678901234567890 }',
      '{ "n": 1.0, "e": 1e3, "n": 12345678901234567890 }',
    ],
    [
      '{"order": 147110, "price": 4711.50, "pin": 4711}',
      '{"order": 147110, "price": 4711.50, "pin": "••••••"}',
    ],
    ['order 147110 of 4711.5 has 4711.', 'order 147110 of 4711.5 has ••••••.'],
    ['[{"apiKey": [1, {"a": 2}], "x": 1.50}]', '[{"apiKey": "••••••", "x": 1.50}]'],
  ])('%j reads %j', (text, preview) => {
    expect(errorPreview(text, maskOf('s3cret', '4711'))).toBe(preview);
  });

  test('is quick on hostile text', () => {
    const text = `${'token'.repeat(3_000)}${' '.repeat(1_000)}${'secret: "'.repeat(100)}`;
    const startedAt = performance.now();
    errorPreview(text, NONE);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

test('a secret across the end of what was read of a body leaves none of its parts', () => {
  const secret = 'k'.repeat(40);
  const read = Array(9).fill(secret).join('\n').concat('\n', secret.slice(0, 20));
  expect(errorPreview(read, maskOf(secret), true)).not.toContain('k');
});

describe('telemetryOf', () => {
  const call = { runner: 'http', bindingsCount: 2, mask: maskOf('s3cret') };
  const error = runError('RUNNER_FAILED', 'The script host answered 500.');

  test('has the output of a result', () => {
    expect(telemetryOf(call, { kind: 'result', result: { a: '••••••' }, latencyMs: 1.5 })).toEqual({
      runner: 'http',
      latencyMs: 1.5,
      bindingsCount: 2,
      outputPreview: '{"a":"••••••"}',
    });
  });

  test('has the body of a failure, or its message where there is none', () => {
    const failure = { kind: 'failure', error, definite: true, latencyMs: 1 } as const;
    expect(
      telemetryOf(call, { ...failure, errorBody: { text: 'no s3cret', isCut: false } }).errorPreview,
    ).toBe('no ••••••');
    expect(telemetryOf(call, { ...failure, errorBody: { text: '', isCut: false } }).errorPreview).toBe(
      error.message,
    );
  });

  test('has figures alone of an aborted call', () => {
    const telemetry = telemetryOf(call, { kind: 'aborted', latencyMs: 3 });
    expect(telemetry).toEqual({ runner: 'http', latencyMs: 3, bindingsCount: 2 });
  });
});
