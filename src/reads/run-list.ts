import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { selectList } from '../postgres/select-list.ts';
import type { Slice } from '../postgres/slice.ts';
import { rowsOf, type Statement } from '../postgres/statement.ts';
import { hasJsonConditions, isPrepared, type RunFilter } from '../runs/model/run-filter.ts';
import {
  hasState,
  LISTED_COLUMNS,
  type ListedRun,
  listedTypes,
  type RunColumn,
  STATE_JOIN,
} from '../runs/model/run-row.ts';
import type { NarrowedFilter } from '../runs/model/run-scope.ts';
import { type RunSources, runSources } from '../runs/model/run-sources.ts';
import { mergedList } from './run-list-merge.ts';

/** A slice of a newest-first list, bounded by run ids. */
export type RunSlice = Slice<string>;

/**
 * Lists the runs of a slice, newest first, or oldest first with `reverse`. Reads the given columns; by default, those
 * of a ListedRun.
 */
export async function listRuns(
  pool: pg.Pool,
  filter: NarrowedFilter,
  slice: RunSlice,
  columns?: readonly RunColumn[],
): Promise<ListedRun[]> {
  return rowsOf(pool, listQuery(filter, slice, columns));
}

/** Counts the runs that match the filter, up to `atMost`. */
export async function countRuns(pool: pg.Pool, filter: NarrowedFilter, atMost: number): Promise<number> {
  return (await rowsOf(pool, countQuery(filter, atMost)))[0]!.count;
}

/**
 * The statement of listRuns. It reads the slice in the order of the indexes (column, id desc), of runs as requested or
 * of their states. The other of the two is looked up by primary key for each run of the slice, unless the filter has
 * conditions on both. `columns` contains the id.
 */
export function listQuery(
  filter: RunFilter,
  slice: RunSlice,
  columns?: readonly RunColumn[],
): Statement<ListedRun> {
  const selected = selectList(LISTED_COLUMNS, columns);
  const values: unknown[] = [];
  const { text, reads } = newestSql(filter, slice, values, {
    request: 'r.*',
    state: 's.run_id as id, s.*',
    both: selected,
  });
  const list = {
    request: `select ${selected} from (${text}) r ${hasState(columns) ? STATE_JOIN : ''} order by r.id ${order(slice)}`,
    state: `select ${selected} from (${text}) s ${REQUEST_JOIN} order by s.id ${order(slice)}`,
    both: text,
  };
  return { ...planned(filter, list[reads], values), columns: listedTypes(columns) };
}

/** The counterpart of STATE_JOIN. */
const REQUEST_JOIN = 'cross join lateral (select * from journey_runs r where r.id = s.id offset 0) r';

/** The statement of countRuns. */
export function countQuery(filter: RunFilter, atMost: number): Statement<{ count: number }> {
  const values: unknown[] = [];
  const text = countSql(filter, atMost, values);
  return { ...planned(filter, text, values), columns: { count: 'int4' } };
}

/**
 * A select that counts the filter's runs up to `atMost`; it adds its parameters to `values`. It scans an index in the
 * order of the list instead of the table.
 * @param condition a further condition on the state `s`; the filter must have a status then
 */
export function countSql(filter: RunFilter, atMost: number, values: unknown[], condition?: string): string {
  const slice = { after: null, before: null, limit: atMost, reverse: false };
  const id = { request: 'r.id', state: 's.run_id as id', both: 'r.id' };
  const { text } = newestSql(filter, slice, values, id, condition);
  return `select count(*)::int as count from (${text}) r`;
}

const order = ({ reverse }: RunSlice) => (reverse ? 'asc' : 'desc');

/**
 * Selects the slice's runs in order, with the columns for what the selects read. The limit is part of the SQL text:
 * for a parameter, the planner would assume a tenth of the rows.
 */
function newestSql(
  filter: RunFilter,
  slice: RunSlice,
  values: unknown[],
  columns: Record<RunSources['reads'], string>,
  condition?: string,
) {
  const bind = (value: unknown) => `$${values.push(value)}`;
  const { limit } = slice;
  const tail = `order by id ${order(slice)} limit ${limit}`;
  const after = slice.after && `< ${bind(slice.after)}::uuid`;
  const before = slice.before && `> ${bind(slice.before)}::uuid`;
  const conditions = (id: string) => [
    ...[after, before].flatMap((bound) => (bound ? [`${id} ${bound}`] : [])),
    ...(condition ? [condition] : []),
  ];
  const merged = hasJsonConditions(filter) ? null : mergedList(filter, bind);
  const { ctes, selects, reads } = runSources(filter, bind, { limit, merged: merged?.field ?? null });
  const newest = selects({ columns: columns[reads], conditions, tail }).map((select) =>
    merged ? `select n.* from ${merged.from} cross join lateral (${select}) n ${tail}` : select,
  );
  const text =
    newest.length === 1 ? newest[0]! : `select n.* from ((${newest.join(') union all (')})) n ${tail}`;
  return { text: `${ctes} ${text}`, reads };
}

const planned = (filter: RunFilter, text: string, values: unknown[]): pg.QueryConfig =>
  isPrepared(filter) ? prepared(text, values) : { text, values };
