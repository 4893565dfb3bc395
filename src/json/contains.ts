import { isJsonObject, type Json } from './json.ts';
import { isRawNumber, numericText, type RawNumber } from './number.ts';

/**
 * Whether an object contains another, like jsonb @> of PostgreSQL: it has each key of the part, with a value that
 * contains the part's. A list contains another when each item of the other is contained in one of its items, in any
 * order. Null when the answer would take more than `steps` comparisons, because lists within lists are compared each
 * with each.
 */
export function containsWithin(value: Json, part: Json, steps: number): boolean | null {
  const left = { steps };
  const isContained = contains(value, part, left);
  return left.steps < 0 ? null : isContained;
}

function contains(value: Json, part: Json, left: { steps: number }): boolean {
  left.steps -= 1;
  if (left.steps < 0) return false;
  if (Array.isArray(part))
    return Array.isArray(value) && part.every((item) => value.some((one) => contains(one, item, left)));
  if (isNumber(part)) return isNumber(value) && numericText(value) === numericText(part);
  if (!isJsonObject(part)) return value === part;
  if (!isJsonObject(value)) return false;
  for (const key of Object.keys(part))
    if (!Object.hasOwn(value, key) || !contains(value[key]!, part[key]!, left)) return false;
  return true;
}

const isNumber = (value: Json): value is number | RawNumber =>
  typeof value === 'number' || isRawNumber(value);
