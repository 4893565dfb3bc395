import { exceptSql } from './exclusions.ts';
import { type Bind, listCondition } from './list-condition.ts';
import { LISTS } from './run-filter.ts';
import { idsFrom, type RunSearch } from './run-search.ts';

/** One way in which a run can meet a search: conditions on its id, and on the run as requested, `r`. */
type SearchAlternative = { ofId(column: string): string[]; ofRequest: string[] };

export const EVERY_RUN: SearchAlternative = { ofId: () => [], ofRequest: [] };

/**
 * The alternatives of a search; a run meets at most one of them. Each is served by an index of its own, where one
 * condition with `or` would make the planner walk through all runs in the order of the list.
 */
export function searchAlternatives({ text, idPrefix }: RunSearch, bind: Bind): SearchAlternative[] {
  const [byKey, byOrder] = (['idempotencyKey', 'orderNumber'] as const).map((field) =>
    listCondition(field, [text], bind)(LISTS[field].column),
  ) as [string, string];
  const range = idPrefix && idsFrom(idPrefix).map((id) => `${bind(id)}::uuid`);
  const inRange = (column: string) => (range ? [`${column} between ${range[0]} and ${range[1]}`] : []);
  const others = range ? [exceptSql(inRange('r.id'))] : [];
  return [
    ...(range ? [{ ofId: inRange, ofRequest: [] }] : []),
    { ofId: () => [], ofRequest: [byKey, ...others] },
    { ofId: () => [], ofRequest: [byOrder, exceptSql([byKey]), ...others] },
  ];
}
