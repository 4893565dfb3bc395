import { ServiceError } from '../../errors.ts';
import type { JsonObject } from '../../json/json.ts';
import { jsonMistakes } from '../../json/json-limits.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { JSON_FIELDS } from './json-conditions.ts';
import type { RunErrorCode } from './run-error.ts';
import type { RunPriority, Trigger } from './run-row.ts';
import { runSearch } from './run-search.ts';
import type { RunStatus } from './status.ts';

/**
 * Selects the runs that meet every condition given. A list matches any of its members, so [] matches nothing; null
 * is no condition. `…After` is inclusive, `…Before` exclusive. The JSON conditions are containment (jsonb @>) in
 * the payloads as the API shows them, including what the run's group shares.
 */
export type RunConditions = {
  status?: readonly RunStatus[] | null;
  componentId?: readonly string[] | null;
  componentKey?: readonly string[] | null;
  productId?: readonly string[] | null;
  attachmentId?: readonly string[] | null;
  orderId?: readonly string[] | null;
  orderNumber?: readonly string[] | null;
  runId?: readonly string[] | null;
  groupId?: readonly string[] | null;
  replayOfId?: readonly string[] | null;
  /** Runs that one of these principals enqueued. The API's filter does not have it: it follows from the client's rights. */
  caller?: readonly string[] | null;
  shop?: readonly string[] | null;
  channel?: readonly string[] | null;
  trigger?: readonly Trigger[] | null;
  priority?: readonly RunPriority[] | null;
  errorCode?: readonly RunErrorCode[] | null;
  idempotencyKey?: readonly string[] | null;
  queuedAfter?: Date | null;
  queuedBefore?: Date | null;
  completedAfter?: Date | null;
  completedBefore?: Date | null;
  inputPayload?: JsonObject | null;
  metadata?: JsonObject | null;
  context?: JsonObject | null;
};

/** Conditions that a run must meet, except a run that meets all conditions of an item of `not`. */
export type RunFilter = RunConditions & {
  /** The run's idempotency key, its order's number, or the beginning of its id (run-search.ts). */
  search?: string | null;
  not?: readonly RunConditions[] | null;
};

/** Whether the filter has a condition. {} is none, because every payload contains it. */
export const hasCondition = (filter: RunFilter): boolean =>
  Object.entries(filter).some(([name, value]) => {
    if (name === 'search') return runSearch(filter.search) !== null;
    if (name === 'not') return (filter.not ?? []).length > 0;
    return value != null && JSON.stringify(value) !== '{}';
  });

/** Throws BAD_REQUEST for a filter that is too large; `name` is the argument's name in the API. */
export function checkRunFilter(filter: RunFilter, name = 'where'): void {
  checkConditions(filter, name);
  const { search, not } = filter;
  if (search && search.length > SEARCH_AT_MOST)
    throw new ServiceError('BAD_REQUEST', `${name}.search is longer than ${SEARCH_AT_MOST} characters.`);
  if (not && not.length > EXCLUSIONS_AT_MOST)
    throw new ServiceError(
      'BAD_REQUEST',
      `${name}.not takes at most ${EXCLUSIONS_AT_MOST} items; it was given ${not.length}.`,
    );
  for (const [index, excluded] of (not ?? []).entries()) {
    checkConditions(excluded, `${name}.not.${index}`);
    if (!hasCondition(excluded))
      throw new ServiceError(
        'BAD_REQUEST',
        `${name}.not.${index} has no condition and would exclude every run. Add a condition, or remove the item.`,
      );
  }
}

function checkConditions(filter: RunConditions, name: string): void {
  for (const field of LIST_FIELDS) {
    const count = filter[field]?.length ?? 0;
    if (count > MEMBERS_AT_MOST)
      throw new ServiceError(
        'BAD_REQUEST',
        `${name}.${field} takes at most ${MEMBERS_AT_MOST} values; it was given ${count}.`,
      );
  }
  for (const field of JSON_FIELDS) {
    const [mistake] = filter[field] ? jsonMistakes(filter[field]) : [];
    if (mistake)
      throw new ServiceError(
        'BAD_REQUEST',
        `${[name, field, ...mistake.path].join('.')} ${mistake.message}.`,
      );
  }
}

/** The filter, limited to runs whose `field` is `id`: to one product's runs, for example. */
export function withCondition<F extends RunFilter>(filter: F, field: IdField, id: string): F {
  const values = filter[field];
  return { ...filter, [field]: !values || values.some((one) => one.toLowerCase() === id) ? [id] : [] };
}

export const hasJsonConditions = (filter: RunConditions): boolean =>
  JSON_FIELDS.some((field) => filter[field]);

/**
 * Whether to prepare statements with this filter, because one plan suits every value: with no condition, or with a
 * single member of one list. Other filters are planned with their values, because the best index depends on the
 * values and because they would need too many prepared statements.
 */
export function isPrepared(filter: RunFilter): boolean {
  const conditions = Object.values(filter).filter((value) => value != null).length;
  return conditions === 0 || (conditions === 1 && mostSelectiveList(filter)?.members.length === 1);
}

/** The given list that usually matches the fewest runs, with the members that a run can have, each once. */
export function mostSelectiveList(filter: RunFilter): { field: ListField; members: string[] } | null {
  const field = LIST_FIELDS.find((one) => filter[one]);
  return field ? { field, members: knowableMembers(field, filter[field] ?? []) } : null;
}

/** The members that a run can have, each once. Malformed ids, and text that PostgreSQL cannot store, match nothing. */
export function knowableMembers(field: ListField, values: readonly string[]): string[] {
  const known =
    LISTS[field].type === 'uuid'
      ? values.filter(isUuid).map((id) => id.toLowerCase())
      : values.filter((text) => text.isWellFormed() && !text.includes('\0'));
  return [...new Set(known)];
}

const MEMBERS_AT_MOST = 1_000;
const EXCLUSIONS_AT_MOST = 20;
const SEARCH_AT_MOST = 255;

type IdField = 'componentId' | 'productId' | 'attachmentId' | 'orderId' | 'groupId';
export type ListField = keyof typeof LISTS;

/**
 * The columns that list conditions compare, the most selective first: of the run as requested (`r`), or of its state
 * (`s`).
 */
export const LISTS = {
  runId: { column: 'r.id', type: 'uuid' },
  idempotencyKey: { column: 'r.id', type: 'text' },
  groupId: { column: 'r.group_id', type: 'uuid' },
  replayOfId: { column: 'r.replay_of_id', type: 'uuid' },
  orderId: { column: 'r.order_id', type: 'uuid' },
  orderNumber: { column: 'r.order_id', type: 'text' },
  attachmentId: { column: 'r.attachment_id', type: 'uuid' },
  productId: { column: 'r.product_id', type: 'uuid' },
  componentId: { column: 'r.component_id', type: 'uuid' },
  componentKey: { column: 'r.component_id', type: 'text' },
  // The index omits runs without an error. PostgreSQL uses it only for a condition that is spelled exactly like the
  // index's.
  errorCode: { column: "s.error is not null and (s.error ->> 'code')", type: 'text' },
  // The index omits runs without a principal, as above.
  caller: { column: "r.caller <> '' and r.caller", type: 'text' },
  // The index omits runs without a shop, as above.
  shop: { column: "r.shop <> '' and r.shop", type: 'text' },
  channel: { column: 'r.channel', type: 'text' },
  trigger: { column: 'r.trigger', type: 'journey_trigger' },
  priority: { column: 's.priority', type: 'journey_run_priority' },
  status: { column: 's.status', type: 'journey_run_status' },
} as const;
export const LIST_FIELDS = Object.keys(LISTS) as ListField[];

/** Lists whose members name what their column contains: a select of it, to which a condition on the names is added. */
export const NAMED_BY: { readonly [field in ListField]?: string } = {
  idempotencyKey: 'select k.run_id as value from journey_run_keys k where k.idempotency_key',
  // Several shops may have an order with the same number, or a component with the same key.
  orderNumber: 'select o.id as value from orders o where o.number',
  componentKey: 'select c.id as value from journey_components c where c.key',
};
