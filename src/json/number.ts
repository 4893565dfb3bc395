/**
 * A number whose digits a double would change, such as 820982911946154508 or 1.50, made by JSON.rawJSON: a frozen
 * object that JSON.stringify writes as the number itself. Code that walks JSON checks isRawNumber (or isJsonObject)
 * before it treats a value as an object with keys.
 */
export interface RawNumber {
  readonly rawJSON: string;
  readonly [BRAND]: true;
}

declare const BRAND: unique symbol;

declare global {
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

/** The most digits that a stored number may have, written without an exponent. jsonb itself holds 147,455. */
export const MAX_NUMBER_DIGITS = 1_000;

/** Whether a value is a RawNumber. An object {"rawJSON": "1"} that a client sends is not one. */
export function isRawNumber(value: unknown): value is RawNumber {
  return (
    typeof value === 'object' &&
    value !== null &&
    // JSON.isRawJSON alone costs ten times as much, and most objects have a prototype.
    Object.getPrototypeOf(value) === null &&
    JSON.isRawJSON(value)
  );
}

/**
 * Reads a JSON literal: as a double where that is written back as jsonb would write the literal, else as a RawNumber
 * of jsonb's digits. A number that cannot be stored stays as it is, and jsonMistakes rejects it.
 */
export function readNumber(literal: string): number | RawNumber {
  const text = rawText(literal);
  return text === null ? Number(literal) : JSON.rawJSON(text);
}

/** The text of a JSON literal's RawNumber; null where a double is enough. */
export function rawText(literal: string): string | null {
  const value = Number(literal);
  if (value === 0 && literal.startsWith('-') && !/^[^eE]*[1-9]/.test(literal)) return null;
  const stored = storedNumber(literal);
  return stored === String(value) ? null : (stored ?? literal);
}

/** The number as it is written in JSON, digit by digit. */
export const numberText = (value: number | RawNumber): string =>
  typeof value === 'number' ? String(value) : value.rawJSON;

/**
 * Returns the same text for two numbers exactly when they are equal, even if they are written differently, like 1.50
 * and 1.5.
 */
export function numericText(value: number | RawNumber): string {
  if (typeof value === 'number') return String(value);
  const { rawJSON: text } = value;
  let end = text.length;
  if (text.includes('.') && !/[eE]/.test(text)) {
    while (text[end - 1] === '0') end -= 1;
    if (text[end - 1] === '.') end -= 1;
  }
  const short = text.slice(0, end);
  const double = String(Number(short));
  return storedNumber(double) === short ? double : short;
}

/**
 * Writes a JSON number as jsonb stores it: with its digits and scale (1.50), without an exponent (1e2 is 100). Null
 * when that takes more than MAX_NUMBER_DIGITS.
 */
export function storedNumber(literal: string): string | null {
  const parts = EXPONENT.test(literal) ? PARTS.exec(literal) : null;
  if (!parts) return digitsOf(literal) > MAX_NUMBER_DIGITS ? null : literal;
  const [, sign = '', whole = '', fraction = '', written] = parts;
  const exponent = Number(written);
  const digits = whole + fraction;
  const isZero = !/[1-9]/.test(digits);
  const point = whole.length + exponent;
  const scale = Math.max(0, fraction.length - exponent);
  if ((isZero ? 1 : Math.max(1, point)) + scale > MAX_NUMBER_DIGITS) return null;
  const before = isZero ? '' : digits.slice(0, Math.max(0, point)).padEnd(point, '0').replace(/^0+/, '');
  const after = scale === 0 ? '' : `.${digits.slice(Math.max(0, point)).padStart(scale, '0').slice(-scale)}`;
  return `${sign}${before || '0'}${after}`;
}

/** Counts the digits of a number without an exponent. */
const digitsOf = (literal: string) =>
  literal.length - (literal.startsWith('-') ? 1 : 0) - (literal.includes('.') ? 1 : 0);

const EXPONENT = /[eE]/;
const PARTS = /^(-?)(\d+)(?:\.(\d+))?[eE](.+)$/;
