/** Facts about a JSON text, found from its characters before it is parsed. */
export type JsonScan = {
  /** The number of keys in all objects, including duplicates. */
  members: number;
  /** The start of each number that a double may not write back unchanged, and of each key with an escape. */
  special: number[];
  /** The work of parsing the text and of reading the value: 1 for each value and key, and more for special ones. */
  work: number;
};

/** The work of each beyond that of an ordinary value, by the time that it takes. */
const WORK = { number: 9, exponent: 40, newKey: 7, escapedKey: 18 };

/**
 * Scans a JSON text, in linear time and much faster than parsing it. The result for malformed text has no meaning, so
 * the parser must accept the text before the result is relied upon. The scan ends where the work exceeds `maxWork`.
 */
export function scanJson(text: string, maxWork = Number.POSITIVE_INFINITY): JsonScan {
  const special: number[] = [];
  let members = 0;
  let work = 0;
  const isBounded = maxWork !== Number.POSITIVE_INFINITY;
  const keys = new Set<string>();
  let keyStart = 0;
  let keyEnd = 0;
  let nextEscape = text.indexOf('\\');
  for (let at = 0; at < text.length && work <= maxWork; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (nextEscape !== -1 && nextEscape < end) {
        if (isKeyBefore(text, end)) {
          special.push(at);
          work += WORK.escapedKey;
        }
        nextEscape = text.indexOf('\\', end);
      }
      // Malformed: of texts without anything between, there may be millions.
      if (text.charCodeAt(end) === QUOTE) break;
      keyStart = at;
      keyEnd = end;
      at = end;
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      if (end - at > DIGITS_OF_A_DOUBLE || isUnusual(text, at, end)) {
        special.push(at);
        work += EXPONENT.test(text.slice(at, end)) ? WORK.exponent : WORK.number;
      }
      at = end;
    } else {
      if (code === COLON) {
        members += 1;
        if (isBounded && isNew(text.slice(keyStart, keyEnd), keys)) work += WORK.newKey;
        keyStart = keyEnd;
      }
      // Each value follows one of these, and each key is followed by one.
      if (code === COLON || code === COMMA || code === BRACE || code === BRACKET) work += 1;
      at += 1;
    }
  }
  return { members, special, work };
}

/** Whether the key is not among `keys`, to which it is added. Long keys count as new, because comparing them takes time. */
function isNew(key: string, keys: Set<string>): boolean {
  if (key.length > LONG_KEY) return true;
  const before = keys.size;
  return keys.add(key).size > before;
}

/** The index after the string that begins at `start`; the end of the text when the string never ends. */
export function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    const isEscaped = (at - before) % 2 === 0;
    if (!isEscaped) return at + 1;
  }
  return text.length;
}

/** The index after the number that begins at `start`. */
export function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isWithin = (code >= ZERO && code <= NINE) || code === DOT || code === E || code === CAPITAL_E;
    if (!isWithin && code !== MINUS && code !== PLUS) break;
  }
  return at;
}

/** Whether a colon comes next, so that the string that ends here is a key. */
export function isKeyBefore(text: string, end: number): boolean {
  COLON_NEXT.lastIndex = end;
  return COLON_NEXT.test(text);
}

/**
 * A double preserves up to 15 digits, but not zeros at the end of a fraction, and it writes tiny numbers with an
 * exponent.
 */
function isUnusual(text: string, start: number, end: number): boolean {
  let hasDot = false;
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) hasDot = true;
    else if (code < ZERO || code > NINE) return true;
  }
  if (!hasDot) return false;
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  return text.charCodeAt(end - 1) === ZERO || text.startsWith('0.000000', first);
}

const LONG_KEY = 100;
const DIGITS_OF_A_DOUBLE = 15;
const COLON_NEXT = /\s*:/y;
const EXPONENT = /[eE]/;

const codeOf = (character: string) => character.charCodeAt(0);
const QUOTE = codeOf('"');
const BACKSLASH = codeOf('\\');
const COLON = codeOf(':');
const COMMA = codeOf(',');
const BRACE = codeOf('{');
const BRACKET = codeOf('[');
const MINUS = codeOf('-');
const PLUS = codeOf('+');
const DOT = codeOf('.');
const ZERO = codeOf('0');
const NINE = codeOf('9');
const E = codeOf('e');
const CAPITAL_E = codeOf('E');
