import { journeyPlan, orderAutomationPlan, type ShownStep } from '../orders/journey-plan.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { TriggerType } from './definition.ts';
import { lineKey, OrderLineType } from './order-line.ts';
import { RunOrderAutomationInput } from './order-runs.ts';
import { RunPreviewType } from './run-preview.ts';
import { JourneyDecisionType } from './skipped-attachment.ts';

const JourneyStepType = builder.objectRef<ShownStep>('JourneyStep').implement({
  description: 'Whether an attachment would run, and why not.',
  fields: (t) => ({
    line: t.prismaField({
      type: OrderLineType,
      nullable: true,
      resolve: (query, { orderId, line }, _, { db }) =>
        orderId === null || line === null
          ? null
          : db.prisma.orderLine.findUnique({ ...query, where: lineKey(orderId, line.position) }),
    }),
    attachment: t.prismaField({
      type: AttachmentType,
      nullable: true,
      resolve: (query, { candidate }, _, { db }) =>
        candidate === null
          ? null
          : db.prisma.attachment.findUnique({ ...query, where: { id: candidate.attachmentId } }),
    }),
    decision: t.expose('decision', { type: JourneyDecisionType }),
    reason: t.exposeString('reason', { nullable: true }),
    preview: t.field({
      description:
        'Of an eligible step, what its run would come to. A plan of many steps previews the first ones: at most 100, fewer where the order is large.',
      type: RunPreviewType,
      nullable: true,
      resolve: ({ preview }, _, { checkBudget }) => preview?.(checkBudget) ?? null,
    }),
  }),
});

builder.queryFields((t) => ({
  journeyPlan: t.field({
    description:
      "Which of a product's attachments would run for this channel (null: no channel is checked) and any of these triggers, and why the others would not.",
    type: [JourneyStepType],
    weighs: { always: 1_000 },
    args: {
      productId: t.arg.id({ required: true }),
      channel: t.arg.string(),
      trigger: t.arg({
        type: [TriggerType],
        required: true,
        description: 'A run is triggered by the first of them that its component has.',
      }),
      inputPayload: t.arg({ type: 'JSONObject' }),
      context: t.arg({ type: 'JSONObject' }),
      metadata: t.arg({ type: 'JSONObject' }),
    },
    resolve: (
      _,
      { channel = null, inputPayload = null, context = null, metadata = null, ...args },
      { db, caller },
    ) => journeyPlan(db, { ...args, channel, inputPayload, context, metadata }, caller.name),
  }),
  orderAutomationPlan: t.field({
    description: 'What runOrderAutomation would enqueue, and what it would skip.',
    type: [JourneyStepType],
    weighs: { always: 1_000 },
    args: { input: t.arg({ type: RunOrderAutomationInput, required: true }) },
    resolve: (_, { input }, { db, caller }) => orderAutomationPlan(db, input, caller.name),
  }),
}));
