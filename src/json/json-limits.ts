import { isRawNumber, MAX_NUMBER_DIGITS, numberText, storedNumber } from './number.ts';

/** The most levels of nested containers. Prisma, pg and the runner all carry this depth without trouble. */
export const MAX_JSON_DEPTH = 32;
/** The largest serialized value, in bytes of UTF-8, with numbers as they are stored. */
export const MAX_JSON_BYTES = 256 * 1024;

/**
 * The most levels that are walked, which recursion can handle. Up to here, jsonMistakes says where MAX_JSON_DEPTH is
 * exceeded.
 */
export const MAX_WALKED_DEPTH = 1_000;

/**
 * Whether lists and objects are nested in more than `levels` levels. Safe on values of any depth, and linear in their
 * size.
 */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let [level, depth]: [object[], number] = [isContainer(value) ? [value] : [], 0];
  for (; level.length > 0 && depth <= levels; depth += 1) {
    const below: object[] = [];
    const look = (child: unknown) => {
      if (isContainer(child)) below.push(child);
    };
    for (const holder of level)
      if (Array.isArray(holder)) holder.forEach(look);
      else for (const key in holder) look((holder as Record<string, unknown>)[key]);
    level = below;
  }
  return depth > levels;
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !isRawNumber(value);

export type JsonMistake = { path: string[]; message: string; tooLarge?: true };

/**
 * Finds the reasons why a value cannot be stored and returned unchanged: depth, size, NUL, lone surrogates, the key
 * __proto__, -0 and numbers of more than MAX_NUMBER_DIGITS. Paths lead from the value, with long keys shortened; the
 * first 20 mistakes are reported. Safe on values of any depth, and linear in their size.
 */
export function jsonMistakes(value: unknown, maxBytes: number = MAX_JSON_BYTES): JsonMistake[] {
  const mistakes: JsonMistake[] = [];
  walk(value, [], mistakes);
  if (mistakes.length > 0) return mistakes;
  const bytes = jsonBytes(value);
  if (bytes <= maxBytes) return [];
  return [
    { path: [], message: `is ${bytes} bytes of JSON; at most ${maxBytes} are allowed`, tooLarge: true },
  ];
}

/** The size of a value as MAX_JSON_BYTES counts it. */
const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Explains why a text cannot be stored and returned unchanged; null when it can. */
export function textMistake(text: string): string | null {
  if (text.includes('\0')) return 'holds a NUL character, which PostgreSQL cannot store; remove it';
  if (!text.isWellFormed()) return 'holds half of a surrogate pair; send whole characters';
  return null;
}

const MOST_MISTAKES = 20;

function walk(value: unknown, path: string[], mistakes: JsonMistake[]): void {
  if (mistakes.length >= MOST_MISTAKES) return;
  const mistake = ownMistake(value, path.length);
  if (mistake) mistakes.push({ path: [...path], message: mistake });
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      path.push(String(index));
      walk(value[index], path, mistakes);
      path.pop();
    }
  } else if (typeof value === 'object' && value !== null && !isRawNumber(value)) {
    for (const [key, child] of Object.entries(value)) {
      path.push(shownKey(key));
      const keyMistake =
        key === '__proto__' ? 'is a key that would be dropped; choose another' : textMistake(key);
      if (keyMistake) mistakes.push({ path: [...path], message: `the key ${keyMistake}` });
      walk(child, path, mistakes);
      path.pop();
    }
  }
}

function ownMistake(value: unknown, depth: number): string | null {
  switch (typeof value) {
    case 'string':
      return textMistake(value);
    case 'number':
      if (!Number.isFinite(value)) return 'is not a finite number; send it as a string';
      if (Object.is(value, -0)) return 'is -0, which would be stored as 0; send 0';
      return null;
    case 'boolean':
      return null;
    case 'object':
      if (value === null) return null;
      if (isRawNumber(value)) return storedNumber(numberText(value)) === null ? TOO_MANY_DIGITS : null;
      if (depth >= MAX_JSON_DEPTH) return `is nested deeper than ${MAX_JSON_DEPTH} levels; flatten it`;
      return Array.isArray(value) || isPlain(value) ? null : 'is not a JSON value';
    default:
      return 'is not a JSON value';
  }
}

const TOO_MANY_DIGITS = `has more than ${MAX_NUMBER_DIGITS} digits, written without an exponent; send it as a string`;

const KEY_SHOWN = 200;

/** Shortens a key: a key of megabytes must not appear in each of twenty messages. */
const shownKey = (key: string) =>
  (key.length > KEY_SHOWN ? `${key.slice(0, KEY_SHOWN)}…` : key).toWellFormed();

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
