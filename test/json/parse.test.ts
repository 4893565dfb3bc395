import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type Json } from '../../src/json/json.ts';
import { isRawNumber } from '../../src/json/number.ts';
import { parseJson, parseStoredJson, RejectedJson } from '../../src/json/parse.ts';
import { jsonSample } from '../support/json-text.ts';

describe('parseJson', () => {
  test.each([
    ['0', 0],
    ['-0', -0],
    ['9007199254740992', 2 ** 53],
    ['0.30000000000000004', 0.30000000000000004],
    ['1.5e1', 15],
    ['1e10', 10_000_000_000],
    ['{"card":"4111111111111111","at":"1e400"}', { card: '4111111111111111', at: '1e400' }],
    ['" : 1e400 "', ' : 1e400 '],
    ['{"rawJSON":"1"}', { rawJSON: '1' }],
  ])('reads %s as JSON.parse does', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each([
    ['820982911946154508', '820982911946154508'],
    ['[ -1.50 , 1e21,9007199254740993]', '[-1.50,1000000000000000000000,9007199254740993]'],
    ['{"a":{"1.0":1.0},"b":"1.0"}', '{"a":{"1.0":1.0},"b":"1.0"}'],
    ['{"__proto__":{"x":1e-7}}', '{"__proto__":{"x":0.0000001}}'],
    ['{"\\\\":1.0,"\\"1.0":"\\\\\\"1.0"}', '{"\\\\":1.0,"\\"1.0":"\\\\\\"1.0"}'],
  ])('keeps the digits of %s', (text, written) => {
    expect(JSON.stringify(parseJson(text))).toBe(written);
  });

  test('reads any JSON', () => {
    fc.assert(
      fc.property(jsonSample, ({ text, value }) => {
        expect(parseJson(text)).toEqual(value);
        const written = JSON.stringify(value);
        expect(JSON.stringify(parseStoredJson(written))).toBe(written);
      }),
      { numRuns: 1_000 },
    );
  });

  test('refuses exactly the texts that JSON.parse refuses', () => {
    const near = fc.tuple(
      jsonSample.map(({ text }) => text),
      fc.nat(),
      fc.constantFrom('', '"', '1.0', ',', ':', '[', '}', '\\', 'e'),
    );
    fc.assert(
      fc.property(near, ([text, place, piece]) => {
        const at = place % text.length;
        const changed = text.slice(0, at) + piece + text.slice(at + 1);
        const expected = caught(() => JSON.parse(changed));
        const error = caught(() => parseJson(changed));
        if (!(error instanceof RejectedJson)) expect(error?.constructor).toBe(expected?.constructor);
      }),
      { numRuns: 2_000 },
    );
    for (const text of ['', '{1.50:1}', '[1.0.0]', '[01.50]', '[1.50', '{"a":1.50:2}', '[-]', '"1.50'])
      expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  test.each([
    ['{"a":1,"a":1}', ['a']],
    ['{"a":[0,{"b":{"x":1},"c":{"\\u0061b":1,"ab":2}}]}', ['a', '1', 'c', 'ab']],
    [
      '{"a":{"k":1},"b":{"k":1},"__proto__":1,"c":[[],{"__proto__":1,"__proto__":2}]}',
      ['c', '1', '__proto__'],
    ],
    ['{"1":0, "0" : 1 , "1"\n:2}', ['1']],
    ['{"":1,"":1.50}', ['']],
    ['{"a\\"":":","a\\"" :1}', ['a"']],
  ])('refuses a key twice in %s', (text, path) => {
    expect(caught(() => parseJson(text))).toMatchObject({ path, problem: expect.stringMatching(/twice/) });
  });

  test('gives escaped keys as they are, whatever keys were parsed before', () => {
    const texts = [
      '{"\\\\":1}',
      '{"\\u00fc":1}',
      '{"a":0,"b\\\\":1,"\\n":2}',
      '{"a":0,"b\\u0063":1,"\\t":2}',
      '{"\\ud800":{"\\u0031":1,"x":[{"\\"":1.50}]}}',
    ];
    for (const text of [...texts, ...texts]) {
      const keys = [...text.matchAll(/"((?:[^"\\]|\\.)*)":/g)].map(([, key]) => JSON.parse(`"${key}"`));
      for (const read of [parseJson, parseStoredJson]) expect(keysWithin(read(text))).toEqual(keys);
    }
  });

  test('takes keys for the same only within one object', () => {
    const text = '{"a":{"a":{"a":[{"a":1},{"a":1}]}},"b":"\\"a\\":1","A":0,"a ":0}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('finds a key twice among a million, and beside deep lists', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => `"k${index}":[]`).join();
    const deep = `${'[0,'.repeat(900)}0${']'.repeat(900)}`;
    const text = `{"many":{${many}},"deep":${deep},"twice":{"x":${deep},"x":1}}`;
    expect(caught(() => parseJson(text, Number.POSITIVE_INFINITY))).toMatchObject({ path: ['twice', 'x'] });
  });

  test('reads text of any depth', () => {
    const depth = 200_000;
    const nested = `${'['.repeat(depth)}1.50${']'.repeat(depth)}`;
    const value = parseJson(nested);
    let [at, levels] = [value, 0];
    for (; Array.isArray(at); at = at[0]!) levels += 1;
    expect([levels, JSON.stringify(at)]).toEqual([depth, '1.50']);
  });

  test('leaves a number of a million digits to be refused by the limits', () => {
    const long = `0.${'0'.repeat(1_000_000)}1`;
    expect(isRawNumber(parseJson(long))).toBe(true);
    expect(JSON.stringify(parseJson(`[${long},1e999999999]`))).toBe(`[${long},1e999999999]`);
  });
});

test('parseStoredJson reads a number with an exponent, which only doubles are written with, as a double', () => {
  expect(parseStoredJson('[1e-05,1e+21,0.0000001]')).toEqual([0.00001, 1e21, JSON.rawJSON('0.0000001')]);
});

function caught(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The keys of all objects, in the order of the text. */
function keysWithin(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(keysWithin);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => [key, ...keysWithin(child)]);
}
