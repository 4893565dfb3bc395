import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDeeperThan, jsonMistakes, MAX_JSON_BYTES, MAX_JSON_DEPTH } from '../../src/json/json-limits.ts';
import { readNumber } from '../../src/json/number.ts';
import { parseJson } from '../../src/json/parse.ts';
import { jsonSample } from '../support/json-text.ts';

const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

describe('jsonMistakes', () => {
  test.each([
    ['a NUL in a value', { a: ['x\0'] }, ['a', '0'], /NUL/],
    ['a lone surrogate in a value', { a: '\ud800' }, ['a'], /surrogate/],
    ['a NUL in a key', { 'k\0': 1 }, ['k\0'], /key.*NUL/],
    ['a lone surrogate in a key', { 'k\udc00': 1 }, ['k\ufffd'], /key.*surrogate/],
    ['the key __proto__', JSON.parse('{"a":{"__proto__":1}}'), ['a', '__proto__'], /dropped/],
    ['-0', { n: [-0] }, ['n', '0'], /stored as 0; send 0$/],
    ['a number of more digits than are stored', { n: readNumber('1e-1000') }, ['n'], /send it as a string$/],
    ['a number that jsonb does not hold', [readNumber('1e200000')], ['0'], /more than 1000 digits/],
    ['a long key', { ['k'.repeat(1_000)]: '\0' }, [`${'k'.repeat(200)}…`], /NUL/],
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

  test('isDeeperThan counts the levels of lists and objects, at any depth', () => {
    for (const [value, depth] of [
      [1, 0],
      [null, 0],
      [[], 1],
      [{ a: [{}], b: 1 }, 3],
      [nested(50_000), 50_000],
    ] as const) {
      expect(isDeeperThan(depth, value)).toBe(false);
      if (depth > 0) expect(isDeeperThan(depth - 1, value)).toBe(true);
    }
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
      { path: [], message: 'is 8 bytes of JSON; at most 6 are allowed', tooLarge: true },
    ]);
  });

  test('tells no more than twenty mistakes', () => {
    expect(jsonMistakes(Array(100_000).fill('\0'))).toHaveLength(20);
  });

  test('accepts what ordinary JSON parses to, and numbers of up to 1,000 digits', () => {
    expect(jsonMistakes(parseJson(`[820982911946154508,1e999,1e-999,1.50,${'9'.repeat(1_000)}]`))).toEqual(
      [],
    );
    fc.assert(
      fc.property(
        jsonSample.filter(({ text }) => !/proto|u0000/.test(text)),
        ({ text }) => {
          expect(jsonMistakes(parseJson(text))).toEqual([]);
        },
      ),
    );
  });

  test('counts numbers as they are stored', () => {
    expect(jsonMistakes(parseJson('[5e-324]'), 326 + '[]'.length)).toEqual([]);
    expect(jsonMistakes(parseJson('[5e-324]'), 327)).toEqual([
      { path: [], message: 'is 328 bytes of JSON; at most 327 are allowed', tooLarge: true },
    ]);
  });
});
