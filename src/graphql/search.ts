import type { Conditions } from '../db/row-list.ts';
import { ServiceError } from '../errors.ts';
import { textMistake } from '../json/limits.ts';

/** What contains a search text in any of these columns, whatever its case; all where none was given. */
export function searchFor(search: string | null | undefined, columns: readonly string[]): Conditions {
  if (!search) return () => [];
  const pattern = `%${literal(search)}%`;
  return (bind) => {
    const place = bind(pattern);
    return [`(${columns.map((column) => `${column} ilike ${place}`).join(' or ')})`];
  };
}

/** What begins with it in this very case, which an index serves. */
export function searchPrefix(search: string | null | undefined, column: string): Conditions {
  if (!search) return () => [];
  const pattern = `${literal(search)}%`;
  return (bind) => [`${column} like ${bind(pattern)}`];
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
