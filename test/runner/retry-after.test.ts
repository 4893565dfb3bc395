import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryAfterSeconds } from '../../src/runner/retry-after.ts';

const now = new Date('2026-03-01T12:00:00Z');

test.each([
  ['0', 0],
  [' 120 ', 120],
  ['1.5', 1.5],
  ['Sun, 01 Mar 2026 12:02:00 GMT', 120],
  ['Sunday, 01-Mar-26 12:00:30 GMT', 30],
  ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ['', undefined],
  [undefined, undefined],
  ['-5', undefined],
  ['1e9', undefined],
  ['9999999999', 315_360_000],
  ['99999999999999999999', 315_360_000],
  ['9'.repeat(400), 315_360_000],
  ['0000000000000005', 5],
  ['Wed, 01 Mar 9999 12:00:00 GMT', 315_360_000],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['Monday, 01-Mar-27 12:00:00 GMT', 31_536_000],
  ['Sunday, 01-Mar-77 12:00:00 GMT', 0],
  ['sun, 01 mar 2026 12:02:00 gmt', 120],
  ['Sun, 1 Mar 2026 12:02:00 GMT', 120],
  ['Sun Mar  1 12:00:10 2026 GMT', 10],
  ['Sun Mar  1 11:00:10 2026', 0],
  ['Sun Mar  1 12:00:10 2026', 10],
  ['Sun, 31 Feb 2026 12:00:00 GMT', undefined],
  ['Sun, 01 Mar 2026 25:00:00 GMT', undefined],
  ['Sun, 01 Mar 2026 12:02:00 +0500', undefined],
  ['2026-03-01T12:02:00Z', undefined],
  ['soon', undefined],
  ['Sun, 99 Mar 2026', undefined],
])('%j is %s', (header, seconds) => {
  expect(retryAfterSeconds(header, now)).toBe(seconds);
});

test('every moment reads the same in all three forms, whatever time zone the process has', () => {
  const moment = fc.date({ min: now, max: new Date('2076-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, (date) => {
      const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ') as string[];
      const seconds = Math.min(
        (Math.floor(date.getTime() / 1_000) * 1_000 - now.getTime()) / 1_000,
        315_360_000,
      );
      const long = {
        Sun: 'Sunday',
        Mon: 'Monday',
        Tue: 'Tuesday',
        Wed: 'Wednesday',
        Thu: 'Thursday',
        Fri: 'Friday',
        Sat: 'Saturday',
      };
      const forms = [
        date.toUTCString(),
        `${long[weekday as keyof typeof long]}, ${day}-${month}-${year!.slice(2)} ${time} GMT`,
        `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`,
      ];
      for (const form of forms) expect(retryAfterSeconds(form, now)).toBe(Math.max(0, seconds));
    }),
  );
});
