import {
  LISTS,
  type ListField,
  mostSelectiveList,
  NAMED_BY,
  type RunFilter,
} from '../runs/model/run-filter.ts';

/** A from-item `m` with one row for each member of a list of the filter. */
export type MergedList = { field: ListField; from: string };

/**
 * Picks the list to merge by: one ordered index scan per member finds its newest runs, and the newest of all of them
 * are returned. `= any` would read and sort every run of all members. Returns null when no list has several members.
 * Run ids are never merged, because each id is one row; statuses are read one by one anyway.
 */
export function mergedList(filter: RunFilter, bind: (value: unknown) => string): MergedList | null {
  const list = mostSelectiveList(filter);
  if (!list || list.field === 'runId' || list.field === 'status') return null;
  const { field, members } = list;
  const named = NAMED_BY[field];
  if (members.length < 2 && !named) return null;
  const parameter = bind(members);
  return {
    field,
    from: named
      ? `(${named} = any(${parameter}::text[])) m`
      : `unnest(${parameter}::${LISTS[field].type}[]) m(value)`,
  };
}
