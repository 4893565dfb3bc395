import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { type RowColumns, type RowOf, rowsOf, type Statement } from '../postgres/statement.ts';
import { hasCondition, type RunFilter } from '../runs/model/run-filter.ts';
import type { NarrowedFilter } from '../runs/model/run-scope.ts';
import type { RunStatus } from '../runs/model/status.ts';
import { countSql } from './run-list.ts';
import type { WatchedFigures } from './watch-figures.ts';

const COUNTS_COLUMNS = {
  queued: 'int4',
  /** The QUEUED runs that are not due yet. */
  waiting: 'int4',
  running: 'int4',
  completed: 'int4',
  failed: 'int4',
  canceled: 'int4',
} as const satisfies RowColumns;

/** The number of runs of each status at one moment, each counted up to a limit. */
export type RunCounts = RowOf<typeof COUNTS_COLUMNS>;

/** Counts the runs that match the filter by their status, each count up to `atMost`. */
export async function readRunCounts(
  pool: pg.Pool,
  filter: NarrowedFilter,
  atMost: number,
): Promise<RunCounts> {
  return (await rowsOf(pool, countsQuery(filter, atMost)))[0]!;
}

/** The counts to watch. Without an event, waiting runs become due, and old runs are deleted. */
export const watchedCounts = (pool: pg.Pool, atMost: number): WatchedFigures<RunCounts> => ({
  async read(filter) {
    const figures = await readRunCounts(pool, filter, atMost);
    return { figures, changesInMs: figures.waiting > 0 ? WAITING_MS : OTHER_MS };
  },
});

const WAITING_MS = 5_000;
const OTHER_MS = 60_000;

/** The statement of readRunCounts: one bounded count for each status, as a list of the status is counted. */
export function countsQuery(filter: RunFilter, atMost: number): Statement<RunCounts> {
  const values: unknown[] = [];
  const selects = COUNTED.map(({ name, status, condition }) => {
    const isMatched = filter.status?.includes(status) ?? true;
    if (!isMatched) return `0 as ${name}`;
    return `(${countSql({ ...filter, status: [status] }, atMost, values, condition)}) as ${name}`;
  });
  const text = `select ${selects.join(', ')}`;
  return { ...(!hasCondition(filter) ? prepared(text, values) : { text, values }), columns: COUNTS_COLUMNS };
}

const COUNTED: { name: keyof RunCounts; status: RunStatus; condition?: string }[] = [
  { name: 'queued', status: 'QUEUED' },
  { name: 'waiting', status: 'QUEUED', condition: 's.run_at > now()' },
  { name: 'running', status: 'RUNNING' },
  { name: 'completed', status: 'COMPLETED' },
  { name: 'failed', status: 'FAILED' },
  { name: 'canceled', status: 'CANCELED' },
];
