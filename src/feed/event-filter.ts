import type pg from 'pg';
import { type RunFilter, runFilterSql } from '../model/run-filter.ts';
import { isTerminal, RUN_STATUSES } from '../model/status.ts';
import type { FeedEvent } from './feed-event.ts';

/** Those of a batch of events that a filter lets through, in their order. */
export type EventFilter = (events: readonly FeedEvent[]) => Promise<readonly FeedEvent[]>;

/**
 * A filter of runs applied to their events: status and errorCode judge the event, completedAfter and completedBefore the
 * moment of one that ended its run, and all else what never changes of the run. What JSON contains, PostgreSQL alone
 * decides, in one statement for the batch, so that the feed and its history agree to the letter.
 */
export function createEventFilter(pool: pg.Pool, filter: RunFilter): EventFilter {
  const matches = eventMatcher(filter);
  const { inputPayload, metadata, context } = filter;
  const json = runFilterSql({ inputPayload, metadata, context }, 2);
  const text = `select r.id from journey_component_runs r where r.id = any($1::uuid[]) and ${json.sql}`;
  return async (events) => {
    const found = events.filter(matches);
    if (json.values.length === 0 || found.length === 0) return found;
    const ids = [...new Set(found.map(({ runId }) => runId))];
    const { rows } = await pool.query<{ id: string }>(text, [ids, ...json.values]);
    const containing = new Set(rows.map(({ id }) => id));
    return found.filter(({ runId }) => containing.has(runId));
  };
}

/** The same filter as SQL, on an event `e` and its run `r`; parameters are numbered from `firstParameter`. */
export function eventFilterSql(
  filter: RunFilter,
  firstParameter: number,
): { sql: string; values: unknown[] } {
  const { status, errorCode, completedAfter, completedBefore, ...ofRun } = filter;
  const { sql, values } = runFilterSql(ofRun, firstParameter);
  const conditions = [sql];
  const add = (condition: string, value: unknown) =>
    conditions.push(condition.replace('?', `$${values.push(value) + firstParameter - 1}`));
  if (status) add('e.status = any(?::journey_run_status[])', status);
  if (errorCode) add(`e.error ->> 'code' = any(?::text[])`, errorCode);
  if (completedAfter || completedBefore)
    add('e.status = any(?::journey_run_status[])', RUN_STATUSES.filter(isTerminal));
  if (completedAfter) add('e.at >= ?::timestamptz', completedAfter);
  if (completedBefore) add('e.at < ?::timestamptz', completedBefore);
  return { sql: conditions.join(' and '), values };
}

function eventMatcher(filter: RunFilter): (event: FeedEvent) => boolean {
  const { queuedAfter, queuedBefore, completedAfter, completedBefore } = filter;
  const conditions: ((event: FeedEvent) => boolean)[] = [];
  for (const [field, asFound, isId] of LISTS) {
    const asked = filter[field];
    if (!asked) continue;
    const members = new Set<string | null | undefined>(isId ? asked.map((id) => id.toLowerCase()) : asked);
    conditions.push((event) => members.has(asFound(event)));
  }
  if (queuedAfter) conditions.push(({ run }) => run.queuedAt >= queuedAfter);
  if (queuedBefore) conditions.push(({ run }) => run.queuedAt < queuedBefore);
  if (completedAfter) conditions.push(({ status, at }) => isTerminal(status) && at >= completedAfter);
  if (completedBefore) conditions.push(({ status, at }) => isTerminal(status) && at < completedBefore);
  return (event) => conditions.every((holds) => holds(event));
}

type ListField =
  | 'status'
  | 'errorCode'
  | 'runId'
  | 'componentKey'
  | 'channel'
  | 'trigger'
  | 'idempotencyKey'
  | IdField;
type IdField = 'componentId' | 'productId' | 'attachmentId' | 'orderId' | 'groupId';

/** Each list of the filter, what of an event it is compared with, and whether the case of its letters is all one. */
const LISTS: [ListField, (event: FeedEvent) => string | null | undefined, boolean][] = [
  ['status', ({ status }) => status, false],
  ['errorCode', ({ error }) => error?.code, false],
  ['runId', ({ runId }) => runId, true],
  ['componentId', ({ run }) => run.componentId, true],
  ['componentKey', ({ run }) => run.componentKey, false],
  ['productId', ({ run }) => run.productId, true],
  ['attachmentId', ({ run }) => run.attachmentId, true],
  ['orderId', ({ run }) => run.orderId, true],
  ['groupId', ({ run }) => run.groupId, true],
  ['channel', ({ run }) => run.channel, false],
  ['trigger', ({ run }) => run.trigger, false],
  ['idempotencyKey', ({ run }) => run.idempotencyKey, false],
];
