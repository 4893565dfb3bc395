import type { Json } from './json.ts';
import { isRawNumber } from './number.ts';

/** A list or an object. */
export type Holder = Json[] | { [key: string]: Json };

/**
 * Calls `visit` for each list and object within a parsed value, at any depth and without recursion. Values that the
 * callback inserts are not visited.
 */
export function eachHolder(value: Json, visit: (holder: Holder) => void): void {
  const open: Holder[] = isHolder(value) ? [value] : [];
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    if (Array.isArray(holder)) {
      for (const item of holder) if (isHolder(item)) open.push(item);
    } else {
      for (const key in holder) {
        const child = holder[key]!;
        if (isHolder(child)) open.push(child);
      }
    }
    visit(holder);
  }
}

/** Dates, decimals and similar objects are not holders. */
function isHolder(value: Json): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || (prototype === null && !isRawNumber(value));
}
