import type pg from 'pg';

/**
 * A statement that each connection prepares once. If its text depends on the selection, there may be many texts, and
 * each takes memory on every connection: after PREPARED_AT_MOST texts, further ones are planned at each call, as are
 * long ones.
 */
export function prepared(text: string, values: unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined && names.size < PREPARED_AT_MOST && text.length <= LENGTH_AT_MOST) {
    name = `prepared-${names.size}`;
    names.set(text, name);
  }
  return { name, text, values };
}

const PREPARED_AT_MOST = 200;
/** Several times the length for a product with all its nested fields. */
const LENGTH_AT_MOST = 20_000;
const names = new Map<string, string>();
