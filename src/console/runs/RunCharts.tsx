import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Address } from '../address.ts';
import { formatCount, formatDuration } from '../parts/format.ts';
import { shortSuccessText } from '../parts/success-text.ts';
import { CHART_RANGES, type ChartRange } from './chart-ranges.ts';
import { EndedChart } from './EndedChart.tsx';
import classes from './RunCharts.module.css';
import { lastingPart } from './run-query.ts';
import { useApiFilter } from './use-api-filter.ts';
import { useChartStats } from './use-chart-stats.ts';

/** Figures of the runs that match: those of now and the last hour follow the events; the chart may show a day or a week. */
export function RunCharts({ address, goTo }: { address: Address; goTo: (address: Address) => void }) {
  // The figures are about all statuses, and have times of their own.
  const filter = useApiFilter(withoutTime(address));
  const where = useMemo(() => filter && lastingPart(filter), [filter]);
  const [range, setRange] = useState<ChartRange>('hour');
  const { partMs, unit } = CHART_RANGES[range];
  const { now, ended } = useChartStats(where, range);
  return (
    <section aria-label="Figures" className={classes.strip}>
      <dl className={classes.figures}>
        <Figure name="Queued" value={now && formatCount(now.queued)} />
        <Figure name="Running" value={now && formatCount(now.running)} />
        <Figure
          name="Oldest due"
          value={now && (now.oldestQueuedSeconds ? formatDuration(now.oldestQueuedSeconds * 1_000) : '–')}
        />
        <Figure
          name="Succeeded"
          value={
            ended && (ended.completed + ended.failed ? shortSuccessText(ended.completed, ended.failed) : '–')
          }
        />
        <Figure
          name="Latency p50 / p95"
          meaning="From the time at which a run is due to its end"
          value={
            ended && (ended.latencyP50Ms == null ? '–' : latencies(ended.latencyP50Ms, ended.latencyP95Ms))
          }
        />
      </dl>
      <SegmentedControl
        size="xs"
        aria-label="Time of the chart"
        data={Object.entries(CHART_RANGES).map(([value, { label }]) => ({ value, label }))}
        value={range}
        onChange={(value) => setRange(value as ChartRange)}
      />
      <EndedChart
        buckets={ended?.series ?? []}
        partMs={partMs}
        unit={unit}
        since={ended?.since ?? null}
        choose={(from, to) => goTo({ ...withoutTime(address), by: 'completed', from, to })}
      />
    </section>
  );
}

const latencies = (p50: number, p95: number | null | undefined) =>
  `${formatDuration(p50)} / ${formatDuration(p95 ?? p50)}`;

function withoutTime({ last, from, to, by, ...others }: Address): Address {
  return others;
}

function Figure({ name, value, meaning }: FigureProps) {
  return (
    <div title={meaning}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{value ?? '…'}</dd>
    </div>
  );
}

type FigureProps = { name: string; value: string | undefined; meaning?: string };
