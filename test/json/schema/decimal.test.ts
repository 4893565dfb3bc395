import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalNumber,
  compareNumbers,
  isWholeNumber,
  type JsonNumber,
  multipleTest,
} from '../../../src/json/schema/decimal.ts';

const raw = (text: string): JsonNumber => JSON.rawJSON(text);

/** A number as JSON may spell it, with its value in units of 10^-40. */
const spelled = fc
  .record({
    minus: fc.boolean(),
    whole: fc.bigInt({ min: 0n, max: 10n ** 25n }),
    fraction: fc.stringMatching(/^\d{0,20}$/),
    exponent: fc.integer({ min: -20, max: 20 }),
  })
  .map(({ minus, whole, fraction, exponent }) => {
    const text = `${minus ? '-' : ''}${whole}${fraction && `.${fraction}`}e${exponent}`;
    const units = BigInt(`${whole}${fraction}`) * 10n ** BigInt(40 + exponent - fraction.length);
    return { text, units: minus ? -units : units };
  });

describe('exact numbers', () => {
  it('a price is a multiple of its smallest unit, up to 10^9 and 6 decimals', () => {
    const places = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(
        places,
        places,
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        (decimals, unit, units) => {
          const price = Number(`${units}e-${decimals}`);
          fc.pre(Math.abs(price) <= 1e9);
          const isMultiple = decimals <= unit || units % 10n ** BigInt(decimals - unit) === 0n;
          expect(multipleTest(10 ** -unit)(price)).toBe(isMultiple);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it.each([
    [19.99, 0.01, true],
    [0.07, 0.01, true],
    [4.35, 0.01, true],
    [999_999_999.999999, 0.000001, true],
    [19.999, 0.01, false],
    [0, 0.01, true],
    [-0.3, 0.1, true],
    [1e308, 1e-308, true],
    [5e-324, 1, false],
    [raw('820982911946154508'), 2, true],
    [raw('820982911946154508'), 7, false],
    [raw('1e100000'), 3, false],
    [raw('1.50'), 0.5, true],
  ])('%o by %d: %s', (value, divisor, expected) => {
    expect(multipleTest(divisor)(value)).toBe(expected);
  });

  it('compares, divides and identifies numbers of any spelling as their values', () => {
    fc.assert(
      fc.property(spelled, spelled, (a, b) => {
        const [left, right] = [raw(a.text), raw(b.text)];
        expect(compareNumbers(left, right)).toBe(a.units === b.units ? 0 : a.units < b.units ? -1 : 1);
        expect(canonicalNumber(left) === canonicalNumber(right)).toBe(a.units === b.units);
        expect(isWholeNumber(left)).toBe(a.units % 10n ** 40n === 0n);
        if (b.units > 0n) expect(multipleTest(right)(left)).toBe(a.units % b.units === 0n);
      }),
      { numRuns: 5_000 },
    );
  });

  it('a double and its source text are one number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = raw(JSON.stringify(value));
        expect(canonicalNumber(text)).toBe(canonicalNumber(value));
        expect(compareNumbers(text, value)).toBe(0);
      }),
    );
    expect(canonicalNumber(raw('1.50'))).toBe(canonicalNumber(1.5));
    expect(canonicalNumber(-0)).toBe(canonicalNumber(raw('0.0')));
  });
});
