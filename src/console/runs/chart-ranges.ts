import type { RunStatsRange } from '../api/generated/graphql.ts';

/** The ranges of time of the chart: the length of each part, and how many. The hour is live, and counted by the service. */
export const CHART_RANGES = {
  hour: { label: 'Hour', unit: 'minute', partMs: 60_000, parts: 60 },
  day: { label: 'Day', unit: '15 minutes', partMs: 15 * 60_000, parts: 96 },
  week: { label: 'Week', unit: '2 hours', partMs: 2 * 3_600_000, parts: 84 },
} as const;

export type ChartRange = keyof typeof CHART_RANGES;

/** The range up to now, whose parts begin at whole quarters or hours. The last part is in progress. */
export function rangeUntil(now: number, { partMs, parts }: { partMs: number; parts: number }): RunStatsRange {
  const to = (Math.floor(now / partMs) + 1) * partMs;
  return {
    from: new Date(to - parts * partMs).toISOString(),
    to: new Date(to).toISOString(),
    buckets: parts,
  };
}
