import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { isRawNumber, numericText, readNumber } from '../../json/number.ts';
import type { Binding } from '../bindings/binding-model.ts';
import { type JsonRules, maskJson } from './mask-json.ts';
import { isLiteralSecret, type Secrets, secretsOf } from './secrets.ts';
import { createTextMask, MASK, type TextMask } from './text-mask.ts';

/** Masks a script host's response, in which a run's secrets may occur anywhere and in any form. */
export type AnswerMask = {
  json(value: Json): Json;
  text: TextMask;
  /** The rules of `json`, for text that may be JSON (maskText). */
  rules: JsonRules;
};

/** The mask of a run's responses by its bindings, with the values of named secrets in them. */
export type AnswerMaskOf = (bindings: readonly Binding[]) => AnswerMask;

/**
 * @param service the process's own secrets (service-secrets.ts), which every mask masks. Runs without secrets of their own
 *   share one mask, because making one takes longer than most scripts' responses do to mask.
 */
export function createAnswerMaskOf(service: readonly string[]): AnswerMaskOf {
  const shared = createAnswerMask(secretsOf([], service));
  return (bindings) =>
    bindings.some(isLiteralSecret) ? createAnswerMask(secretsOf(bindings, service)) : shared;
}

export function createAnswerMask(secrets: Secrets): AnswerMask {
  const text = createTextMask(secrets.texts);
  const keys = new Set(secrets.keys);
  const numbers = numbersOf(secrets.texts);
  const containers = containersOf(secrets.byInput.values());
  const rules: JsonRules = {
    isSecret: (value) => {
      const alike = containers.size > 0 ? containers.get(shapeOf(value)) : undefined;
      return alike?.has(canonical(value)) ?? false;
    },
    isSecretMember: ({ secret, inputKey }, key, value) => {
      // The host may send back the bindings or the inputs of its request.
      if (key === 'value' && secret === true && secrets.byInput.has(String(inputKey))) return true;
      return secrets.byInput.has(key) && isDeepStrictEqual(secrets.byInput.get(key), value);
    },
    key: (key) => (keys.has(key) ? MASK : text(key)),
    text: (value) => (keys.has(value) ? MASK : text(value)),
    jsonText: (json) => text(json),
    isSecretNumber: (number) => numbers.size > 0 && numbers.has(numericText(readNumber(number))),
  };
  const hasNone = secrets.texts.length === 0 && secrets.byInput.size === 0;
  return { json: (value) => (hasNone ? value : maskJson(value, rules)), text, rules };
}

const ZEROS_AT_START = /(?<=^-?)0+(?=\d)/;

/** The secrets that a host may send back as a number. */
function numbersOf(texts: readonly string[]): Set<string> {
  const numbers = texts.filter((text) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text));
  return new Set(numbers.map((text) => numericText(readNumber(text.replace(ZEROS_AT_START, '')))));
}

/**
 * The lists and objects within secrets, as canonical texts, by their shape. Empty ones are left out, because they
 * reveal nothing.
 */
function containersOf(values: Iterable<Json>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (value: Json): void => {
    if (typeof value !== 'object' || value === null || isRawNumber(value)) return;
    const children = Object.values(value);
    if (children.length === 0) return;
    const shape = shapeOf(value);
    found.set(shape, (found.get(shape) ?? new Set()).add(canonical(value)));
    children.forEach(add);
  };
  for (const value of values) add(value);
  return found;
}

const shapeOf = (value: Json[] | JsonObject): string =>
  Array.isArray(value) ? `[${value.length}` : `{${Object.keys(value).sort().join('\0')}`;

const canonical = (value: Json): string =>
  JSON.stringify(value, (_, child: unknown) =>
    isJsonObject(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
