import type { Address } from '../address.ts';
import type { AuditFilter } from '../api/generated/graphql.ts';

/**
 * The filter of an address, for the API. Days begin and end at midnight in UTC, or in the viewer's zone. What is not a
 * day is no condition.
 */
export function auditFilterOf(address: Address, isUtc: boolean): AuditFilter {
  const { principal, action, object, kind, from, to } = address;
  return {
    ...(principal && { principal: [principal] }),
    ...(action && { action: [action] }),
    ...(object && { objectId: object }),
    ...(KINDS.has(kind ?? '') && { rejected: kind === 'rejections' }),
    ...(isDay(from) && { after: midnight(from, 0, isUtc) }),
    ...(isDay(to) && { before: midnight(to, 1, isUtc) }),
  };
}

const KINDS = new Set(['changes', 'rejections']);

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** The midnight at which a day begins, or the one some days later. A day may have 23 or 25 hours. */
function midnight(day: string, daysLater: number, isUtc: boolean): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const at = isUtc
    ? new Date(Date.UTC(year, month - 1, date + daysLater))
    : new Date(year, month - 1, date + daysLater);
  return at.toISOString();
}
