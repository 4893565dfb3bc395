import { journeyPlan, orderAutomationPlan, type ShownStep } from '../../orders/journey-plan.ts';
import { checkAllChannels } from '../rights/narrowing.ts';
import { loadRow } from '../selection/load-row.ts';
import { AttachmentType } from './attachment.ts';
import { builder } from './builder.ts';
import { TriggerType } from './definition.ts';
import { OrderLineType } from './order-line.ts';
import { RunOrderAutomationInput } from './order-runs.ts';
import { RunPreviewType } from './run-preview.ts';
import { JourneyDecisionType } from './skipped-attachment.ts';

const JourneyStepType = builder.objectRef<ShownStep>('JourneyStep').implement({
  description: 'The decision whether an attachment would run, with its reason.',
  fields: (t) => ({
    line: t.prismaField({
      description: 'The order line of the step. null in journeyPlan.',
      type: OrderLineType,
      nullable: true,
      resolve: (query, { orderId, line }, _, ctx) =>
        orderId === null || line === null
          ? null
          : loadRow(ctx, 'orderLine', query, { orderId, position: line.position }),
    }),
    attachment: t.prismaField({
      description: 'The attachment of the step. null when there is no such product.',
      type: AttachmentType,
      nullable: true,
      resolve: (query, { candidate }, _, ctx) =>
        candidate === null ? null : loadRow(ctx, 'attachment', query, { id: candidate.attachmentId }),
    }),
    decision: t.expose('decision', {
      description: 'The decision for this attachment.',
      type: JourneyDecisionType,
    }),
    reason: t.exposeString('reason', {
      description: 'A sentence that says why the attachment would not run. null when it would run.',
      nullable: true,
    }),
    preview: t.field({
      description:
        'A preview of the run. null for attachments that would not run. A plan of many steps has previews for the first steps only: at most 100, and fewer if the order is large.',
      type: RunPreviewType,
      nullable: true,
      resolve: ({ preview }, _, { checkBudget }) => preview?.(checkBudget) ?? null,
    }),
  }),
});

builder.queryFields((t) => ({
  journeyPlan: t.field({
    takesLargeInput: true,
    description:
      'Shows which attachments of a product would run for a channel and triggers, and why the others would not. Nothing is enqueued.',
    type: [JourneyStepType],
    weighs: { always: 1_000 },
    args: {
      productId: t.arg.id({ description: 'The id of the product.', required: true }),
      channel: t.arg.string({ description: 'The channel to check. null skips the check of channels.' }),
      trigger: t.arg({
        type: [TriggerType],
        required: true,
        description:
          'The triggers to check, in the order of preference. The trigger of a run is the first of them that its component has.',
      }),
      inputPayload: t.arg({
        description: 'The inputPayload of the previews. Defaults to {}.',
        type: 'JSONObject',
      }),
      context: t.arg({ description: 'The context of the previews. Defaults to {}.', type: 'JSONObject' }),
      metadata: t.arg({ description: 'The metadata of the previews. Defaults to {}.', type: 'JSONObject' }),
    },
    resolve: (
      _,
      { channel = null, inputPayload = null, context = null, metadata = null, ...args },
      { db, principal },
    ) => journeyPlan(db, { ...args, channel, inputPayload, context, metadata }, principal.id),
  }),
  orderAutomationPlan: t.field({
    takesLargeInput: true,
    description:
      'Shows what runOrderAutomation would enqueue with this input, and what it would skip. Nothing is enqueued.',
    type: [JourneyStepType],
    weighs: { always: 1_000 },
    args: {
      input: t.arg({
        description: 'The input of runOrderAutomation.',
        type: RunOrderAutomationInput,
        required: true,
      }),
    },
    resolve: (_, { input }, { db, principal }) => {
      checkAllChannels(principal);
      return orderAutomationPlan(db, input, principal.id);
    },
  }),
}));
