import pg from 'pg';

const byPg = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

/**
 * Parses a moment as PostgreSQL sends it in UTC: `2026-03-09 16:05:00.12+00`, to the millisecond. Other formats are
 * parsed by pg, which takes several times as long.
 */
export function readMoment(text: string): Date {
  const { length } = text;
  if (length < 22 || !text.endsWith('+00') || text[4] !== '-' || text.startsWith('00')) return byPg(text);
  const digit = (at: number) => text.charCodeAt(at) - ZERO;
  const two = (at: number) => digit(at) * 10 + digit(at + 1);
  const tenths = length > 23 ? digit(20) : 0;
  const hundredths = length > 24 ? digit(21) : 0;
  const thousandths = length > 25 ? digit(22) : 0;
  const milliseconds = tenths * 100 + hundredths * 10 + thousandths;
  return new Date(
    Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), milliseconds),
  );
}

const ZERO = '0'.charCodeAt(0);
