import { createHash } from 'node:crypto';
import { rest } from '../../async/own-turn.ts';
import { isJsonObject } from '../../json/json.ts';
import { isRawNumber, numericText } from '../../json/number.ts';

/**
 * The SHA-256 of a request as it was received. It distinguishes a repeat under an idempotency key from another
 * request. The order of an object's keys, null instead of a missing field, and the spelling of a number (1.50 for
 * 1.5) do not change it. Safe on values of any depth.
 */
export function requestHash(request: object): Buffer {
  const hash = createHash('sha256');
  for (const piece of canonicalJson(request)) hash.update(piece);
  return hash.digest();
}

/** Like requestHash, for a large request, whose hash takes longer than one turn of the event loop should. */
export async function largeRequestHash(request: object): Promise<Buffer> {
  const hash = createHash('sha256');
  for (const piece of canonicalJson(request)) {
    hash.update(piece);
    await rest();
  }
  return hash.digest();
}

/** A list or an object that is being written; `next` is the index of the item or key to write. */
type Open = { holder: unknown[] | { [key: string]: unknown }; keys: string[] | null; next: number };

/** Yields the text in pieces: one text of megabytes, made of short ones, takes several times as long. */
function* canonicalJson(request: object): Generator<string> {
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value != null));
  let text = '';
  const open: Open[] = [];
  const write = (value: unknown) => {
    if (Array.isArray(value)) {
      text += '[';
      open.push({ holder: value, keys: null, next: 0 });
    } else if (isJsonObject(value) && !(value instanceof Date)) {
      text += '{';
      const keys = Object.keys(value).filter((key) => value[key] !== undefined);
      open.push({ holder: value, keys: keys.sort(), next: 0 });
    } else if (isRawNumber(value)) text += numericText(value);
    else text += typeof value === 'number' ? String(value) : JSON.stringify(value ?? null);
  };
  write(given);
  for (let at = open.at(-1); at; at = open.at(-1)) {
    if (text.length > PIECE) {
      yield text;
      text = '';
    }
    const place = at.next++;
    const { holder, keys } = at;
    if (place === (keys ?? (holder as unknown[])).length) {
      open.pop();
      text += keys ? '}' : ']';
      continue;
    }
    if (place > 0) text += ',';
    if (keys) text += `${JSON.stringify(keys[place])}:`;
    write(keys ? (holder as { [key: string]: unknown })[keys[place]!] : (holder as unknown[])[place]);
  }
  yield text;
}

const PIECE = 16 * 1024;
