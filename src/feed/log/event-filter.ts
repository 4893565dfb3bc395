import { hasJsonConditions, LISTS, type ListField, type RunFilter } from '../../runs/model/run-filter.ts';
import { type RunSources, runSources } from '../../runs/model/run-sources.ts';
import { isTerminal, RUN_STATUSES } from '../../runs/model/status.ts';
import type { FeedEvent } from './feed-event.ts';
import type { RunPayloads } from './run-payloads.ts';

/** Returns the events of a batch that match a filter, in their order. */
export type EventFilter = (events: readonly FeedEvent[]) => Promise<readonly FeedEvent[]>;

/**
 * Creates an event filter from a filter of runs. status and errorCode apply to the event, completedAfter and
 * completedBefore to the time of an event that ended its run, and all other conditions to fields of the run that
 * never change.
 */
export function createEventFilter(payloads: RunPayloads, filter: RunFilter): EventFilter {
  const matches = eventMatcher(filter);
  const isOfJson = hasJsonConditions(filter);
  return async (events) => {
    const found = events.filter(matches);
    if (!isOfJson || found.length === 0) return found;
    const ids = [...new Set(found.map(({ runId }) => runId))];
    const containing = await payloads.containing(filter, ids);
    return found.filter(({ runId }) => containing.has(runId));
  };
}

/** The same filter in SQL: the sources of the runs `r`, and a condition on each one's events `e`. */
export function eventFilterSql(
  filter: RunFilter,
  bind: (value: unknown) => string,
): { runs: RunSources; condition: string } {
  const { status, errorCode, completedAfter, completedBefore, ...ofRun } = filter;
  const conditions: string[] = [];
  if (status) conditions.push(`e.status = any(${bind(status)}::journey_run_status[])`);
  if (errorCode) conditions.push(`e.error ->> 'code' = any(${bind(errorCode)}::text[])`);
  if (completedAfter || completedBefore)
    conditions.push(`e.status = any(${bind(RUN_STATUSES.filter(isTerminal))}::journey_run_status[])`);
  if (completedAfter) conditions.push(`e.at >= ${bind(completedAfter)}::timestamptz`);
  if (completedBefore) conditions.push(`e.at < ${bind(completedBefore)}::timestamptz`);
  return { runs: runSources(ofRun, bind), condition: conditions.join(' and ') || 'true' };
}

function eventMatcher(filter: RunFilter): (event: FeedEvent) => boolean {
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
 * The value of an event that each list of the API's filter is compared with. A filter that has no value here would let
 * every event pass, so the type requires all of them.
 */
const VALUES: {
  readonly [field in Exclude<ListField, 'replayOfId'>]: (event: FeedEvent) => string | null | undefined;
} = {
  status: ({ status }) => status,
  errorCode: ({ error }) => error?.code,
  runId: ({ runId }) => runId,
  componentId: ({ run }) => run.componentId,
  componentKey: ({ run }) => run.componentKey,
  productId: ({ run }) => run.productId,
  attachmentId: ({ run }) => run.attachmentId,
  orderId: ({ run }) => run.orderId,
  groupId: ({ run }) => run.groupId,
  shop: ({ run }) => run.shop,
  channel: ({ run }) => run.channel,
  trigger: ({ run }) => run.trigger,
  idempotencyKey: ({ run }) => run.idempotencyKey,
};
const FIELDS = Object.keys(VALUES) as (keyof typeof VALUES)[];
