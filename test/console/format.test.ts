import { expect, test } from 'vitest';
import { formatExactly, formatMoment } from '../../src/console/parts/format.ts';

const NOW = new Date('2026-03-09T12:07:30.250Z');

test.each([
  { at: '2026-03-09T11:05:06Z', zone: 'UTC', text: '11:05:06' },
  { at: '2026-03-09T11:05:06Z', zone: 'Asia/Tokyo', text: '20:05:06' },
  { at: '2026-03-09T16:05:06Z', zone: 'Asia/Tokyo', text: '10 Mar, 01:05' },
  { at: '2026-03-08T23:59:59Z', zone: 'UTC', text: '8 Mar, 23:59' },
  { at: '2025-12-31T12:00:00Z', zone: 'UTC', text: '31 Dec 2025, 12:00' },
])('$at is $text in $zone, whatever zone was shown before', ({ at, zone, text }) => {
  for (let time = 0; time < 2; time += 1) {
    expect(formatMoment(new Date(at), NOW, 'America/New_York')).not.toBe(text);
    expect(formatMoment(new Date(at), NOW, zone)).toBe(text);
  }
});

test('a moment to the millisecond names its zone', () => {
  expect(formatExactly(NOW, 'UTC')).toBe('Mon, 9 Mar 2026, 12:07:30.250 (UTC)');
  expect(formatExactly(NOW, 'Asia/Tokyo')).toBe('Mon, 9 Mar 2026, 21:07:30.250 (Asia/Tokyo)');
});
