import type pg from 'pg';

/**
 * A statement that each connection prepares once. Those whose text depends on what is selected may become many or long, and
 * each takes memory on every connection: once PREPARED_AT_MOST are known, others are planned at each call, as long ones are.
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
/** Several times that of a product with everything that hangs from it. */
const LENGTH_AT_MOST = 20_000;
const names = new Map<string, string>();
