import type { Attempt } from './attempts.ts';

/** A part of the time axis. Positions are from 0 to 1. A collapsed part is drawn shorter than it was. */
export type Segment = { from: number; to: number; start: number; end: number; isCollapsed: boolean };

/** How much of the axis one idle stretch may take, relative to all the time in which something happened. */
const IDLE_SHARE = 0.35;

/**
 * The time axis of a run. Long waits between attempts are collapsed, so that a call of 300 ms is visible beside a wait of
 * five minutes.
 */
export function segmentsOf(attempts: readonly Attempt[], now: number): Segment[] {
  const stretches = attempts.flatMap((attempt) => attempt.stretches);
  const times = [...new Set(stretches.flatMap(({ from, to }) => [from, Math.max(to ?? now, from)]))].sort(
    (a, b) => a - b,
  );
  const parts = times.slice(1).map((to, index) => ({ from: times[index]!, to }));
  const isIdle = ({ from, to }: { from: number; to: number }) =>
    !stretches.some(
      (stretch) =>
        IS_BUSY[stretch.kind] && stretch.from < to && Math.max(stretch.to ?? now, stretch.from) > from,
    );
  const busyMs = parts.filter((part) => !isIdle(part)).reduce((sum, { from, to }) => sum + to - from, 0);
  const atMost = busyMs === 0 ? Number.POSITIVE_INFINITY : busyMs * IDLE_SHARE;
  const weights = parts.map((part) =>
    isIdle(part) ? Math.min(part.to - part.from, atMost) : part.to - part.from,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  let start = 0;
  return parts.map((part, index) => {
    const end = start + weights[index]! / total;
    const segment = { ...part, start, end, isCollapsed: weights[index]! < part.to - part.from };
    start = end;
    return segment;
  });
}

const IS_BUSY = { waiting: false, queued: false, preparing: true, calling: true };

/** The position of a time on the axis, from 0 to 1. */
export function positionOf(segments: readonly Segment[], time: number): number {
  const segment = segments.find(({ from, to }) => time >= from && time <= to);
  if (!segment) return time < (segments[0]?.from ?? 0) ? 0 : 1;
  const { from, to, start, end } = segment;
  return start + ((time - from) / (to - from || 1)) * (end - start);
}
