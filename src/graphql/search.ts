import { ServiceError } from '../errors.ts';
import { textMistake } from '../json/limits.ts';

/** A search text as a condition on what contains it, whatever its case; undefined where none was given. */
export function searchFor(search: string | null | undefined) {
  return search ? { contains: literal(search), mode: 'insensitive' as const } : undefined;
}

/** As searchFor, on what begins with it in this very case, which an index serves. */
export function searchPrefix(search: string | null | undefined) {
  return search ? { startsWith: literal(search) } : undefined;
}

/**
 * The text with no character in it a wildcard.
 * @throws ServiceError BAD_REQUEST on text that cannot be stored, and so not be found.
 */
function literal(search: string): string {
  const mistake =
    search.length > LENGTH_AT_MOST ? `is longer than ${LENGTH_AT_MOST} characters` : textMistake(search);
  if (mistake) throw new ServiceError('BAD_REQUEST', `search ${mistake}.`);
  return search.replace(/[\\%_]/g, '\\$&');
}

const LENGTH_AT_MOST = 200;
