import { type PointerEvent, useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { formatMoment } from '../parts/format.ts';
import { useTimeZone } from '../parts/time-zone.ts';
import classes from './EndedChart.module.css';
import { EndedTable } from './EndedTable.tsx';

const WIDTH = 600;
const HEIGHT = 48;
/** From the bottom up. */
const KINDS = ['completed', 'canceled', 'failed'] as const;

/** The runs that ended in each part of a range of time. Dragging over parts filters the list by them. */
export function EndedChart({ buckets: refs, partMs, unit, since, choose }: EndedChartProps) {
  const timeZone = useTimeZone();
  const [drag, setDrag] = useState<{ start: number; end: number } | null>(null);
  const buckets = readFragment(EndedChart_Bucket, refs);
  const most = Math.max(
    1,
    ...buckets.map(({ completed, failed, canceled }) => completed + failed + canceled),
  );
  const step = WIDTH / buckets.length;

  const partAt = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const index = Math.floor(((clientX - left) / width) * buckets.length);
    return Math.min(Math.max(index, 0), buckets.length - 1);
  };
  const finish = () => {
    if (!drag) return;
    setDrag(null);
    const [first, last] = [Math.min(drag.start, drag.end), Math.max(drag.start, drag.end)];
    const from = buckets[first]?.from;
    const to = buckets[last]?.from;
    if (from && to) choose(minuteText(Date.parse(from)), minuteText(Date.parse(to) + partMs));
  };

  const isCut = since !== null && buckets[0] !== undefined && since > buckets[0].from;
  if (buckets.length === 0) return <div className={classes.chart} />;
  const timeOf = ({ from }: { from: string }) => formatMoment(new Date(from), new Date(), timeZone);
  const [low, high] = drag ? [Math.min(drag.start, drag.end), Math.max(drag.start, drag.end)] : [0, -1];
  return (
    <figure className={classes.chart}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className={classes.bars}
        role="img"
        aria-label={`Runs that ended, per ${unit}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const part = partAt(event);
          setDrag({ start: part, end: part });
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, end: partAt(event) })}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(null)}
      >
        {buckets.map((bucket, index) => {
          const place = { x: (index + 0.1) * step, width: 0.8 * step };
          let bottom = HEIGHT;
          return (
            <g key={bucket.from}>
              <title>
                {`${timeOf(bucket)}: ${bucket.completed} completed, ${bucket.failed} failed, ${bucket.canceled} canceled`}
              </title>
              <rect
                className={index >= low && index <= high ? classes.chosen : classes.slot}
                {...place}
                height={HEIGHT}
              />
              {KINDS.map((kind) => {
                const height = bucket[kind] === 0 ? 0 : Math.max((HEIGHT * bucket[kind]) / most, 1.5);
                bottom -= height;
                return (
                  <rect
                    key={kind}
                    data-kind={kind}
                    className={classes.bar}
                    {...place}
                    y={bottom}
                    height={height}
                  />
                );
              })}
            </g>
          );
        })}
      </svg>
      <EndedTable
        label={`Runs that ended, per ${unit}`}
        parts={buckets.map((bucket) => ({ ...bucket, time: timeOf(bucket) }))}
      />
      <figcaption className={classes.axis}>
        <span>{timeOf(buckets[0]!)}</span>
        <span className={classes.caption}>
          ended per {unit}, at most {most} · drag to filter
          {isCut && ` · complete from ${formatMoment(new Date(since), new Date(), timeZone)} on`}
        </span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}

type EndedChartProps = {
  buckets: readonly FragmentType<typeof EndedChart_Bucket>[];
  partMs: number;
  /** The length of a part in words. */
  unit: string;
  /** The time from which on the buckets are complete. */
  since: string | null;
  choose: (from: string, to: string) => void;
};

/** A minute as the address says it. */
const minuteText = (time: number) => new Date(time).toISOString().replace(':00.000Z', 'Z');

const EndedChart_Bucket = graphql(`
  fragment EndedChart_Bucket on RunStatsBucket {
    from
    completed
    failed
    canceled
  }
`);
