import { listRuns } from '../history/run-list.ts';
import { runOrderAutomation } from '../orders/automation.ts';
import { enqueueCheckoutRuns } from '../orders/checkout.ts';
import { RUNS_AT_MOST } from '../orders/group-runs.ts';
import type { GroupOutcome } from '../orders/run-group.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { OrderType, RecordOrderInput } from './order.ts';
import { RunType } from './run.ts';
import { selectedRunColumns } from './run-columns.ts';
import { SkippedAttachmentType } from './skipped-attachment.ts';
import { addUserErrors } from './user-error.ts';

const EnqueueRunsPayload = builder.objectRef<GroupOutcome>('EnqueueRunsPayload');
EnqueueRunsPayload.implement({
  fields: (t) => ({
    groupId: t.exposeID('groupId', { nullable: true }),
    order: t.prismaField({
      type: OrderType,
      nullable: true,
      resolve: (query, { orderId }, _, { db }) =>
        orderId === null ? null : db.prisma.order.findUnique({ ...query, where: { id: orderId } }),
    }),
    runs: t.field({
      description:
        "All that the group enqueued, line by line, and of a line in its attachments' display order.",
      type: [RunType],
      resolve: ({ groupId }, _, { db }, info) =>
        groupId === null
          ? []
          : listRuns(db.pool, { groupId: [groupId] }, WHOLE_GROUP, selectedRunColumns(info)),
    }),
    skipped: t.prismaField({
      description: 'All that it left out, in the same order.',
      type: [SkippedAttachmentType],
      resolve: (query, { groupId }, _, { db }) =>
        groupId === null
          ? []
          : db.prisma.skippedAttachment.findMany({ ...query, where: { groupId }, orderBy: { id: 'asc' } }),
    }),
    deduplicated: t.exposeBoolean('deduplicated', {
      description: 'Whether the group is that of an earlier request.',
    }),
  }),
});
addUserErrors(EnqueueRunsPayload);

/** Ids ascend with the plan. */
const WHOLE_GROUP = { after: null, before: null, limit: RUNS_AT_MOST, reverse: true };

const EnqueueCheckoutRunsInput = builder.inputType('EnqueueCheckoutRunsInput', {
  fields: (t) => ({
    order: t.field({ type: RecordOrderInput, required: true }),
    cart: t.field({ type: 'JSONObject', description: 'Scripts read it as input.cart.' }),
    channel: t.string({ description: 'Unless given, no channel is checked.' }),
    checkout: t.field({ type: 'JSONObject', description: 'Scripts read it as context.checkout.' }),
    metadata: t.field({ type: 'JSONObject', description: 'Laid over {"initiator": "checkout"}.' }),
  }),
});

export const RunOrderAutomationInput = builder.inputType('RunOrderAutomationInput', {
  fields: (t) => ({
    orderId: t.id({ required: true }),
    sku: t.string({ description: 'The lines of this sku alone.' }),
    componentId: t.idList({ description: 'The attachments of these components alone.' }),
    channel: t.string({ description: 'Unless given, no channel is checked.' }),
    metadata: t.field({ type: 'JSONObject', description: 'Laid over {"initiator": "order_automation"}.' }),
    idempotencyKey: t.string({
      description:
        'Same key and same input: the first group again, deduplicated. Other input: IDEMPOTENCY_CONFLICT. At most 255 characters.',
    }),
  }),
});

builder.mutationFields((t) => ({
  enqueueCheckoutRuns: t.field({
    description:
      "The checkout surface: records the order and enqueues, for every line, the product's attachments that take the channel and are triggered by CHECKOUT or POST_CHECKOUT, in one transaction, or nothing. Idempotent by order number. Runs read input {order, orderItem, orderItems, cart} and context {checkout}.",
    type: EnqueueRunsPayload,
    args: { input: t.arg({ type: EnqueueCheckoutRunsInput, required: true }) },
    resolve: (_, { input }, ctx) => rung(ctx, enqueueCheckoutRuns(target(ctx), input, ctx.caller.name)),
  }),
  runOrderAutomation: t.field({
    description:
      'The orders surface: enqueues, for all lines or those of one sku, the attachments triggered by AUTOMATION, POST_CHECKOUT or OPERATOR, in one transaction, or nothing. Runs read input {order, orderItem, orderItems} as recorded.',
    type: EnqueueRunsPayload,
    args: { input: t.arg({ type: RunOrderAutomationInput, required: true }) },
    resolve: (_, { input }, ctx) => rung(ctx, runOrderAutomation(target(ctx), input, ctx.caller.name)),
  }),
}));

const target = ({ db, config }: Context) => ({ pool: db.pool, queue: config.taskQueue });

/** The feed's readers are told to look once the group is committed. */
async function rung({ ring }: Context, enqueueing: Promise<GroupOutcome>): Promise<GroupOutcome> {
  const outcome = await enqueueing;
  if (outcome.groupId !== null && !outcome.deduplicated) ring();
  return outcome;
}
