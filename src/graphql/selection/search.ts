import { ServiceError } from '../../errors.ts';
import { textMistake } from '../../json/json-limits.ts';

/**
 * Matches rows that contain the search text in any of these columns, ignoring case; matches all rows without a search
 * text.
 */
export function searchFor(search: string | null | undefined, columns: readonly string[]) {
  if (!search) return {};
  const contains = literal(search);
  return { OR: columns.map((column) => ({ [column]: { contains, mode: 'insensitive' } })) };
}

/** Matches rows whose column begins with the search text. It is case-sensitive, so that an index can be used. */
export const searchPrefix = (search: string | null | undefined, column: string) =>
  search ? { [column]: { startsWith: literal(search) } } : {};

/**
 * Escapes the wildcards in a text.
 * @throws ServiceError BAD_REQUEST on text that PostgreSQL cannot store, and therefore cannot find.
 */
function literal(search: string): string {
  const mistake =
    search.length > LENGTH_AT_MOST ? `is longer than ${LENGTH_AT_MOST} characters` : textMistake(search);
  if (mistake) throw new ServiceError('BAD_REQUEST', `search ${mistake}.`);
  return search.replace(/[\\%_]/g, '\\$&');
}

const LENGTH_AT_MOST = 200;
