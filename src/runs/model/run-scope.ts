import type { Principal } from '../../identity/principal.ts';
import { filterConditions } from './filter-conditions.ts';
import type { RunFilter } from './run-filter.ts';

/** The runs that a principal may see: those that meet every condition. null is no condition. */
export type RunScope = {
  readonly caller: string | null;
  readonly channels: readonly string[] | null;
  readonly runId: string | null;
  readonly groupId: string | null;
};

export const EVERY_RUN: RunScope = { caller: null, channels: null, runId: null, groupId: null };

/** Principals with equal rights have equal scopes, so their subscriptions can be shared. */
export function scopeOf({ id, permissions, channels, scope }: Principal): RunScope {
  if (channels === null && scope === null && permissions.has('READ_RUNS')) return EVERY_RUN;
  return {
    caller: permissions.has('READ_RUNS') ? null : id,
    channels: channels && [...channels].sort(),
    runId: scope && 'runId' in scope ? scope.runId.toLowerCase() : null,
    groupId: scope && 'groupId' in scope ? scope.groupId.toLowerCase() : null,
  };
}

declare const NARROWED: unique symbol;
/**
 * A filter that matches no run outside of a scope. Functions that read runs for clients take no other filter, so that
 * none of them can show a run that its client may not see.
 */
export type NarrowedFilter = RunFilter & { readonly [NARROWED]: true };

export function narrowed({ caller, channels, runId, groupId }: RunScope, filter: RunFilter): NarrowedFilter {
  return {
    ...filter,
    ...(caller === null ? {} : { caller: [caller] }),
    ...(channels === null ? {} : { channel: common(filter.channel, channels) }),
    ...(runId === null ? {} : { runId: common(lowered(filter.runId), [runId]) }),
    ...(groupId === null ? {} : { groupId: common(lowered(filter.groupId), [groupId]) }),
  } as RunFilter as NarrowedFilter;
}

const common = (asked: readonly string[] | null | undefined, allowed: readonly string[]) =>
  asked ? allowed.filter((one) => asked.includes(one)) : allowed;

const lowered = (ids: readonly string[] | null | undefined) => ids?.map((id) => id.toLowerCase());

/** The scope as SQL conditions on a run as requested, `r`; none for EVERY_RUN. */
export function scopeSql(scope: RunScope, bind: (value: unknown) => string): string[] {
  const { ofId, ofRequest } = filterConditions(narrowed(scope, {}), bind);
  return [...ofId('r.id'), ...ofRequest];
}
