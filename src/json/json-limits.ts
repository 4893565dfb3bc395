/** Containers within containers; what Prisma, pg and the runner all carry without trouble. */
export const MAX_JSON_DEPTH = 32;
/** Serialised, in bytes of UTF-8. */
export const MAX_JSON_BYTES = 256 * 1024;

export type JsonMistake = { path: string[]; message: string; tooLarge?: true };

/**
 * What keeps a value from being stored and given back unchanged: depth, size, NUL, lone surrogates, the key
 * __proto__, numbers that a double does not hold. Paths lead from the value; the first 20 mistakes are told.
 * Safe on values of any depth.
 */
export function jsonMistakes(value: unknown, maxBytes: number = MAX_JSON_BYTES): JsonMistake[] {
  const mistakes: JsonMistake[] = [];
  walk(value, [], mistakes);
  if (mistakes.length > 0) return mistakes;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= maxBytes) return [];
  return [{ path: [], message: `is ${bytes} bytes of JSON; at most ${maxBytes} are kept`, tooLarge: true }];
}

/** What keeps a text from being stored and given back unchanged, or null. */
export function textMistake(text: string): string | null {
  if (text.includes('\0')) return 'holds a NUL character, which PostgreSQL cannot keep; leave it out';
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
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      path.push(key.toWellFormed());
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
      if (Number.isInteger(value) && !Number.isSafeInteger(value))
        return 'is an integer beyond 2^53 - 1, which would change; send it as a string';
      return null;
    case 'boolean':
      return null;
    case 'object':
      if (value === null) return null;
      if (depth >= MAX_JSON_DEPTH) return `is nested deeper than ${MAX_JSON_DEPTH} levels; flatten it`;
      return Array.isArray(value) || isPlain(value) ? null : 'is not a JSON value';
    default:
      return 'is not a JSON value';
  }
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
