import { isJsonObject, type Json } from '../json/json.ts';
import { MASK, textMask } from './secrets.ts';

/**
 * The start of a JSON value as text, what goes by a secret's name or is a secret's value masked. Ends soon after
 * `length` characters, so that a large value costs no more than a small one.
 */
export function redactedJson(value: Json, secrets: readonly string[], length: number): string {
  const mask = textMask(secrets);
  let text = '';
  const write = (child: Json): void => {
    if (Array.isArray(child)) writeList(child);
    else if (isJsonObject(child)) writeObject(child);
    // Masked whole before it is cut, or a secret across the cut would leave its first half.
    else if (typeof child === 'string') text += JSON.stringify(maskNamed(mask(child).slice(0, length)));
    else text += mask(String(child)) === MASK ? `"${MASK}"` : String(child);
  };
  const writeList = (list: Json[]): void => {
    text += '[';
    for (const [index, item] of list.entries()) {
      if (text.length >= length) return;
      if (index > 0) text += ',';
      write(item);
    }
    text += ']';
  };
  const writeObject = (object: { [key: string]: Json }): void => {
    text += '{';
    for (const [index, key] of Object.keys(object).entries()) {
      if (text.length >= length) return;
      text += `${index > 0 ? ',' : ''}${JSON.stringify(mask(key))}:`;
      const child = object[key] as Json;
      if (child !== null && SECRET_NAME.test(key)) text += `"${MASK}"`;
      else write(child);
    }
    text += '}';
  };
  write(value);
  return text;
}

/** Free text, such as an answer that is not JSON, with the same masked: `token=…`, `"password": "…"`, `Bearer …`. */
export function redactedText(text: string, secrets: readonly string[]): string {
  return maskNamed(textMask(secrets)(text));
}

const NAME =
  'pass(?:word|wd|phrase|code)|secret|token|authorization|api[-_]?key|private[-_]?key|credential|cookie|session|(?<!dis)card|cvv|cvc|iban';
const SECRET_NAME = new RegExp(NAME, 'i');
const NAMED_VALUE = new RegExp(
  `((?:${NAME})[\\w-]{0,40}\\\\?["']?\\s{0,8}[:=]\\s{0,8})(?!${MASK})(?:\\\\?"[^"]*"?|'[^']*'?|[^\\s,;&}\\]]+)`,
  'gi',
);
const BEARER = /\b((?:bearer|basic)\s{1,8})[\w.~+/=-]+/gi;

function maskNamed(text: string): string {
  // Most leaves are a word or a number, and neither pattern matches within one.
  if (!/[:=\s]/.test(text)) return text;
  return text.replace(BEARER, `$1${MASK}`).replace(NAMED_VALUE, `$1${MASK}`);
}
