import { expect, test } from 'vitest';
import { CHART_RANGES, rangeUntil } from '../../src/console/runs/chart-ranges.ts';

test('a range ends with the part in progress, and its parts begin at whole times', () => {
  const now = Date.parse('2026-03-09T12:07:30Z');
  expect(rangeUntil(now, CHART_RANGES.day)).toEqual({
    from: '2026-03-08T12:15:00.000Z',
    to: '2026-03-09T12:15:00.000Z',
    buckets: 96,
  });
  expect(rangeUntil(now, CHART_RANGES.week)).toEqual({
    from: '2026-03-02T14:00:00.000Z',
    to: '2026-03-09T14:00:00.000Z',
    buckets: 84,
  });
});
