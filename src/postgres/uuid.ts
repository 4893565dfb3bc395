/**
 * Whether a text is a UUID as the API writes them. Every id from a caller must be checked first: a malformed id would
 * fail the whole PostgreSQL statement, but callers expect it to be treated as unknown.
 */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A placeholder for an id that is not assigned yet. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

/** The smallest version 7 id that is made at this time, in milliseconds. */
export function smallestIdAt(timeMs: number): string {
  const ms = Math.min(Math.max(Math.floor(timeMs), 0), 2 ** 48 - 1);
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
