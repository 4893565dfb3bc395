import fc from 'fast-check';
import type { Json } from '../../src/json/json.ts';
import { readNumber } from '../../src/json/number.ts';

const digits = (max: number) => fc.stringMatching(new RegExp(`^\\d{1,${max}}$`));
const whole = fc.oneof(
  fc.constant('0'),
  fc.stringMatching(/^[1-9]\d{0,24}$/),
  fc.stringMatching(/^[1-9]\d{15,17}$/),
);

/** The text of any JSON number that can be stored: whole ones, decimals, with exponents, long ones, with zeros at the end. */
export const jsonNumber: fc.Arbitrary<string> = fc
  .record({
    sign: fc.constantFrom('', '', '-'),
    whole,
    fraction: fc.oneof(fc.constant(''), digits(3), digits(25), fc.constantFrom('0', '00', '50')),
    exponent: fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      fc
        .tuple(fc.constantFrom('e', 'E', 'e+', 'e-', 'E-'), fc.integer({ min: 0, max: 400 }))
        .map((parts) => parts.join('')),
    ),
  })
  .map(({ sign, whole, fraction, exponent }) => {
    const isZero = !/[1-9]/.test(whole + fraction);
    return `${isZero ? '' : sign}${whole}${fraction && `.${fraction}`}${exponent}`;
  });

const string = fc.oneof(
  fc.string().map((text) => JSON.stringify(text)),
  fc.constantFrom('"1.50"', '"\\"1.50"', '"\\\\"', '"\\u0061"', '"{\\"a\\":1e9}"', '"é 😀"'),
);
const space = fc.constantFrom('', '', '', ' ', '\n\t');

/** A JSON text and the value that it stands for, by another way than parsing it. */
export type JsonSample = { text: string; value: Json };

/** Any JSON without a key twice in an object. */
export const jsonSample: fc.Arbitrary<JsonSample> = fc.letrec<{ sample: JsonSample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false).map((value) => ({ text: String(value), value })),
    string.map((text) => ({ text, value: JSON.parse(text) })),
    jsonNumber.map((text) => ({ text, value: readNumber(text) })),
    fc.tuple(fc.array(tie('sample'), { maxLength: 5 }), space).map(([items, gap]) => ({
      text: `[${items.map(({ text }) => text).join(`${gap},`)}${gap}]`,
      value: items.map(({ value }) => value),
    })),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(string, tie('sample')), {
          maxLength: 5,
          selector: ([key]) => JSON.parse(key),
        }),
        space,
      )
      .map(([members, gap]) => ({
        text: `{${members.map(([key, { text }]) => `${gap}${key}${gap}:${gap}${text}`).join()}}`,
        value: Object.fromEntries(members.map(([key, { value }]) => [JSON.parse(key), value])),
      })),
  ),
})).sample;
