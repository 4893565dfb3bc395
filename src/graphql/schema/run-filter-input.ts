import { checkRunFilter, type RunFilter } from '../../runs/model/run-filter.ts';
import { type NarrowedFilter, narrowed } from '../../runs/model/run-scope.ts';
import { PREFIX_AT_LEAST } from '../../runs/model/run-search.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { TriggerType } from './definition.ts';
import { RunErrorCodeType } from './run-error-type.ts';
import { RunPriorityType, RunStatusType } from './run-status.ts';

type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

const conditions = (t: InputFields) => ({
  status: t.field({ description: 'Matches runs with one of these statuses.', type: [RunStatusType] }),
  componentId: t.idList({ description: 'Matches runs of one of these components, by id.' }),
  componentKey: t.stringList({ description: 'Matches runs of one of these components, by key.' }),
  productId: t.idList({ description: 'Matches runs of one of these products.' }),
  attachmentId: t.idList({ description: 'Matches runs of one of these attachments.' }),
  orderId: t.idList({ description: 'Matches runs of one of these orders.' }),
  orderNumber: t.stringList({ description: 'Matches runs of the orders with one of these numbers.' }),
  runId: t.idList({ description: 'Matches the runs with these ids.' }),
  groupId: t.idList({ description: 'Matches runs of one of these groups.' }),
  replayOfId: t.idList({ description: 'Matches the replays of one of these runs.' }),
  shop: t.stringList({
    description: 'Matches runs of one of these shops. Runs without a shop match none.',
  }),
  channel: t.stringList({ description: 'Matches runs with one of these channels.' }),
  trigger: t.field({ description: 'Matches runs with one of these triggers.', type: [TriggerType] }),
  priority: t.field({ description: 'Matches runs with one of these priorities.', type: [RunPriorityType] }),
  errorCode: t.field({
    description: 'Matches runs whose error has one of these codes.',
    type: [RunErrorCodeType],
  }),
  idempotencyKey: t.stringList({
    description: 'Matches runs that were enqueued with one of these idempotency keys.',
  }),
  queuedAfter: t.field({ type: 'DateTime', description: 'Matches runs enqueued at or after this time.' }),
  queuedBefore: t.field({ type: 'DateTime', description: 'Matches runs enqueued before this time.' }),
  completedAfter: t.field({
    type: 'DateTime',
    description: 'Matches runs that ended at or after this time.',
  }),
  completedBefore: t.field({ type: 'DateTime', description: 'Matches runs that ended before this time.' }),
  inputPayload: t.field({
    type: 'JSONObject',
    description:
      "Matches runs whose inputPayload, as the API shows it, contains this JSON: each key with its value, and each item of a list somewhere in the list (PostgreSQL's jsonb @>).",
  }),
  metadata: t.field({
    type: 'JSONObject',
    description: 'Matches runs whose metadata contains this JSON, such as {"initiator": "checkout"}.',
  }),
  context: t.field({
    type: 'JSONObject',
    description:
      'Matches runs whose context, as the API shows it, contains this JSON, such as {"checkout": {"id": "p-1"}}.',
  }),
});

const RunExclusionInput = builder.inputType('RunExclusion', {
  description:
    'Excludes runs from a filter. At least one condition is required. A run that meets all conditions is excluded; the conditions are those of RunFilter.',
  fields: conditions,
});

/** The input type of run filters. A resolver must validate its value with checkedFilter. */
export const RunFilterInput = builder.inputType('RunFilter', {
  description:
    'Selects runs, or the events of runs. All conditions must hold. A list matches any of its members, at most 1,000; [] matches nothing; null is no condition. For events, status and errorCode refer to the event, and all other conditions to its run; the priority is the one that the run has when its event is read.',
  fields: (t) => ({
    ...conditions(t),
    search: t.string({
      description: `Matches runs whose idempotencyKey or order number is this text, or whose id begins with it, if it has at least ${PREFIX_AT_LEAST} characters. At most 255 characters; space around the text is ignored, and a blank text is no condition.`,
    }),
    not: t.field({
      type: [RunExclusionInput],
      description:
        'Excludes the runs that meet all conditions of one of these items, at most 20. To exclude runs that meet one of several conditions, set each condition in an item of its own.',
    }),
  }),
});

/** Returns the filter, narrowed to the runs that the client may see, and rejects one that is too large. */
export function checkedFilter(
  { runScope }: Pick<Context, 'runScope'>,
  where: RunFilter | null | undefined,
): NarrowedFilter {
  if (where) checkRunFilter(where);
  return narrowed(runScope, where ?? {});
}
