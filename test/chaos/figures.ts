import type { EnqueueRecord, ProcessRecord, Records } from './records.ts';
import type { Figure } from './scenario.ts';

/** A figure that must not be greater than promised. */
export function atMost(what: string, value: number, most: number, unit: string): Figure {
  const shown = unit === 's' ? value.toFixed(1) : String(Math.round(value));
  return { what, reached: `${shown} ${unit}`, promised: `≤ ${most} ${unit}`, isReached: value <= most };
}

/** A count that shows that the fault was felt at all. */
export function atLeast(what: string, value: number, least: number): Figure {
  return { what, reached: String(value), promised: `≥ ${least}`, isReached: value >= least };
}

/** A figure that must be exactly so. */
export function exactly(what: string, value: number, expected: number): Figure {
  return { what, reached: String(value), promised: String(expected), isReached: value === expected };
}

/** A figure that is told, and promised nothing about. */
export const told = (what: string, reached: string): Figure => ({
  what,
  reached,
  promised: '',
  isReached: true,
});

/** The value below which that share of the values lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** No mutation may hang: each try was answered in time, were it by UNAVAILABLE. */
export function answeredInTime(enqueues: readonly EnqueueRecord[]): Figure {
  const slowest = Math.max(0, ...enqueues.flatMap(({ latenciesMs }) => latenciesMs));
  return atMost('slowest answer to a mutation', slowest / 1_000, ANSWER_SECONDS, 's');
}

/** Five for the database, and some for a busy machine. */
const ANSWER_SECONDS = 6;

/** From the end of each worker by force until it was declared dead. */
export function noticedDeaths({ deaths, processes }: Pick<Records, 'deaths' | 'processes'>): Figure[] {
  const noticed = deaths.flatMap(({ pid, at }) => {
    const life = endedLife(processes, pid, at);
    return life ? [(at - life.endedAt!) / 1_000] : [];
  });
  return [
    atMost(`dead worker noticed, p99 of ${noticed.length}`, quantile(noticed, 0.99), 10, 's'),
    atMost('dead worker noticed, at the latest', Math.max(0, ...noticed), 20, 's'),
  ];
}

const endedLife = (processes: readonly ProcessRecord[], pid: number, at: number) =>
  processes.findLast((life) => life.pid === pid && life.endedAt !== null && life.endedAt <= at);
