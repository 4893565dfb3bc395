import { expect, test } from 'vitest';
import { retryAfterSeconds } from '../../src/runner/retry-after.ts';

const now = new Date('2026-03-01T12:00:00Z');

test.each([
  ['0', 0],
  [' 120 ', 120],
  ['1.5', 1.5],
  ['Sun, 01 Mar 2026 12:02:00 GMT', 120],
  ['Sunday, 01-Mar-26 12:00:30 GMT', 30],
  ['Sun Mar  1 12:00:10 2026 GMT', 10],
  ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ['', undefined],
  [undefined, undefined],
  ['-5', undefined],
  ['1e9', undefined],
  ['99999999999999999999', undefined],
  ['soon', undefined],
  ['Sun, 99 Mar 2026', undefined],
])('%j is %s', (header, seconds) => {
  expect(retryAfterSeconds(header, now)).toBe(seconds);
});
