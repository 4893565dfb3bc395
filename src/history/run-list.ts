import type pg from 'pg';
import { prepared } from '../db/prepared.ts';
import type { Slice } from '../db/slice.ts';
import { type Selection, selectList } from '../db/table.ts';
import { type ListedRun, RUNS } from '../model/run.ts';
import { mostSelectiveList, type RunFilter, runFilterSql } from '../model/run-filter.ts';
import { mergedList } from './run-list-merge.ts';

/** A slice of a newest-first list, by the runs' ids. */
export type RunSlice = Slice<string>;

/** The slice's runs in reading order: newest first, or oldest first when `reverse`; `names` are the columns that are read. */
export async function listRuns(
  pool: pg.Pool,
  filter: RunFilter,
  slice: RunSlice,
  { columns }: Partial<Selection<ListedRun>> = {},
): Promise<ListedRun[]> {
  return (await pool.query<ListedRun>(listQuery(filter, slice, { columns }))).rows;
}

/** The number of the filter's runs, counting no further than `atMost`. */
export async function countRuns(pool: pg.Pool, filter: RunFilter, atMost: number): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(countQuery(filter, atMost));
  return rows[0]!.count;
}

/** The statement of listRuns. Leans on the indexes (column, id desc), of which it reads no more than the slice. */
export function listQuery(
  filter: RunFilter,
  slice: RunSlice,
  { columns }: Partial<Selection<ListedRun>> = {},
): pg.QueryConfig {
  const { text, values } = newestSql('r.*', filter, slice);
  const select = `select ${selectList(RUNS.columns, columns)} from (${text}) r order by r.id ${order(slice)}`;
  return planned(filter, select, values);
}

/** The statement of countRuns. It walks the list's own order, which an index gives, rather than the table. */
export function countQuery(filter: RunFilter, atMost: number): pg.QueryConfig {
  const slice = { after: null, before: null, limit: atMost, reverse: false };
  const { text, values } = newestSql('r.id', filter, slice);
  return planned(filter, `select count(*)::int as count from (${text}) r`, values);
}

const order = ({ reverse }: RunSlice) => (reverse ? 'asc' : 'desc');

function newestSql(columns: string, filter: RunFilter, slice: RunSlice) {
  const values: unknown[] = [slice.limit];
  const conditions: string[] = [];
  if (slice.after) conditions.push(`r.id < $${values.push(slice.after)}::uuid`);
  if (slice.before) conditions.push(`r.id > $${values.push(slice.before)}::uuid`);
  const merged = mergedList(filter, values.length + 1);
  if (merged) {
    values.push(merged.members);
    conditions.push(merged.condition);
  }
  const asked = runFilterSql(merged ? merged.rest : filter, values.length + 1);
  values.push(...asked.values);
  conditions.push(asked.sql);
  const tail = `order by r.id ${order(slice)} limit $1`;
  const plain = `select ${columns} from ${RUNS.from} where ${conditions.join(' and ')} ${tail}`;
  return {
    text: merged ? `select r.* from ${merged.from} cross join lateral (${plain}) r ${tail}` : plain,
    values,
  };
}

/**
 * Prepared once a connection where one plan is right for any value: no condition, or a single member of one list. Other
 * filters are planned with their values, for the best index depends on them; they would also be too many to keep.
 */
function planned(filter: RunFilter, text: string, values: unknown[]): pg.QueryConfig {
  const conditions = Object.values(filter).filter((value) => value != null).length;
  const isOneMember = mostSelectiveList(filter)?.members.length === 1;
  return conditions === 0 || (conditions === 1 && isOneMember) ? prepared(text, values) : { text, values };
}
