import type { Json } from '../../../src/json/json.ts';

/** JSON whose long numbers keep their source text. */
export function parseExactly(text: string): Json {
  const keepLong = (_: string, value: Json, { source }: { source?: string }) =>
    typeof value === 'number' && source && source.length > 15 ? JSON.rawJSON(source) : value;
  return JSON.parse(text, keepLong as Parameters<typeof JSON.parse>[1]);
}
