import { jsonConditionSql } from './json-conditions.ts';
import { type Bind, listCondition, momentSql } from './list-condition.ts';
import { hasJsonConditions, LIST_FIELDS, LISTS, type RunConditions, type RunFilter } from './run-filter.ts';
import { RUN_STATUSES } from './status.ts';

/** The conditions that the filter's `not` sets on the run as requested, `r`, of its state `s`, and of both together. */
type ExclusionsSql = { ofRequest: string[]; ofState: string[]; ofBoth: string[] };

/** One condition for each exclusion: that a run does not meet all conditions of it. */
export function exclusionsSql(exclusions: readonly RunConditions[], bind: Bind): ExclusionsSql {
  const sql: ExclusionsSql = { ofRequest: [], ofState: [], ofBoth: [] };
  for (const exclusion of exclusions) {
    const ofRequest = requestSql(exclusion, bind);
    const ofState = stateSql(exclusion, bind);
    const place = ofState.length === 0 ? sql.ofRequest : ofRequest.length === 0 ? sql.ofState : sql.ofBoth;
    place.push(exceptSql([...ofRequest, ...ofState]));
  }
  return sql;
}

/** A condition that does not hold exactly where all of these hold. */
export const exceptSql = (conditions: string[]): string =>
  `(${conditions.join(' and ') || 'true'}) is not true`;

/** The conditions on the run as requested, `r`. */
export function requestSql(conditions: RunConditions, bind: Bind): string[] {
  return [
    ...listsSql(conditions, 'r.', bind),
    ...momentSql('r.queued_at >=', conditions.queuedAfter, bind),
    ...momentSql('r.queued_at <', conditions.queuedBefore, bind),
    ...(hasJsonConditions(conditions) ? [jsonConditionSql(conditions, bind)] : []),
  ];
}

const stateSql = (conditions: RunConditions, bind: Bind): string[] => [
  ...listsSql(conditions, 's.', bind),
  ...momentSql('s.completed_at >=', conditions.completedAfter, bind),
  ...momentSql('s.completed_at <', conditions.completedBefore, bind),
];

const listsSql = (conditions: RunConditions, table: 'r.' | 's.', bind: Bind): string[] =>
  LIST_FIELDS.flatMap((field) => {
    const values = conditions[field];
    const { column } = LISTS[field];
    return values && column.startsWith(table) ? [listCondition(field, values, bind)(column)] : [];
  });

/** The filter with its exclusions of nothing but statuses as a list of the other statuses, which an index serves. */
export function foldedStatuses(filter: RunFilter): RunFilter {
  const [ofStatus, others] = [
    (filter.not ?? []).filter(isOfStatus),
    (filter.not ?? []).filter((one) => !isOfStatus(one)),
  ];
  if (ofStatus.length === 0) return filter;
  const excluded = new Set(ofStatus.flatMap(({ status }) => status ?? []));
  const status = (filter.status ?? RUN_STATUSES).filter((one) => !excluded.has(one));
  return { ...filter, status, not: others };
}

const isOfStatus = ({ status, ...others }: RunConditions): boolean =>
  status != null && Object.values(others).every((value) => value == null);
