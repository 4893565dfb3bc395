import { thenRing } from '../../feed/live/doorbell.ts';
import { runOrderAutomation } from '../../orders/automation.ts';
import { enqueueCheckoutRuns } from '../../orders/checkout.ts';
import { RUNS_AT_MOST } from '../../orders/group-runs.ts';
import type { GroupResult } from '../../orders/run-group.ts';
import { listRuns } from '../../reads/run-list.ts';
import { narrowed } from '../../runs/model/run-scope.ts';
import type { Context } from '../context.ts';
import { checkChannel } from '../rights/narrowing.ts';
import { selectedRunColumns } from '../selection/run-columns.ts';
import { builder } from './builder.ts';
import { OrderType, RecordOrderInput } from './order.ts';
import { RunType } from './run.ts';
import { SHOP_INPUT } from './shop-args.ts';
import { SkippedAttachmentType } from './skipped-attachment.ts';
import { addUserErrors } from './user-error.ts';

const EnqueueRunsPayload = builder.objectRef<GroupResult>('EnqueueRunsPayload');
EnqueueRunsPayload.implement({
  description: 'The result of enqueueing the runs of an order. The runs of one request form a group.',
  fields: (t) => ({
    groupId: t.id({
      description: 'The UUID of the group. null when there are userErrors.',
      nullable: true,
      resolve: (result) => (result.ok ? result.value.groupId : null),
    }),
    order: t.prismaField({
      description: 'The order. null when there are userErrors.',
      type: OrderType,
      nullable: true,
      resolve: (query, result, _, { db }) =>
        result.ok ? db.prisma.order.findUnique({ ...query, where: { id: result.value.orderId } }) : null,
    }),
    runs: t.field({
      description:
        'All runs of the group, line by line, and within a line by the displayOrder of the attachments.',
      type: [RunType],
      resolve: (result, _, { db, runScope }, info) => {
        if (!result.ok) return [];
        // Another client may have sent the same checkout first.
        const runs = narrowed(runScope, { groupId: [result.value.groupId] });
        return listRuns(db.pool, runs, WHOLE_GROUP, selectedRunColumns(info));
      },
    }),
    skipped: t.prismaField({
      description:
        'The attachments and lines that were not enqueued, with the reasons, in the same order as runs.',
      type: [SkippedAttachmentType],
      resolve: (query, result, _, { db }) => {
        if (!result.ok) return [];
        const where = { groupId: result.value.groupId };
        return db.prisma.skippedAttachment.findMany({ ...query, where, orderBy: { id: 'asc' } });
      },
    }),
    deduplicated: t.boolean({
      description: 'True if an earlier, identical request enqueued the group.',
      resolve: (result) => result.ok && result.value.deduplicated,
    }),
  }),
});
addUserErrors(EnqueueRunsPayload);

/** The slice that holds a whole group. Ids ascend in the order of the plan. */
const WHOLE_GROUP = { after: null, before: null, limit: RUNS_AT_MOST, reverse: true };

const EnqueueCheckoutRunsInput = builder.inputType('EnqueueCheckoutRunsInput', {
  description: 'A completed checkout.',
  fields: (t) => ({
    order: t.field({
      description: 'The order to record. Its number makes the request idempotent.',
      type: RecordOrderInput,
      required: true,
    }),
    cart: t.field({
      type: 'JSONObject',
      description:
        'The cart of the checkout, as JSON. Scripts read it as input.cart. At most 4 MiB together with the order and the checkout.',
    }),
    channel: t.string({
      description:
        'The channel of the checkout, at most 128 characters. Defaults to null, which skips the check of channels.',
    }),
    checkout: t.field({
      type: 'JSONObject',
      description: 'JSON about the checkout, such as its payment. Scripts read it as context.checkout.',
    }),
    metadata: t.field({
      type: 'JSONObject',
      description:
        'JSON to merge into the metadata {"initiator": "checkout"} of the runs; its keys win. At most 256 KiB.',
    }),
  }),
});

export const RunOrderAutomationInput = builder.inputType('RunOrderAutomationInput', {
  description: 'An automation over a recorded order.',
  fields: (t) => ({
    shop: t.string({ description: SHOP_INPUT }),
    orderId: t.id({ description: 'The id of the order. It must be of the shop.', required: true }),
    sku: t.string({ description: 'Enqueues runs only for the lines with this SKU. Defaults to all lines.' }),
    componentId: t.idList({
      description: 'Enqueues runs only for attachments of these components. Defaults to all components.',
    }),
    channel: t.string({
      description:
        'The channel of the runs, at most 128 characters. Defaults to null, which skips the check of channels.',
    }),
    metadata: t.field({
      type: 'JSONObject',
      description:
        'JSON to merge into the metadata {"initiator": "order_automation"} of the runs; its keys win. At most 256 KiB.',
    }),
    idempotencyKey: t.string({
      description:
        'A key that makes the request safe to repeat, at most 255 characters. The same key with the same input returns the first group, with deduplicated: true. The same key with another input fails with IDEMPOTENCY_CONFLICT.',
    }),
  }),
});

builder.mutationFields((t) => ({
  enqueueCheckoutRuns: t.field({
    takesLargeInput: true,
    description:
      'Records an order after its checkout, and enqueues a run for each line and each attachment of its product that is eligible for the channel and triggered by CHECKOUT or POST_CHECKOUT. Everything is stored in one transaction, or nothing. The runs have HIGH priority; their scripts read input {order, orderItem, orderItems, cart} and context {checkout}. Idempotent by order number and shop: the same request returns the stored group, and a different request with that number fails with IDEMPOTENCY_CONFLICT.',
    type: EnqueueRunsPayload,
    audits: 'itself',
    args: { input: t.arg({ description: 'The checkout.', type: EnqueueCheckoutRunsInput, required: true }) },
    resolve: (_, { input }, ctx) => {
      checkChannel(ctx.principal, input.channel);
      return thenRing(
        ctx.ring,
        enqueueCheckoutRuns(target(ctx), input, ctx.principal.id, ctx.requestId),
        isNewGroup,
      );
    },
  }),
  runOrderAutomation: t.field({
    takesLargeInput: true,
    description:
      'Enqueues runs for the lines of a recorded order: one for each line and each attachment of its product that is eligible for the channel and triggered by AUTOMATION, POST_CHECKOUT or OPERATOR. Everything is stored in one transaction, or nothing. Scripts read input {order, orderItem, orderItems} as recorded.',
    type: EnqueueRunsPayload,
    audits: 'itself',
    args: {
      input: t.arg({
        description: 'The order, and which of its lines and components to run.',
        type: RunOrderAutomationInput,
        required: true,
      }),
    },
    resolve: (_, { input }, ctx) => {
      checkChannel(ctx.principal, input.channel);
      return thenRing(
        ctx.ring,
        runOrderAutomation(target(ctx), input, ctx.principal.id, ctx.requestId),
        isNewGroup,
      );
    },
  }),
}));

const target = ({ db, config }: Context) => ({ pool: db.pool, queue: config.taskQueue });

const isNewGroup = (result: GroupResult): boolean => result.ok && !result.value.deduplicated;
