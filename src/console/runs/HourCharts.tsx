import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useWatch } from '../live/use-watch.ts';
import { formatCount, formatDuration } from '../parts/format.ts';
import { EndedChart } from './EndedChart.tsx';
import classes from './HourCharts.module.css';
import { lastingPart } from './run-query.ts';
import { useApiFilter } from './use-api-filter.ts';

/** The last hour of the runs that match: figures that follow the events, and the ends of each minute. */
export function HourCharts({ address, goTo }: { address: Address; goTo: (address: Address) => void }) {
  // The figures are about all statuses, and have times of their own.
  const filter = useApiFilter(withoutTime(address));
  const { data } = useWatch(HourCharts_Stats, { where: filter && lastingPart(filter) }, filter === null);
  const stats = data?.runStats;
  const ended = stats ? stats.completed + stats.failed : 0;
  return (
    <section aria-label="The last hour" className={classes.strip}>
      <dl className={classes.figures}>
        <Figure name="Queued" value={stats && formatCount(stats.queued)} />
        <Figure name="Running" value={stats && formatCount(stats.running)} />
        <Figure
          name="Oldest due"
          value={
            stats && (stats.oldestQueuedSeconds ? formatDuration(stats.oldestQueuedSeconds * 1_000) : '–')
          }
        />
        <Figure
          name="Succeeded"
          value={stats && (ended ? `${Math.floor((stats.completed / ended) * 1_000) / 10} %` : '–')}
        />
        <Figure
          name="Latency p50 / p95"
          value={
            stats && (stats.latencyP50Ms == null ? '–' : latencies(stats.latencyP50Ms, stats.latencyP95Ms))
          }
        />
      </dl>
      <EndedChart
        buckets={stats?.series ?? []}
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

function Figure({ name, value }: { name: string; value: string | undefined }) {
  return (
    <div>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{value ?? '…'}</dd>
    </div>
  );
}

const HourCharts_Stats = graphql(`
  subscription HourCharts_Stats($where: RunFilter) {
    runStats(where: $where) {
      queued
      running
      completed
      failed
      oldestQueuedSeconds
      latencyP50Ms
      latencyP95Ms
      series {
        ...EndedChart_Bucket
      }
    }
  }
`);
