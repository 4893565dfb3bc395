import { smallestIdAt } from '../../postgres/uuid.ts';
import { exclusionsSql, foldedStatuses } from './exclusions.ts';
import { type Bind, type Condition, listCondition, momentSql } from './list-condition.ts';
import {
  hasJsonConditions,
  LIST_FIELDS,
  LISTS,
  type ListField,
  mostSelectiveList,
  type RunFilter,
} from './run-filter.ts';
import { STATE_TABLES, type StateTable } from './state-tables.ts';
import { RUN_STATUSES, type RunStatus, sqlList } from './status.ts';

/** A filter without its JSON conditions as SQL, by the table whose columns the conditions read. */
export type FilterConditions = {
  /** Those on the run's id, which a run and its state have in columns of different names. */
  ofId(column: string): string[];
  /** Those on the run as requested, `r`. */
  ofRequest: string[];
  /** The state tables in which the runs can be; null if no condition is on the state. */
  states: StateCondition[] | null;
  /** Whether a condition of the states reads the run as requested as well. */
  readsBoth: boolean;
};

/** Conditions on the rows `s` of a state table. */
export type StateCondition = { table: StateTable; conditions: string[] };

const IS_MERGED: Condition = (column) => `${column} = m.value`;

/**
 * The conditions of a filter without its search. Malformed ids, and text that PostgreSQL cannot store, match nothing and cause no error.
 * The list `merged` is compared with `m.value`, a member that the statement's from clause contains.
 */
export function filterConditions(
  given: RunFilter,
  bind: Bind,
  merged: ListField | null = null,
): FilterConditions {
  const filter = foldedStatuses(given);
  const list = (field: ListField): Condition[] => {
    const values = filter[field];
    if (!values) return [];
    return [field === merged ? IS_MERGED : listCondition(field, values, bind)];
  };
  const on = (fields: readonly ListField[]) =>
    fields.flatMap((field) => list(field).map((condition) => condition(LISTS[field].column)));
  const { queuedAfter, queuedBefore, completedAfter, completedBefore } = filter;
  const idBound = (comparison: string, moment: Date | null | undefined, slackMs: number): Condition[] => {
    if (!moment) return [];
    const id = `${bind(smallestIdAt(moment.getTime() + slackMs))}::uuid`;
    return [(column) => `${column} ${comparison} ${id}`];
  };
  const ids = [
    ...list('runId'),
    ...idBound('>=', queuedAfter, -CLOCKS_APART_MS),
    ...idBound('<', queuedBefore, CLOCKS_APART_MS),
    ...idBound('<', completedBefore, CLOCKS_APART_MS),
  ];
  const excluded = exclusionsSql(filter.not ?? [], bind);
  const ofAnyState = [...on(['errorCode', 'priority']), ...excluded.ofState, ...excluded.ofBoth];
  return {
    ofId: (column) => ids.map((condition) => condition(column)),
    ofRequest: [
      ...on(LIST_FIELDS.filter((field) => LISTS[field].column.startsWith('r.') && field !== 'runId')),
      ...momentSql('r.queued_at >=', queuedAfter, bind),
      ...momentSql('r.queued_at <', queuedBefore, bind),
      ...excluded.ofRequest,
    ],
    states: stateConditions(filter, ofAnyState, [
      ...momentSql('s.completed_at >=', completedAfter, bind),
      ...momentSql('s.completed_at <', completedBefore, bind),
    ]),
    readsBoth: excluded.ofBoth.length > 0,
  };
}

/**
 * @param any Conditions that a run can meet in every state.
 * @param ended Conditions that only a run that has ended can meet.
 */
function stateConditions(filter: RunFilter, any: string[], ended: string[]): StateCondition[] | null {
  if (!filter.status && any.length === 0 && ended.length === 0) return null;
  const states = statesOf(filter).filter(({ table }) => ended.length === 0 || table === OUTCOMES);
  // The conditions stay in the statement where none can be met, because it must use each of its parameters.
  if (states.length === 0) return [{ table: OUTCOMES, conditions: ['false', ...any, ...ended] }];
  return states.map(({ table, conditions }) => ({ table, conditions: [...conditions, ...any, ...ended] }));
}

/**
 * The tables of the statuses. Where no other list is more selective, each status is a condition of its own, so that
 * an ordered index scan finds its newest runs.
 */
function statesOf(filter: RunFilter): StateCondition[] {
  const statuses = RUN_STATUSES.filter((status) => filter.status?.includes(status) ?? true).filter(
    // A run that completed has no error.
    (status) => status !== 'COMPLETED' || !filter.errorCode,
  );
  if (!filter.status) return [...new Set(statuses.map(tableOf))].map((table) => ({ table, conditions: [] }));
  const isApart = mostSelectiveList(filter)?.field === 'status' && !hasJsonConditions(filter);
  const parts = isApart ? statuses.map((status) => [status]) : [...Map.groupBy(statuses, tableOf).values()];
  return parts.map((part) => {
    const table = tableOf(part[0]!);
    return { table, conditions: table === OUTCOMES ? [`s.status in ${sqlList(part)}`] : [] };
  });
}

const OUTCOMES = STATE_TABLES.COMPLETED;
const tableOf = (status: RunStatus): StateTable => STATE_TABLES[status];

/**
 * The maximum difference assumed between a process's clock and the database's. The id contains the time at which a
 * process made it; queuedAt is the database's. While the clocks differ by no more than this, a bound on queuedAt is
 * also a bound on the id, so every index that ends in the id can be used. So is the upper bound on completedAt, because
 * a run is queued before it completes.
 */
const CLOCKS_APART_MS = 3_600_000;
