import { randomBytes } from 'node:crypto';
import { eachHolder } from './each-holder.ts';
import type { Json } from './json.ts';
import { endOfNumber, endOfString, isKeyBefore } from './scan.ts';

/** The digits of a number that a double would change; null for any other. */
export type DigitsOf = (literal: string) => string | null;

/** Creates the prefix of marked parts. It is random, so that no text can contain it on purpose. */
export const newMark = (): string => randomBytes(MARK_BYTES).toString('base64url');

const MARK_BYTES = 9;

/**
 * Rewrites a JSON text so that JSON.parse loses nothing: numbers that a double would change become strings that begin
 * with the mark, and keys that need an escape begin with the mark too. `unmarked` restores both in the parsed value.
 *
 * JSON.parse can also pass numbers to a reviver as text, but takes fifty times as long with one. And V8 13.6 confuses
 * an escaped key with a key of any text parsed before that ends in a backslash where the escape begins: after
 * {"\\":1}, the key of {"\u00fc":1} is "\".
 *
 * @param special what scanJson found
 */
export function markedText(
  text: string,
  special: readonly number[],
  mark: string,
  digitsOf: DigitsOf,
): string {
  const pieces: string[] = [];
  let copied = 0;
  const replace = (start: number, end: number, piece: string) => {
    pieces.push(text.slice(copied, start), piece);
    copied = end;
  };
  for (const start of special) {
    if (text[start] === '"') {
      const end = endOfString(text, start);
      replace(start, end, withoutEscape(JSON.parse(text.slice(start, end)), mark));
    } else {
      const end = endOfNumber(text, start);
      const literal = text.slice(start, end);
      // Malformed text must stay malformed.
      if (!NUMBER.test(literal) || isKeyBefore(text, end)) continue;
      const digits = digitsOf(literal);
      if (digits !== null) replace(start, end, `"${mark}${digits}"`);
    }
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(copied);
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Writes the key as JSON without an escape. */
function withoutEscape(key: string, mark: string): string {
  const written = JSON.stringify(key);
  return written.includes('\\') ? `"${mark}${Buffer.from(key, 'utf16le').toString('base64url')}"` : written;
}

/** Restores the marked numbers and keys in a parsed value. The value is changed in place. */
export function unmarked<T>(value: T, mark: string): T {
  const restored = (child: unknown) =>
    typeof child === 'string' && child.startsWith(mark) ? JSON.rawJSON(child.slice(mark.length)) : child;
  eachHolder(value as Json, (holder) => {
    if (Array.isArray(holder)) {
      for (let index = 0; index < holder.length; index += 1) holder[index] = restored(holder[index]) as Json;
      return;
    }
    let hasMarkedKey = false;
    for (const key in holder) {
      if (key.startsWith(mark)) hasMarkedKey = true;
      if (typeof holder[key] === 'string') holder[key] = restored(holder[key]) as Json;
    }
    if (hasMarkedKey) renameKeys(holder, mark);
  });
  return restored(value) as T;
}

/** Rebuilds the object, so that its keys stay in order. */
function renameKeys(object: { [key: string]: Json }, mark: string): void {
  for (const [key, value] of Object.entries(object)) {
    delete object[key];
    const name = key.startsWith(mark)
      ? Buffer.from(key.slice(mark.length), 'base64url').toString('utf16le')
      : key;
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  }
}
