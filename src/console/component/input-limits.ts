import { ExactNumber, parseExactly } from '../api/exact-numbers.ts';
import type { Limit, Schema } from './input-kinds.ts';

/** Sets a keyword; undefined removes it. */
export function withKeyword(schema: Schema, keyword: string, value: unknown): Schema {
  if (value !== undefined) return { ...schema, [keyword]: value };
  const { [keyword]: _, ...others } = schema;
  return others;
}

export const textAt = (schema: Schema, keyword: string): string =>
  typeof schema[keyword] === 'string' ? schema[keyword] : '';

/** A limit as its field shows it, with every digit. Text that is no limit is shown as it was typed. */
export function limitAt(schema: Schema, { keyword }: Limit): string {
  const value = schema[keyword];
  return typeof value === 'number' || value instanceof ExactNumber
    ? JSON.stringify(value)
    : textAt(schema, keyword);
}

/** Stores what was typed as a limit, for the time being also where it is none. */
export function withLimit(schema: Schema, { keyword, isWhole }: Limit, typed: string): Schema {
  const text = typed.trim();
  const isLimit = (isWhole ? WHOLE : NUMBER).test(text);
  return withKeyword(schema, keyword, isLimit ? parseExactly(text) : text || undefined);
}

const WHOLE = /^(0|[1-9]\d{0,8})$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i;

/** The mistakes in the limits of an input. */
export function limitMistakes(schema: Schema, [least, most]: readonly [Limit, Limit]) {
  const mistakes: { least?: string; most?: string } = {};
  const isTyped = ({ keyword }: Limit) => typeof schema[keyword] === 'string';
  if (isTyped(least)) mistakes.least = mistakeOf(least);
  if (isTyped(most)) mistakes.most = mistakeOf(most);
  const [low, high] = [limitAt(schema, least), limitAt(schema, most)];
  if (low !== '' && high !== '' && Number(low) > Number(high))
    mistakes.most = 'Nothing is between these limits.';
  return mistakes;
}

const mistakeOf = ({ isWhole }: Limit) =>
  isWhole ? 'Enter a whole number.' : 'Enter a number, such as 0.5.';
