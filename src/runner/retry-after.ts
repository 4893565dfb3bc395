/** The seconds that a Retry-After header asks for, given as seconds or as an HTTP-date; undefined where it says neither. */
export function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text);
  // Date.parse takes much that is no HTTP-date, such as "-5" or "1 apple".
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, (time - now.getTime()) / 1_000);
}
