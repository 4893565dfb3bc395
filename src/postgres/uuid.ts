/**
 * Whether a text is a UUID as the API writes them. Every id from a caller is asked first: to PostgreSQL a malformed one is
 * an error of the whole statement, to a caller it is an unknown one.
 */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Stands where an id is not given yet. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
