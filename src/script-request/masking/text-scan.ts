/** Calls `found` for the longest pattern at each index where a pattern matches. Matches may overlap. */
export type Scan = (text: string, found: (start: number, pattern: string) => void) => void;

/** Patterns shorter than this many characters are not searched for. */
export const SHORTEST_PATTERN = 4;

/** Searches a text for any number of patterns in one pass. */
export function scanFor(patterns: Iterable<string>): Scan {
  const byStart = new Map<string, string[]>();
  const mayStart = new Uint8Array(4096);
  for (const pattern of new Set(patterns)) {
    if (pattern.length < SHORTEST_PATTERN) continue;
    const start = pattern.slice(0, SHORTEST_PATTERN);
    const list = byStart.get(start) ?? [];
    list.push(pattern);
    byStart.set(start, list);
    mayStart[pairAt(pattern, 0)] = 1;
  }
  for (const list of byStart.values()) list.sort((a, b) => b.length - a.length);

  return (text, found) => {
    const last = text.length - SHORTEST_PATTERN;
    for (let place = 0; place <= last; place += 1) {
      if (mayStart[pairAt(text, place)] === 0) continue;
      const list = byStart.get(text.slice(place, place + SHORTEST_PATTERN));
      // Compares whole words at once, which startsWith does not.
      const pattern = list?.find((one) => text.slice(place, place + one.length) === one);
      if (pattern !== undefined) found(place, pattern);
    }
  };
}

/** A hash of two characters, by which most indexes are skipped. */
const pairAt = (text: string, place: number): number =>
  ((text.charCodeAt(place) << 6) ^ text.charCodeAt(place + 1)) & 4095;
