import type { Json } from './json.ts';

/**
 * Reads JSON text and refuses every number that would change on the way: integers beyond 2^53, overflow, and
 * decimals with more digits than a double keeps. Throws InexactNumberError for those, SyntaxError for malformed text.
 */
export function parseJson(text: string): Json {
  if (!MAY_BE_INEXACT.test(text)) return JSON.parse(text);
  let first: Found | undefined;
  const root = reviveJson(text, function (key, value, context) {
    if (typeof value === 'number' && context.source !== undefined && !isExact(context.source, value)) {
      first ??= { holder: this, key, source: context.source };
    }
    return value;
  });
  if (first) throw new InexactNumberError(pathTo(root, first), first.source);
  return root;
}

/** A number that no double holds. `path` leads to it from the root of the text. */
export class InexactNumberError extends Error {
  readonly path: string[];

  constructor(path: string[], source: string) {
    const shown = source.length > 40 ? `${source.slice(0, 40)}…` : source;
    super(`${path.join('.') || 'the number'}: ${shown} cannot be kept exactly; send it as a string`);
    this.name = 'InexactNumberError';
    this.path = path;
  }
}

// Up to 15 digits survive a double, so only literals of 16 characters, or with an exponent of two digits, need a look.
const MAY_BE_INEXACT = /(?:^|[[:,\s])-?(?:[\d.]{16}|\d[\d.]*[eE][+-]?\d\d)/;

type Found = { holder: unknown; key: string; source: string };
type Reviver = (this: unknown, key: string, value: Json, context: { source?: string }) => Json;

function reviveJson(text: string, reviver: Reviver): Json {
  try {
    return JSON.parse(text, reviver as Parameters<typeof JSON.parse>[1]);
  } catch (error) {
    // The reviver walks by recursion where plain parsing does not.
    if (error instanceof RangeError) throw new SyntaxError('the JSON is nested too deeply');
    throw error;
  }
}

function isExact(source: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  return significant(source) === significant(String(value));
}

/** The number's digits and exponent in one spelling, so that 1.50e1 and 15 compare equal. The sign is left out. */
function significant(literal: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  if (end === 0) return '0';
  return `${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}

const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** Searches by identity, because a reviver knows the holder of a value but not the way to it. Linear in the value. */
function pathTo(root: Json, { holder, key }: Found): string[] {
  const open: Place[] = [{ value: root, key: '', above: null }];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.value === holder) return [...keysTo(at), key];
    if (typeof at.value !== 'object' || at.value === null) continue;
    for (const [below, value] of Object.entries(at.value)) {
      if (typeof value === 'object' && value !== null) open.push({ value, key: below, above: at });
    }
  }
  return []; // The number is the whole text.
}

type Place = { value: Json; key: string; above: Place | null };

function keysTo(place: Place): string[] {
  const keys: string[] = [];
  for (let at = place; at.above; at = at.above) keys.push(at.key);
  return keys.reverse();
}
