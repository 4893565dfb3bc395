import type { Json } from '../json.ts';
import type { Check, CheckRun, Seen } from './check-run.ts';
import { canonicalText } from './equality.ts';
import { countIn, type Keyword, type KeywordPlace, mistake, schemasIn } from './keyword.ts';
import { counted } from './keywords-of-values.ts';

/** A check of arrays; other values fit. */
const ofArrays =
  (check: (value: Json[], run: CheckRun, seen: Seen | null) => boolean): Check =>
  (value, run, seen) =>
    !Array.isArray(value) || check(value, run, seen);

const prefixItems: Keyword = (place) => {
  const checks = schemasIn(place).map((schema, index) => place.subschema(schema, index));
  return ofArrays((array, run, seen) => {
    const count = Math.min(array.length, checks.length);
    run.spend(count);
    if (seen) seen.itemsBefore = Math.max(seen.itemsBefore, count);
    let fits = true;
    for (let index = 0; index < count; index += 1) {
      if (run.within(index, checks[index]!, array[index]!)) continue;
      fits = false;
      if (run.isDone) return false;
    }
    return fits;
  });
};

const items: Keyword = (place) => {
  if (Array.isArray(place.value))
    throw mistake(place, 'must be a schema; for a schema for each place, use prefixItems');
  const check = place.subschema(place.value);
  const { prefixItems: prefix } = place.schema;
  const from = Array.isArray(prefix) ? prefix.length : 0;
  return eachItem(check, from, () => false);
};

const unevaluatedItems: Keyword = (place) =>
  eachItem(
    place.subschema(place.value),
    0,
    (index, seen) => seen !== null && (index < seen.itemsBefore || seen.items.has(index)),
  );

/** Checks all items except the skipped ones, and marks all items as evaluated. */
function eachItem(check: Check, from: number, skips: (index: number, seen: Seen | null) => boolean): Check {
  return ofArrays((array, run, seen) => {
    let fits = true;
    for (let index = from; index < array.length; index += 1) {
      run.spend(1);
      if (skips(index, seen) || run.within(index, check, array[index]!)) continue;
      fits = false;
      if (run.isDone) return false;
    }
    if (seen) seen.itemsBefore = array.length;
    return fits;
  });
}

const contains: Keyword = (place) => {
  const check = place.subschema(place.value);
  const least = countBeside(place, 'minContains') ?? 1;
  const most = countBeside(place, 'maxContains') ?? Number.POSITIVE_INFINITY;
  return ofArrays((array, run, seen) => {
    let found = 0;
    for (const [index, item] of array.entries()) {
      run.spend(1);
      if (!run.silently(check, item, null)) continue;
      found += 1;
      if (seen) seen.items.add(index);
      else if (found >= least && most === Number.POSITIVE_INFINITY) break;
    }
    if (found < least)
      return run.fail(`must contain at least ${counted(least, 'item')} that "contains" describes`);
    return (
      found <= most || run.fail(`must contain at most ${counted(most, 'item')} that "contains" describes`)
    );
  });
};

function countBeside(place: KeywordPlace, name: string): number | null {
  const value = place.schema[name];
  return value === undefined ? null : countIn({ ...place, value });
}

/** minContains and maxContains, which `contains` applies. Their values are validated even without `contains`. */
const countOnly: Keyword = (place) => {
  countIn(place);
  return null;
};

const minItems: Keyword = (place) => {
  const limit = countIn(place);
  const message = `must have at least ${counted(limit, 'item')}`;
  return ofArrays((array, run) => array.length >= limit || run.fail(message));
};

const maxItems: Keyword = (place) => {
  const limit = countIn(place);
  const message = `must have at most ${counted(limit, 'item')}`;
  return ofArrays((array, run) => array.length <= limit || run.fail(message));
};

const uniqueItems: Keyword = (place) => {
  if (typeof place.value !== 'boolean') throw mistake(place, 'must be true or false');
  if (!place.value) return null;
  return ofArrays((array, run) => {
    const places = new Map<string, number>();
    for (const [index, item] of array.entries()) {
      const text = canonicalText(item, run.spend);
      const first = places.get(text);
      if (first !== undefined) {
        return run.fail(
          `must not have an item twice; the items ${first} and ${index} (counted from 0) are equal`,
        );
      }
      places.set(text, index);
    }
    return true;
  });
};

export const KEYWORDS_OF_ARRAYS: Record<string, Keyword> = {
  prefixItems,
  items,
  contains,
  minContains: countOnly,
  maxContains: countOnly,
  minItems,
  maxItems,
  uniqueItems,
  unevaluatedItems,
};
