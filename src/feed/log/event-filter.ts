import { exceptSql, requestSql } from '../../runs/model/exclusions.ts';
import type { Bind } from '../../runs/model/list-condition.ts';
import {
  hasJsonConditions,
  LISTS,
  type ListField,
  type RunConditions,
  type RunFilter,
} from '../../runs/model/run-filter.ts';
import { type RunSearch, runSearch } from '../../runs/model/run-search.ts';
import { type RunSources, runSources } from '../../runs/model/run-sources.ts';
import { isTerminal, RUN_STATUSES } from '../../runs/model/status.ts';
import type { FeedEvent } from './feed-event.ts';
import type { RunPayloads } from './run-payloads.ts';
import { PRIORITY_OF_EVENT, type Priorities } from './run-priorities.ts';

/** Returns the events of a batch that match a filter, in their order. */
export type EventFilter = (events: readonly FeedEvent[]) => Promise<readonly FeedEvent[]>;

/**
 * Creates an event filter from a filter of runs. status and errorCode apply to the event, completedAfter and
 * completedBefore to the time of an event that ended its run, priority to the run as it is now, and all other
 * conditions to fields of the run that never change. So do those of exclusions.
 */
export function createEventFilter(lookups: Lookups, filter: RunFilter): EventFilter {
  const matching = conditionsFilter(lookups, filter);
  const excluded = (filter.not ?? []).map((exclusion) => conditionsFilter(lookups, exclusion));
  const search = runSearch(filter.search);
  return async (events) => {
    let found = await matching(search ? events.filter((event) => isFound(event, search)) : events);
    for (const exclude of excluded) {
      const without = new Set(await exclude(found));
      found = found.filter((event) => !without.has(event));
    }
    return found;
  };
}

/** The columns of events' runs that are read only for filters that need them. */
type Lookups = { payloads: RunPayloads; priorities: Priorities };

/** Returns the events that meet all of these conditions. */
function conditionsFilter({ payloads, priorities }: Lookups, conditions: RunConditions): EventFilter {
  const matches = eventMatcher(conditions);
  const isOfJson = hasJsonConditions(conditions);
  const { priority } = conditions;
  return async (events) => {
    let found = events.filter(matches);
    if (priority) {
      const read = await priorities(found);
      found = found.filter((_, index) => priority.some((one) => one === read[index]));
    }
    if (!isOfJson || found.length === 0) return found;
    const ids = [...new Set(found.map(({ runId }) => runId))];
    const containing = await payloads.containing(conditions, ids);
    return found.filter(({ runId }) => containing.has(runId));
  };
}

const isFound = ({ runId, run }: FeedEvent, { text, idPrefix }: RunSearch): boolean =>
  run.idempotencyKey === text ||
  run.orderNumber === text ||
  (idPrefix !== null && runId.startsWith(idPrefix));

/** The same filter in SQL: the sources of the runs `r`, and a condition on each one's events `e`. */
export function eventFilterSql(filter: RunFilter, bind: Bind): { runs: RunSources; condition: string } {
  const { ofEvent, ofRun } = divided(filter);
  const { not, ...included } = ofRun;
  const excluded = (filter.not ?? []).map((exclusion) => {
    const parts = divided(exclusion);
    return exceptSql([...requestSql(parts.ofRun, bind), ...eventSql(parts.ofEvent, bind)]);
  });
  const condition = [...eventSql(ofEvent, bind), ...excluded].join(' and ') || 'true';
  return { runs: runSources(included, bind), condition };
}

/** Divides a filter into the conditions that apply to the event, and those on its run. */
function divided<Filter extends RunConditions>(filter: Filter) {
  const { status, errorCode, priority, completedAfter, completedBefore, ...ofRun } = filter;
  return { ofEvent: { status, errorCode, priority, completedAfter, completedBefore }, ofRun };
}

function eventSql(
  { status, errorCode, priority, completedAfter, completedBefore }: RunConditions,
  bind: Bind,
): string[] {
  const conditions: string[] = [];
  if (status) conditions.push(`e.status = any(${bind(status)}::journey_run_status[])`);
  if (errorCode) conditions.push(`e.error ->> 'code' = any(${bind(errorCode)}::text[])`);
  if (priority) conditions.push(`${PRIORITY_OF_EVENT} = any(${bind(priority)}::journey_run_priority[])`);
  if (completedAfter || completedBefore)
    conditions.push(`e.status = any(${bind(RUN_STATUSES.filter(isTerminal))}::journey_run_status[])`);
  if (completedAfter) conditions.push(`e.at >= ${bind(completedAfter)}::timestamptz`);
  if (completedBefore) conditions.push(`e.at < ${bind(completedBefore)}::timestamptz`);
  return conditions;
}

function eventMatcher(filter: RunConditions): (event: FeedEvent) => boolean {
  const { queuedAfter, queuedBefore, completedAfter, completedBefore } = filter;
  const conditions: ((event: FeedEvent) => boolean)[] = [];
  for (const field of FIELDS) {
    const listed = filter[field];
    if (!listed) continue;
    const isId = LISTS[field].type === 'uuid';
    const members = new Set<string | null | undefined>(isId ? listed.map((id) => id.toLowerCase()) : listed);
    const read = VALUES[field];
    conditions.push((event) => members.has(read(event)));
  }
  if (queuedAfter) conditions.push(({ run }) => run.queuedAt >= queuedAfter);
  if (queuedBefore) conditions.push(({ run }) => run.queuedAt < queuedBefore);
  if (completedAfter) conditions.push(({ status, at }) => isTerminal(status) && at >= completedAfter);
  if (completedBefore) conditions.push(({ status, at }) => isTerminal(status) && at < completedBefore);
  return (event) => conditions.every((holds) => holds(event));
}

/**
 * The value of an event that each list of the API's filter is compared with, except the priority, which is looked up. A
 * filter that has no value here would let every event pass, so the type requires all of them.
 */
const VALUES: {
  readonly [field in Exclude<ListField, 'priority'>]: (event: FeedEvent) => string | null | undefined;
} = {
  status: ({ status }) => status,
  errorCode: ({ error }) => error?.code,
  runId: ({ runId }) => runId,
  componentId: ({ run }) => run.componentId,
  componentKey: ({ run }) => run.componentKey,
  productId: ({ run }) => run.productId,
  attachmentId: ({ run }) => run.attachmentId,
  orderId: ({ run }) => run.orderId,
  orderNumber: ({ run }) => run.orderNumber,
  groupId: ({ run }) => run.groupId,
  replayOfId: ({ run }) => run.replayOfId,
  caller: ({ run }) => run.caller,
  shop: ({ run }) => run.shop,
  channel: ({ run }) => run.channel,
  trigger: ({ run }) => run.trigger,
  idempotencyKey: ({ run }) => run.idempotencyKey,
};
const FIELDS = Object.keys(VALUES) as (keyof typeof VALUES)[];
