import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InexactNumberError, parseJson } from '../../src/json/parse.ts';

describe('parseJson', () => {
  test.each([
    ['0', 0],
    ['-0', -0],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['-9007199254740991', Number.MIN_SAFE_INTEGER],
    ['1.0000000000000000', 1],
    ['0.30000000000000004', 0.30000000000000004],
    ['1.50e1', 15],
    ['1e10', 10_000_000_000],
    ['25e-100', 25e-100],
    ['{"card":"4111111111111111","at":"1e400"}', { card: '4111111111111111', at: '1e400' }],
    ['" : 1e400 "', ' : 1e400 '],
  ])('reads %s unchanged', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each([
    ['9007199254740993', []],
    ['-12345678901234567890', []],
    ['1e400', []],
    ['1e-400', []],
    ['1e22', []],
    ['3.141592653589793238', []],
    ['{"order":{"lines":[{"id":1},{"id":9007199254740992}]}}', ['order', 'lines', '1', 'id']],
    ['{"a.b":[ 1e999 ]}', ['a.b', '0']],
    ['{"__proto__":{"x":1e999}}', ['__proto__', 'x']],
    [`{"tiny":0.${'0'.repeat(400)}1}`, ['tiny']],
  ])('refuses %s with the path of its number', (text, path) => {
    const error = caught(() => parseJson(text));
    expect(error).toBeInstanceOf(InexactNumberError);
    expect(error).toMatchObject({ path, message: expect.stringMatching(/; send it as a string$/) });
  });

  test('keeps __proto__ as a key of its own', () => {
    const value = parseJson('{"__proto__":{"admin":true},"big":1234567890.1234}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'big']);
    expect((value as { admin?: boolean }).admin).toBeUndefined();
  });

  test('calls text malformed, however deep it is', () => {
    expect(() => parseJson('{"a":}')).toThrow(SyntaxError);
    expect(() => parseJson('[1e99,')).toThrow(SyntaxError);
    expect(() => parseJson(`${'['.repeat(200_000)}1e99${']'.repeat(200_000)}`)).toThrow(SyntaxError);
  });

  test('judges a number of a million digits at once', () => {
    expect(() => parseJson(`[0.${'0'.repeat(1_000_000)}1]`)).toThrow(InexactNumberError);
    expect(parseJson(`[1.${'0'.repeat(1_000_000)}]`)).toEqual([1]);
  });

  test('finds a number beside deep lists without a path for each of their items', () => {
    const [depth, width] = [1_500, 300];
    const deep = `${`[${'0,'.repeat(width)}`.repeat(depth)}0${']'.repeat(depth)}`;
    expect(caught(() => parseJson(`{"a":[[1e999],${deep}]}`))).toMatchObject({ path: ['a', '0', '0'] });
  });

  test('gives back every value that JSON.stringify can write, but for integers beyond 2^53', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        const error = caught(() => expect(parseJson(text)).toEqual(JSON.parse(text)));
        expect(error === undefined || error instanceof InexactNumberError).toBe(true);
        if (error)
          expect(numbersIn(value).some((number) => Math.abs(number) > Number.MAX_SAFE_INTEGER)).toBe(true);
      }),
    );
  });

  test('accepts an integer exactly when it survives a double', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (integer) => {
        const safe = Number.isSafeInteger(Number(integer)) && BigInt(Number(integer)) === integer;
        expect(caught(() => parseJson(`{"n":${integer}}`)) === undefined).toBe(safe);
      }),
    );
  });
});

function caught(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
