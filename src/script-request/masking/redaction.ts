import { isJsonObject, type Json } from '../../json/json.ts';
import { type JsonRules, maskText } from './mask-json.ts';
import { leafText } from './secrets.ts';
import { MASK } from './text-mask.ts';

/**
 * The start of a JSON value as text, with values masked whose name is typical for a secret. Ends soon after `length`
 * characters, so that a large value costs no more than a small one.
 */
export function redactedJson(value: Json, length: number): string {
  let text = '';
  const write = (child: Json): void => {
    const number = typeof child === 'string' ? null : leafText(child);
    if (number !== null) text += number;
    else if (Array.isArray(child)) writeList(child);
    else if (isJsonObject(child)) writeObject(child);
    else if (typeof child === 'string') text += JSON.stringify(maskNamed(child.slice(0, length)));
    else text += String(child);
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
      text += `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`;
      const child = object[key] as Json;
      if (child !== null && SECRET_NAME.test(key)) text += `"${MASK}"`;
      else write(child);
    }
    text += '}';
  };
  write(value);
  return text;
}

/**
 * Masks values with such names in a text that need not be JSON, such as a response: `token=…`, `"password": "…"`,
 * `Bearer …`. All other characters stay as they are.
 */
export const redactedText = (text: string): string => maskText(text, BY_NAME);

const NAME =
  'pass(?:word|wd|phrase|code)|secret|token|authorization|api[-_]?key|private[-_]?key|credential|cookie|session|(?<!dis)card|cvv|cvc|iban';
const SECRET_NAME = new RegExp(NAME, 'i');
const NAMED_VALUE = new RegExp(
  `((?:${NAME})[\\w-]{0,40}\\\\?["']?\\s{0,8}[:=]\\s{0,8})(?!${MASK})(?:\\\\?"[^"]*"?|'[^']*'?|[^\\s,;&}\\]]+)`,
  'gi',
);
const BEARER = /\b((?:bearer|basic)\s{1,8})[\w.~+/=-]+/gi;

const BY_NAME: JsonRules = {
  isSecret: () => false,
  isSecretMember: (_, key, value) => value !== null && SECRET_NAME.test(key),
  key: (key) => key,
  text: maskNamed,
  isSecretNumber: () => false,
  jsonText: (text) => text,
};

function maskNamed(text: string): string {
  // Most leaves are a word or a number, and neither pattern matches within one.
  if (!/[:=\s]/.test(text)) return text;
  return text.replace(BEARER, `$1${MASK}`).replace(NAMED_VALUE, `$1${MASK}`);
}
