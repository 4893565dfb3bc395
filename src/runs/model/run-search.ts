/** The text that a search looks for, and the beginning of an id that it may be. */
export type RunSearch = { text: string; idPrefix: string | null };

/** Reads the search of a filter; null where it is blank, and thus no condition. */
export function runSearch(search: string | null | undefined): RunSearch | null {
  const text = search?.trim();
  if (!text) return null;
  const lower = text.toLowerCase();
  const isPrefix = lower.length >= PREFIX_AT_LEAST && shape(lower) === LEAST_ID.slice(0, lower.length);
  return { text, idPrefix: isPrefix ? lower : null };
}

/** The smallest and the greatest id that begins with this prefix. */
export const idsFrom = (prefix: string): [least: string, greatest: string] => [
  prefix + LEAST_ID.slice(prefix.length),
  prefix + GREATEST_ID.slice(prefix.length),
];

const shape = (text: string) => text.replace(/[0-9a-f]/g, '0');

/** A shorter text would match the runs of days, because an id begins with its time: 8 digits are those of about a minute. */
export const PREFIX_AT_LEAST = 8;
const LEAST_ID = '00000000-0000-0000-0000-000000000000';
const GREATEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
