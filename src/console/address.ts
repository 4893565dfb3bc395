/** The parameters of an address: each name with its text. Pages read their state from it, and write it back. */
export type Address = Readonly<Record<string, string>>;

/** The parameters of a query string. Of a repeated parameter the last one counts. */
export function parseAddress(query: string): Address {
  return Object.fromEntries(new URLSearchParams(query));
}

/** The query string, readable by people: commas, colons, slashes and brackets are legal in it, and stay. */
export function writeAddress(address: Record<string, unknown>): string {
  const pairs = Object.entries(address).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  );
  if (pairs.length === 0) return '';
  return `?${pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
}

const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replace(/%(2C|3A|2F|5B|5D|40)/g, decodeURIComponent);
