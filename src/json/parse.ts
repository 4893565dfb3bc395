import { duplicateKeyPath } from './duplicate-key.ts';
import { eachHolder } from './each-holder.ts';
import type { Json } from './json.ts';
import { markedText, newMark, type ReadNumber, unmarked } from './marked-text.ts';
import { readNumber } from './number.ts';
import { scanJson } from './scan.ts';

/**
 * Reads JSON that a client or a script host sent. Numbers keep their digits: one that a double would change is a
 * RawNumber. Throws RefusedJson where something would be lost, SyntaxError for malformed text. Linear in the text.
 */
export function parseJson(text: string): Json {
  return parse(text, readNumber, true);
}

/**
 * Reads JSON that the service has written, or PostgreSQL. jsonb has no exponents: a number with one was a double before it
 * was written, and is read as one.
 */
export function parseStoredJson(text: string): Json {
  return parse(text, readStoredNumber, false);
}

/** Well-formed JSON that is not accepted: `path` leads from the root of the text to the place that has the problem. */
export class RefusedJson extends Error {
  readonly path: string[];
  readonly problem: string;

  constructor(path: string[], problem: string) {
    super(`${path.join('.').slice(0, PATH_SHOWN) || 'the JSON'} ${problem}`);
    this.name = 'RefusedJson';
    this.path = path;
    this.problem = problem;
  }
}

const PATH_SHOWN = 500;

/** How numbers of stored JSON are read. */
export const readStoredNumber: ReadNumber = (literal) =>
  /[eE]/.test(literal) ? Number(literal) : readNumber(literal);

function parse(text: string, read: ReadNumber, refusesDuplicates: boolean): Json {
  const { members, special } = scanJson(text);
  if (special.length === 0) {
    const value: Json = JSON.parse(text);
    if (refusesDuplicates) checkMembers(value, members, text);
    return value;
  }
  try {
    const mark = newMark();
    const value: Json = JSON.parse(markedText(text, special, mark, read));
    if (refusesDuplicates) checkMembers(value, members, text);
    return unmarked(value, mark);
  } catch (error) {
    // Its words are about the marked text.
    if (error instanceof SyntaxError) JSON.parse(text);
    throw error;
  }
}

/** An object that was parsed has each key once: fewer keys than the text has tell of one that was there twice. */
function checkMembers(value: Json, members: number, text: string): void {
  if (members === 0) return;
  let count = 0;
  eachHolder(value, (holder) => {
    if (!Array.isArray(holder)) for (const _ in holder) count += 1;
  });
  if (count < members)
    throw new RefusedJson(duplicateKeyPath(text) ?? [], 'is twice in its object; send each key once');
}
