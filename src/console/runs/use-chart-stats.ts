import { useMemo } from 'react';
import type { RunFilter } from '../api/generated/graphql.ts';
import { graphql, readFragment } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useWatch } from '../live/use-watch.ts';
import { CHART_RANGES, type ChartRange, rangeUntil } from './chart-ranges.ts';

/** The figures of runs: those of now and the last hour are live, those of a longer range are read when it is chosen. */
export function useChartStats(where: RunFilter | null, range: ChartRange) {
  const { data: live } = useWatch(ChartStats_Hour, { where }, where === null);
  const variables = useMemo(
    () => ({ where, range: rangeUntil(Date.now(), CHART_RANGES[range]) }),
    [where, range],
  );
  const { data: read, isPlaceholderData } = useOperation(ChartStats_Range, variables, {
    enabled: range !== 'hour' && where !== null,
  });
  const now = live?.runStats ?? undefined;
  const ofRange = isPlaceholderData ? undefined : (read?.runStats ?? undefined);
  return { now, ended: readFragment(ChartStats_Ended, range === 'hour' ? now : ofRange) };
}

const ChartStats_Ended = graphql(`
  fragment ChartStats_Ended on RunStats {
    since
    completed
    failed
    latencyP50Ms
    latencyP95Ms
    series {
      ...EndedChart_Bucket
    }
  }
`);

const ChartStats_Hour = graphql(`
  subscription ChartStats_Hour($where: RunFilter) {
    runStats(where: $where) {
      queued
      running
      oldestQueuedSeconds
      ...ChartStats_Ended
    }
  }
`);

const ChartStats_Range = graphql(`
  query ChartStats_Range($where: RunFilter, $range: RunStatsRange!) {
    runStats(where: $where, range: $range) {
      ...ChartStats_Ended
    }
  }
`);
