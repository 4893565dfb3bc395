import { LISTS, mostSelectiveList, type RunFilter } from '../runs/model/run-filter.ts';

/**
 * A FROM item with one row for each list member, the condition that joins a run to its member, and the rest of the
 * filter.
 */
export type MergedList = { from: string; condition: string; rest: RunFilter };

/**
 * Picks the list to merge by: one ordered index scan per member finds its newest runs, and the newest of all of them
 * are returned. `= any` would read and sort every run of all members. Returns null when no list has several members.
 * Run ids are never merged, because each id is one row.
 */
export function mergedList(filter: RunFilter, bind: (value: unknown) => string): MergedList | null {
  const list = mostSelectiveList(filter);
  if (!list || list.members.length < 2 || list.field === 'runId') return null;
  const { field, members } = list;
  const { column, type } = LISTS[field];
  const parameter = bind(members);
  return {
    from:
      field === 'componentKey'
        ? `(select c.id as value from journey_components c where c.key = any(${parameter}::text[])) m`
        : `unnest(${parameter}::${type}[]) m(value)`,
    condition: `${column} = m.value`,
    rest: { ...filter, [field]: null },
  };
}
