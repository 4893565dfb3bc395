import { duplicateKeyPath } from './duplicate-key.ts';
import { eachHolder } from './each-holder.ts';
import type { Json } from './json.ts';
import { type DigitsOf, markedText, newMark, unmarked } from './marked-text.ts';
import { rawText } from './number.ts';
import { scanJson } from './scan.ts';

/**
 * Parses JSON from a client or a script host. A number that a double would change becomes a RawNumber, with all its
 * digits. The time is linear in the text.
 * @param maxWork the most values and keys, as scanJson weighs them, because texts of one size can take very different times
 * @throws RejectedJson when parsing would lose something, or takes more work; SyntaxError for malformed text
 */
export function parseJson(text: string, maxWork = MAX_REQUEST_WORK): Json {
  return parse(text, rawText, maxWork);
}

/** The most that a request may have, so that each step of its work takes up to 50 ms. */
const MAX_REQUEST_WORK = 250_000;

/**
 * Parses JSON that the service or PostgreSQL wrote. jsonb has no exponents: a number with an exponent was a double
 * before it was written, and is read as a double.
 */
export function parseStoredJson(text: string): Json {
  return parse(text, storedRawText, null);
}

/** Well-formed JSON that is not accepted: `path` leads from the root of the text to the place that has the problem. */
export class RejectedJson extends Error {
  readonly path: string[];
  readonly problem: string;

  constructor(path: string[], problem: string) {
    super(`${shownPath(path) || 'the JSON'} ${problem}`);
    this.name = 'RejectedJson';
    this.path = path;
    this.problem = problem;
  }
}

/** A path as messages show it. It may have 100,000 keys. */
export const shownPath = (path: readonly string[]): string =>
  path.slice(0, PATH_SHOWN).join('.').slice(0, PATH_SHOWN);

const PATH_SHOWN = 500;

/** JSON with more values and keys than are accepted. */
export class TooMuchJson extends RejectedJson {
  constructor(maxWork: number) {
    super(
      [],
      `has more than ${maxWork} values and keys; a number that JavaScript would write differently counts as 10, or 41 with an exponent, a key that is not in the request before as 8, and a key with an escape as 18 more. Send less at once`,
    );
  }
}

/** Like rawText, for a number of stored JSON. */
export const storedRawText: DigitsOf = (literal) => (/[eE]/.test(literal) ? null : rawText(literal));

/** @param maxWork null for stored JSON, which was checked before */
function parse(text: string, digitsOf: DigitsOf, maxWork: number | null): Json {
  const { members, special, work } = scanJson(text, maxWork ?? undefined);
  if (maxWork !== null && work > maxWork) throw new TooMuchJson(maxWork);
  const rejectsDuplicates = maxWork !== null;
  if (special.length === 0) {
    const value: Json = JSON.parse(text);
    if (rejectsDuplicates) checkMembers(value, members, text);
    return value;
  }
  try {
    const mark = newMark();
    const value: Json = JSON.parse(markedText(text, special, mark, digitsOf));
    if (rejectsDuplicates) checkMembers(value, members, text);
    return unmarked(value, mark);
  } catch (error) {
    // That error describes the marked text; parsing the original text throws the right one.
    if (error instanceof SyntaxError) JSON.parse(text);
    throw error;
  }
}

/**
 * Rejects objects with duplicate keys. A parsed object has each key once, so fewer keys than in the text mean a
 * duplicate.
 */
function checkMembers(value: Json, members: number, text: string): void {
  if (members < 2) return;
  let count = 0;
  eachHolder(value, (holder) => {
    if (!Array.isArray(holder)) for (const _ in holder) count += 1;
  });
  if (count < members)
    throw new RejectedJson(duplicateKeyPath(text) ?? [], 'is twice in its object; send each key once');
}
