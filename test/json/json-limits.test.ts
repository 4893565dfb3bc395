import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonMistakes, MAX_JSON_BYTES, MAX_JSON_DEPTH } from '../../src/json/json-limits.ts';

const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

describe('jsonMistakes', () => {
  test.each([
    ['a NUL in a value', { a: ['x\0'] }, ['a', '0'], /NUL/],
    ['a lone surrogate in a value', { a: '\ud800' }, ['a'], /surrogate/],
    ['a NUL in a key', { 'k\0': 1 }, ['k\0'], /key.*NUL/],
    ['a lone surrogate in a key', { 'k\udc00': 1 }, ['k\ufffd'], /key.*surrogate/],
    ['the key __proto__', JSON.parse('{"a":{"__proto__":1}}'), ['a', '__proto__'], /dropped/],
    ['an integer beyond 2^53', { n: 2 ** 53 }, ['n'], /send it as a string$/],
    ['a number that is not finite', [Number.NaN], ['0'], /finite/],
    ['undefined', { a: undefined }, ['a'], /not a JSON value/],
    ['a bigint', { a: 1n }, ['a'], /not a JSON value/],
    ['a date', { a: new Date(0) }, ['a'], /not a JSON value/],
  ])('tells %s with its path', (_, value, path, message) => {
    expect(jsonMistakes(value)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  test('allows 32 levels and not 33', () => {
    expect(jsonMistakes(nested(MAX_JSON_DEPTH))).toEqual([]);
    expect(jsonMistakes(nested(MAX_JSON_DEPTH + 1))).toEqual([
      { path: Array(32).fill('0'), message: expect.stringContaining('deeper than 32') },
    ]);
  });

  test('survives a value of 100,000 levels, and one that holds itself', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(jsonMistakes(nested(100_000))).toHaveLength(1);
    expect(jsonMistakes(circle)).toHaveLength(1);
  });

  test('counts bytes of UTF-8, not characters', () => {
    const quotes = 2;
    expect(jsonMistakes('x'.repeat(MAX_JSON_BYTES - quotes))).toEqual([]);
    expect(jsonMistakes('x'.repeat(MAX_JSON_BYTES - quotes + 1))).toHaveLength(1);
    expect(jsonMistakes('é'.repeat(MAX_JSON_BYTES / 2))).toHaveLength(1);
    expect(jsonMistakes('éé', 6)).toEqual([]);
    expect(jsonMistakes('ééé', 6)).toEqual([
      { path: [], message: 'is 8 bytes of JSON; at most 6 are kept', tooLarge: true },
    ]);
  });

  test('tells no more than twenty mistakes', () => {
    expect(jsonMistakes(Array(100_000).fill('\0'))).toHaveLength(20);
  });

  test('accepts what JSON.parse of ordinary JSON gives', () => {
    const values = fc
      .jsonValue({ maxDepth: 5 })
      .filter((value) => !/proto|\d{16}|e\+|u0000/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(values, (value) => {
        expect(jsonMistakes(value)).toEqual([]);
      }),
    );
  });
});
