import { smallestIdAt } from '../postgres/uuid.ts';

/** A partition of a table: the rows of runs with ids from `from` up to `to`, exclusive. Null: there is no such bound. */
export type Partition = {
  from: string | null;
  to: string | null;
  /** The end that the last partition is about to get, and whether all of its rows are known to be below. */
  bound: string | null;
  isChecked: boolean;
};

/** The partitions of a table, oldest first; the last one has no end. */
export type Partitions = readonly Partition[];

/**
 * The bound at which the last partition of runs ends, if another one must follow it now; otherwise null. It is a period
 * after the partition's start or, if that has passed, after now. Half a period before its start it is still empty.
 */
export function nextBound(runs: Partitions, nowMs: number, periodMs: number): string | null {
  const { from } = runs.at(-1)!;
  const startsMs = from === null ? nowMs : msOf(from);
  return startsMs > nowMs + periodMs / 2 ? null : smallestIdAt(Math.max(startsMs, nowMs) + periodMs);
}

/** The same for a table that follows the runs' bounds: the next one of those that has not passed. */
export function followingBound(own: Partitions, runs: Partitions, nowMs: number): string | null {
  const start = [own.at(-1)!.from ?? '', smallestIdAt(nowMs)].sort().at(-1)!;
  return runs.map(({ to }) => to).find((to) => to !== null && to > start) ?? null;
}

/**
 * The end of the newest partition that ends at `limit` or before, if the first one ends before it, so that dropping them
 * leaves fewer; otherwise null. The first one has only what stayed of older ones.
 */
export function droppableUntil(own: Partitions, limit: string): string | null {
  const ends = own.flatMap(({ to }) => (to !== null && to <= limit ? [to] : []));
  return ends.length > 1 ? ends.at(-1)! : null;
}

const msOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
