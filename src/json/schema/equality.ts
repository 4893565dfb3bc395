import { isJsonObject, type Json } from '../json.ts';
import { canonicalNumber, isJsonNumber } from './decimal.ts';

/** Called with the size of each part that is read, so that a caller can bound the work. */
export type Spend = (steps: number) => void;

/**
 * Returns the same text for values that JSON Schema calls equal: objects in any order of keys, numbers by their
 * value.
 */
export function canonicalText(value: Json, spend: Spend): string {
  if (typeof value === 'string') {
    spend(NODE + value.length / CHARACTERS_A_STEP);
    return JSON.stringify(value);
  }
  if (isJsonNumber(value)) {
    const text = canonicalNumber(value);
    spend(NODE + text.length / CHARACTERS_A_STEP);
    return text;
  }
  spend(NODE);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, spend)).join()}]`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${canonicalText(key, spend)}:${canonicalText(value[key]!, spend)}`).join()}}`;
}

/** Steps for each value, whose text is made and joined. */
const NODE = 5;
export const CHARACTERS_A_STEP = 32;
