/**
 * Parses a Retry-After header, given as seconds or as an HTTP-date (RFC 9110, 5.6.7, in any of its three forms).
 * Returns the seconds to wait; 0 for a date that has passed, undefined when the text is neither.
 */
export function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text), LONGEST_SECONDS);
  const time = httpDate(text, now);
  return time === undefined
    ? undefined
    : Math.min(Math.max(0, (time - now.getTime()) / 1_000), LONGEST_SECONDS);
}

/** Ten years. A longer wait is a mistake of the host, and the limit of any retry policy is lower. */
const LONGEST_SECONDS = 315_360_000;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)';
const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  `[a-z]{3}, (?<day>\\d\\d?) (?<month>[a-z]{3}) (?<year>\\d{4}) ${TIME} (?:GMT|UTC)`,
  // Sunday, 06-Nov-94 08:49:37 GMT
  `[a-z]{6,9}, (?<day>\\d\\d?)-(?<month>[a-z]{3})-(?<year>\\d\\d) ${TIME} (?:GMT|UTC)`,
  // Sun Nov  6 08:49:37 1994, which is UTC as well
  `[a-z]{3} (?<month>[a-z]{3}) {1,2}(?<day>\\d\\d?) ${TIME} (?<year>\\d{4})(?: GMT)?`,
].map((form) => new RegExp(`^${form}$`, 'i'));

/** Parses an HTTP-date to milliseconds since 1970; undefined when the text is not an HTTP-date. */
function httpDate(text: string, now: Date): number | undefined {
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    if (!parts) continue;
    const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second].map(Number);
    const month = MONTHS.indexOf(parts.month!.toLowerCase());
    const year = parts.year!.length === 2 ? fullYear(Number(parts.year), now) : Number(parts.year);
    // 60 is a leap second.
    const isReal =
      month >= 0 && day! >= 1 && day! <= daysOf(year, month) && hour! < 24 && minute! < 60 && second! <= 60;
    return isReal ? Date.UTC(year, month, day, hour, minute, second) : undefined;
  }
  return undefined;
}

/** Completes a year of two digits. If it would be more than 50 years ahead, it is the past year with these digits. */
function fullYear(digits: number, now: Date): number {
  const year = now.getUTCFullYear() - (now.getUTCFullYear() % 100) + digits;
  return year > now.getUTCFullYear() + 50 ? year - 100 : year;
}

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
