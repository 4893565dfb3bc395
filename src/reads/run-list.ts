import type pg from 'pg';
import { prepared } from '../postgres/prepared.ts';
import { selectList } from '../postgres/select-list.ts';
import type { Slice } from '../postgres/slice.ts';
import { rowsOf, type Statement } from '../postgres/statement.ts';
import {
  hasJsonConditions,
  mostSelectiveList,
  type RunFilter,
  runFilterSql,
} from '../runs/model/run-filter.ts';
import { LISTED_COLUMNS, type ListedRun, listedTypes, type RunColumn } from '../runs/model/run-row.ts';
import { runSources, selectOf } from '../runs/model/run-sources.ts';
import { mergedList } from './run-list-merge.ts';

/** A slice of a newest-first list, bounded by run ids. */
export type RunSlice = Slice<string>;

/**
 * Lists the runs of a slice, newest first, or oldest first with `reverse`. Reads the given columns; by default, those
 * of a ListedRun.
 */
export async function listRuns(
  pool: pg.Pool,
  filter: RunFilter,
  slice: RunSlice,
  columns?: readonly RunColumn[],
): Promise<ListedRun[]> {
  return rowsOf(pool, listQuery(filter, slice, columns));
}

/** Counts the runs that match the filter, up to `atMost`. */
export async function countRuns(pool: pg.Pool, filter: RunFilter, atMost: number): Promise<number> {
  return (await rowsOf(pool, countQuery(filter, atMost)))[0]!.count;
}

/** The statement of listRuns. It uses the indexes (column, id desc) and reads only the slice from them. */
export function listQuery(
  filter: RunFilter,
  slice: RunSlice,
  columns?: readonly RunColumn[],
): Statement<ListedRun> {
  const { text, values } = newestSql('r.*', filter, slice);
  const select = `select ${selectList(LISTED_COLUMNS, columns)} from (${text}) r order by r.id ${order(slice)}`;
  return { ...planned(filter, select, values), columns: listedTypes(columns) };
}

/** The statement of countRuns. It scans an index in the order of the list instead of the table. */
export function countQuery(filter: RunFilter, atMost: number): Statement<{ count: number }> {
  const slice = { after: null, before: null, limit: atMost, reverse: false };
  const { text, values } = newestSql('r.id', filter, slice);
  const counted = planned(filter, `select count(*)::int as count from (${text}) r`, values);
  return { ...counted, columns: { count: 'int4' } };
}

const order = ({ reverse }: RunSlice) => (reverse ? 'asc' : 'desc');

function newestSql(columns: string, filter: RunFilter, slice: RunSlice) {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const tail = `order by r.id ${order(slice)} limit ${bind(slice.limit)}`;
  const bounds: string[] = [];
  if (slice.after) bounds.push(`r.id < ${bind(slice.after)}::uuid`);
  if (slice.before) bounds.push(`r.id > ${bind(slice.before)}::uuid`);
  const merged = hasJsonConditions(filter) ? null : mergedList(filter, bind);
  if (merged) {
    const conditions = [...bounds, merged.condition, runFilterSql(merged.rest, bind)].join(' and ');
    const ofMember = `select ${columns} from journey_component_runs r where ${conditions} ${tail}`;
    return { text: `select r.* from ${merged.from} cross join lateral (${ofMember}) r ${tail}`, values };
  }
  const { ctes, where } = runSources(filter, bind, slice.limit);
  const newest = where(bounds.join(' and ') || 'true', tail).map(
    (source) => `${selectOf([source], columns)} ${tail}`,
  );
  const text =
    newest.length === 1 ? newest[0]! : `select r.* from ((${newest.join(') union all (')})) r ${tail}`;
  return { text: `${ctes} ${text}`, values };
}

/**
 * Uses a prepared statement where one plan suits every value: with no condition, or with a single member of one list.
 * Other filters are planned with their values, because the best index depends on the values and because they would
 * need too many prepared statements.
 */
function planned(filter: RunFilter, text: string, values: unknown[]): pg.QueryConfig {
  const conditions = Object.values(filter).filter((value) => value != null).length;
  const isOneMember = mostSelectiveList(filter)?.members.length === 1;
  return conditions === 0 || (conditions === 1 && isOneMember) ? prepared(text, values) : { text, values };
}
