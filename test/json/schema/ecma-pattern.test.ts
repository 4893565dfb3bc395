import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPattern, PatternError } from '../../../src/json/schema/ecma-pattern.ts';

const atoms = fc.constantFrom(
  'a',
  'b',
  'é',
  '😀',
  '.',
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '\\b',
  '\\B',
  '^',
  '$',
  '[a-c]',
  '[^a-c]',
  '[\\s\\d]',
  '[^\\S]',
  '[\\D\\W]',
  '[]',
  '[^]',
  '\\n',
  '\\t',
  '\\v',
  '\\f',
  '\\r',
  '\\0',
  '\\cA',
  '\\x41',
  '\\u0041',
  '\\u{1F600}',
  '\\ud83d\\ude00',
  '\\p{L}',
  '\\P{L}',
  '\\p{Letter}',
  '\\p{Script=Greek}',
  '\\p{Lu}',
  '\\p{ASCII}',
  '[\\p{Nd}_]',
  '\\.',
  '\\/',
  '\\-'.slice(1),
  '[\\-a]',
);
const patterns = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    atoms,
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}|${b}`),
    tie('node').map((a) => `(${a})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{0,3}', '{1,}', '*?', '+?', '{0}'))
      .map(([a, quantifier]) => `(?:${a})${quantifier}`),
    tie('node').map((a) => `(?<name>${a.replaceAll('(?<name>', '(')})`),
  ),
})).node;
const texts = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    'c',
    'é',
    'É',
    'α',
    '😀',
    '0',
    '_',
    '-',
    ' ',
    '\n',
    '\r',
    '\v',
    '\u2028',
    '\u00a0',
    '\ufeff',
    'A',
    '\u0001',
    '.',
    '٣',
  ),
  maxLength: 12,
});

const ASTRAL = /[\u{10000}-\u{10ffff}]/u;

describe('patterns', () => {
  it('match as ECMA-262 says, for all that they support', () => {
    fc.assert(
      fc.property(patterns, fc.array(texts, { minLength: 5, maxLength: 10 }), (source, subjects) => {
        let native: RegExp;
        try {
          native = new RegExp(source, 'u');
        } catch {
          expect(() => createPattern(source)).toThrow(PatternError);
          return;
        }
        const pattern = createPattern(source);
        // V8 finds \B within a surrogate pair too, although with the flag u a match begins at a code point only
        // (ECMA-262, 22.2.7.2, AdvanceStringIndex).
        const comparable = subjects.filter((text) => !(source.includes('\\B') && ASTRAL.test(text)));
        for (const subject of comparable) expect(pattern.test(subject), subject).toBe(native.test(subject));
      }),
      { numRuns: 1_000 },
    );
  });

  it('find no place within a surrogate pair', () => {
    expect(createPattern('\\B').test('a😀a')).toBe(false);
  });

  it('repeat more often than the engine takes at once', () => {
    const { test } = createPattern('^a{1500,2000}$');
    expect([1_499, 1_500, 2_000, 2_001].map((length) => test('a'.repeat(length)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(createPattern('^(?:ab){1001,}$').test('ab'.repeat(1_200))).toBe(true);
  });

  it.each([
    ['(?=a)', /lookahead .* linear time; state the condition/],
    ['(?<!a)b', /lookbehind/],
    ['(a)\\1', /backreference \\1/],
    ['(?<x>a)\\k<x>', /backreference/],
    ['(', /not a regular expression of ECMA-262 with the flag u/],
    ['\\-', /not a regular expression of ECMA-262 with the flag u/],
    ['a{5000}', /repeats too much; bound the length by minLength/],
    ['((a{100}){100}){100}', /repeats too much/],
    ['a'.repeat(200_000), /longer than 2000 characters/],
    ['\\p{Script_Extensions=Greek}', /Script=/],
  ])('refuse %.30s and say the fix', (source, message) => {
    expect(() => createPattern(source)).toThrow(message);
    expect(() => createPattern(source)).toThrow(PatternError);
  });
});
