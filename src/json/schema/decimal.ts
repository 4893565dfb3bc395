import { isRawNumber, type RawNumber } from '../number.ts';

/** A JSON number: a double where that is exact, else its source text. */
export type JsonNumber = number | RawNumber;

export function isJsonNumber(value: unknown): value is JsonNumber {
  return typeof value === 'number' || isRawNumber(value);
}

/** Compares two numbers exactly; returns -1, 0 or 1. A double counts as the shortest decimal that reads back as it. */
export function compareNumbers(a: JsonNumber, b: JsonNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b);
  const [left, right] = [toDecimal(a), toDecimal(b)];
  if (left.sign !== right.sign) return Math.sign(left.sign - right.sign);
  return left.sign < 0 ? compareMagnitudes(right, left) : compareMagnitudes(left, right);
}

export function isWholeNumber(value: JsonNumber): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : toDecimal(value).exponent >= 0;
}

/** Tests whether numbers are multiples of `divisor`, which is above 0, in decimal arithmetic. */
export function multipleTest(divisor: JsonNumber): (value: JsonNumber) => boolean {
  const of = toDecimal(divisor);
  const modulus = BigInt(of.digits);
  return (value) => {
    if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor))
      return (value as number) % (divisor as number) === 0;
    const { sign, digits, exponent } = toDecimal(value);
    if (sign === 0) return true;
    const shift = exponent - of.exponent;
    // The digits never end in a zero, so a power of ten that is missing cannot come from them.
    return shift >= 0 && (BigInt(digits) * powerOfTen(shift, modulus)) % modulus === 0n;
  };
}

/** Returns the same text for equal numbers. */
export function canonicalNumber(value: JsonNumber): string {
  if (typeof value === 'number') return String(value === 0 ? 0 : value);
  const exact = toDecimal(value);
  const nearest = Number(value.rawJSON);
  if (Number.isFinite(nearest) && spell(toDecimal(nearest)) === spell(exact)) return canonicalNumber(nearest);
  return spell(exact);
}

/** The number of characters in a number's source. The cost of a check grows with it. */
export const numberLength = (value: JsonNumber): number =>
  typeof value === 'number' ? 1 : value.rawJSON.length;

/** sign × digits × 10^exponent; the digits neither begin nor end with a zero. */
type Decimal = { sign: -1 | 0 | 1; digits: string; exponent: number };

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;
const ZERO: Decimal = { sign: 0, digits: '0', exponent: 0 };

function toDecimal(value: JsonNumber): Decimal {
  const source = typeof value === 'number' ? String(value) : value.rawJSON;
  const [, minus, whole = '', fraction = '', power = '0'] = NUMBER.exec(source) ?? [];
  const written = whole + fraction;
  let start = 0;
  let end = written.length;
  while (written[start] === '0') start += 1;
  while (end > start && written[end - 1] === '0') end -= 1;
  if (start === end) return ZERO;
  const exponent = Number(power) - fraction.length + written.length - end;
  return { sign: minus ? -1 : 1, digits: written.slice(start, end), exponent };
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  const [left, right] = [a.digits.length + a.exponent, b.digits.length + b.exponent];
  if (left !== right) return left > right ? 1 : -1;
  if (a.digits === b.digits) return 0;
  return a.digits > b.digits ? 1 : -1;
}

/** Computes 10^exponent modulo `modulus` without the power itself, which could be huge. */
function powerOfTen(exponent: number, modulus: bigint): bigint {
  let [result, base] = [1n, 10n % modulus];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

const spell = ({ sign, digits, exponent }: Decimal) => `${sign < 0 ? '-' : ''}${digits}e${exponent}`;
