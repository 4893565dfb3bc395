import { LISTS, mostSelectiveList, type RunFilter } from '../runs/model/run-filter.ts';

/** A from-item with a row a member, the condition that ties a run to it, and what is left of the filter. */
export type MergedList = { from: string; condition: string; rest: RunFilter };

/**
 * The list to merge by: each member brings its own newest runs and the newest of those win, one ordered index scan a
 * member. `= any` would have to read and sort every run of all of them. null where no list has several members; ids of
 * runs need none, each is one row.
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
