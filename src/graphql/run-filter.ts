import { checkRunFilter, type RunFilter } from '../model/run-filter.ts';
import { builder } from './builder.ts';
import { TriggerType } from './definition.ts';
import { RunStatusType } from './run.ts';
import { RunErrorCodeType } from './run-error-code.ts';

/** Whoever takes one asks checkedFilter first. */
export const RunFilterInput = builder.inputType('RunFilter', {
  description:
    'All conditions given must hold; a list means any of its members, [] matches nothing, null is no condition. On events, status and errorCode are the event’s own; all else is the run’s.',
  fields: (t) => ({
    status: t.field({ type: [RunStatusType] }),
    componentId: t.idList(),
    componentKey: t.stringList(),
    productId: t.idList(),
    attachmentId: t.idList(),
    orderId: t.idList(),
    runId: t.idList(),
    groupId: t.idList(),
    channel: t.stringList(),
    trigger: t.field({ type: [TriggerType] }),
    errorCode: t.field({ type: [RunErrorCodeType] }),
    idempotencyKey: t.stringList(),
    queuedAfter: t.field({ type: 'DateTime', description: 'This moment included.' }),
    queuedBefore: t.field({ type: 'DateTime', description: 'This moment excluded.' }),
    completedAfter: t.field({ type: 'DateTime', description: 'This moment included.' }),
    completedBefore: t.field({ type: 'DateTime', description: 'This moment excluded.' }),
    inputPayload: t.field({
      type: 'JSONObject',
      description:
        "A part that the run's inputPayload contains as it is shown, with what its checkout or automation shares: each key with its value, each item of a list somewhere in it.",
    }),
    metadata: t.field({
      type: 'JSONObject',
      description: 'A part that the metadata contains, like {"initiator": "checkout"}.',
    }),
    context: t.field({
      type: 'JSONObject',
      description: 'A part that the context contains as it is shown, like {"checkout": {"id": "p-1"}}.',
    }),
  }),
});

/** The filter as it may be asked; refuses one that is too large. */
export function checkedFilter(where: RunFilter | null | undefined): RunFilter {
  if (where) checkRunFilter(where);
  return where ?? {};
}
