/**
 * Whether a text is a UUID as the API writes them. Every id from a caller is asked first: to PostgreSQL a malformed one is
 * an error of the whole statement, to a caller it is an unknown one.
 */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
