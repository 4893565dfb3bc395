import { LRUCache } from 'lru-cache';
import { type Scan, SHORTEST_PATTERN, scanFor } from './text-scan.ts';
import { placeOf, type View, viewsOf } from './text-views.ts';

/** The text that replaces a secret. */
export const MASK = '••••••';

/**
 * Masks secrets in a text. `cut` means that the text continues beyond its end, where a secret may have been cut in
 * two.
 */
export type TextMask = (text: string, cut?: boolean) => string;

/**
 * Masks texts that are a secret or contain one: as it is, in upper or lower case, escaped for JSON, URLs or HTML, in
 * base64 or in hex. A secret under 4 characters is masked only where it is the whole text, and a number of less than 12
 * digits only where no digits stand beside it: masking them by chance would reveal them.
 */
export function createTextMask(secrets: readonly string[]): TextMask {
  if (secrets.length === 0) return (text) => text;
  const whole = new Set(secrets);
  const within = secrets.filter((secret) => secret.length >= SHORTEST_PATTERN);
  if (within.length === 0) return (text) => (whole.has(text) ? MASK : text);
  const characters = within.reduce((sum, secret) => sum + secret.length, 0);
  // The secrets are too many to search for in every text, so all texts are masked.
  if (within.length > MOST_SECRETS || characters > MOST_CHARACTERS) return () => MASK;

  let search: Search | undefined;
  const longest = Math.max(...within.map((secret) => secret.length)) * LONGEST_ESCAPE;
  return (text, cut = false) => {
    if (whole.has(text)) return MASK;
    search ??= searchFor(within);
    const ranges = text.length < SHORTEST_PATTERN ? [] : secretRanges(text, search);
    if (cut) ranges.push({ start: Math.max(0, text.length - longest), end: text.length });
    return ranges.length === 0 ? text : masked(text, ranges);
  };
}

const MOST_SECRETS = 500;
const MOST_CHARACTERS = 64 * 1024;
/** The most characters that one character of a secret may become, as in \\\\u00e9 within JSON within JSON. */
const LONGEST_ESCAPE = 12;

type Search = {
  plain: Scan;
  base64: Scan;
  /** Short numbers, which are not masked within longer numbers. */
  numbers: ReadonlySet<string>;
};
type Range = { start: number; end: number };

/** The latest searches by their secrets, as JSON. Making one takes longer than most texts do to search. */
const searches = new LRUCache<string, Search>({
  maxSize: 8 * MOST_CHARACTERS,
  sizeCalculation: (_, json) => json.length,
});

function searchFor(secrets: readonly string[]): Search {
  const json = JSON.stringify(secrets);
  const known = searches.get(json);
  if (known) return known;
  const search: Search = {
    plain: scanFor(secrets.flatMap((secret) => [lowered(secret), spaced(lowered(secret)), hexOf(secret)])),
    base64: scanFor(secrets.flatMap(base64Of)),
    numbers: new Set(secrets.filter((secret) => secret.length < LONG_NUMBER && /^-?[\d.]+$/.test(secret))),
  };
  searches.set(json, search);
  return search;
}

function secretRanges(text: string, { plain, base64, numbers }: Search): Range[] {
  const ranges: Range[] = [];
  for (const view of viewsOf(text)) {
    plain(lowered(view.text), (start, pattern) => {
      const end = start + pattern.length;
      if (!numbers.has(pattern) || !isPartOfNumber(view.text, start, end))
        ranges.push(placeOf(view, start, end));
    });
    const alphabet = /[-_]/.test(view.text) ? view.text.replaceAll('-', '+').replaceAll('_', '/') : view.text;
    base64(alphabet, (start, pattern) => ranges.push(base64Range(view, start, start + pattern.length)));
  }
  return ranges;
}

/** The characters beside a match in base64 hold bits of the secret's first and last byte. */
function base64Range(view: View, start: number, end: number): Range {
  const isBase64 = (place: number) => /^[\w+/-]$/.test(view.text[place] ?? '');
  const from = isBase64(start - 1) ? start - 1 : start;
  const to = isBase64(end) ? end + 1 : end;
  return placeOf(view, from, to);
}

const isPartOfNumber = (text: string, start: number, end: number): boolean =>
  /(?:\d|\d\.)$/.test(text.slice(Math.max(0, start - 2), start)) || /^\.?\d/.test(text.slice(end, end + 2));

const LONG_NUMBER = 12;

function masked(text: string, ranges: Range[]): string {
  ranges.sort((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let from = 0;
  let until = 0;
  for (const { start, end } of ranges) {
    if (start >= until) {
      result += text.slice(from, start) + MASK;
      until = end;
    } else until = Math.max(until, end);
    from = until;
  }
  return result + text.slice(from);
}

/** Lowercases ASCII letters; the length stays the same. */
const lowered = (text: string) =>
  /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (part) => part.toLowerCase()) : text;
/** The text as it is in a decoded URL, in which each + became a space. */
const spaced = (text: string) => text.replaceAll('+', ' ');
const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
const hexOf = (text: string) => Buffer.from(text.toWellFormed()).toString('hex');

/** The parts of the secret's base64 that do not depend on the bytes around it, at each of the three offsets. */
function base64Of(secret: string): string[] {
  return [...new Set([secret, escaped(secret)])].flatMap((text) => {
    const bytes = Buffer.from(text.toWellFormed());
    return [0, 1, 2].map((offset) => {
      const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString('base64')
        .replaceAll('=', '');
      const bits = (offset + bytes.length) * 8;
      // Such a short text occurs by chance, unless the base64 ends with the secret.
      const end = bytes.length < FEW_BYTES ? encoded.length : Math.floor(bits / 6);
      return encoded.slice(Math.ceil((offset * 8) / 6), end);
    });
  });
}

const FEW_BYTES = 5;
