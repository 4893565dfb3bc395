import type { GraphQLResolveInfo } from 'graphql';
import { isUuid } from '../db/uuid.ts';
import { findLate, type LateField } from '../history/run-late.ts';
import { findListedRuns } from '../history/run-lookup.ts';
import {
  answerMaskOf,
  maskError,
  maskStoredRequest,
  maskStoredResult,
  maskTelemetry,
} from '../model/mask-run.ts';
import type { ListedRun, Run, RunPriority } from '../model/run.ts';
import type { RunError } from '../model/run-error.ts';
import { maskBindings, maskInputs, maskSent } from '../model/secrets.ts';
import type { RunStatus } from '../model/status.ts';
import type { RunTelemetry } from '../model/telemetry.ts';
import { AttachmentType } from './attachment.ts';
import { BindingType } from './binding.ts';
import { builder } from './builder.ts';
import { ComponentType } from './component.ts';
import { ComponentVersionType } from './component-version.ts';
import type { Context } from './context.ts';
import { TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { ProductType } from './product.ts';
import { selectedRunColumns } from './run-columns.ts';
import { RunErrorCodeType } from './run-error-code.ts';

export const RunStatusType = builder.enumType('RunStatus', {
  values: {
    QUEUED: { value: 'QUEUED', description: 'Waits for its runAt, and then for a worker.' },
    RUNNING: { value: 'RUNNING', description: 'Is in the hand of one worker.' },
    COMPLETED: { value: 'COMPLETED', description: "Has the script runner's answer." },
    FAILED: { value: 'FAILED', description: 'No attempt is left, or none would help.' },
    CANCELED: { value: 'CANCELED', description: 'Was stopped by an operator.' },
  } as const satisfies Record<RunStatus, object>,
});

export const RunPriorityType = builder.enumType('RunPriority', {
  values: {
    HIGH: { value: 'HIGH', description: 'Of checkouts.' },
    NORMAL: { value: 'NORMAL', description: 'Unless said otherwise.' },
    LOW: { value: 'LOW', description: 'Of bulk operations.' },
  } as const satisfies Record<RunPriority, object>,
});

export const RunErrorType = builder.objectRef<RunError>('RunError').implement({
  description: 'Why an attempt failed.',
  fields: (t) => ({
    code: t.expose('code', { type: RunErrorCodeType }),
    message: t.exposeString('message'),
    detail: t.expose('detail', {
      type: 'JSONObject',
      nullable: true,
      description:
        'BINDING_UNRESOLVED: {missing: [inputKey]}; INPUT_INVALID: {errors: [{path, message}]}; RUNNER_…: {httpStatus}.',
    }),
    retryable: t.exposeBoolean('retryable', {
      description: 'Whether attempts that are left may be used for it.',
    }),
  }),
});

export const RunTelemetryType = builder.objectRef<RunTelemetry>('RunTelemetry').implement({
  description: 'What one attempt at the script runner took and gave.',
  fields: (t) => ({
    runner: t.exposeString('runner'),
    latencyMs: t.exposeFloat('latencyMs'),
    bindingsCount: t.exposeInt('bindingsCount', { description: 'Those that resolved.' }),
    outputPreview: t.exposeString('outputPreview', {
      nullable: true,
      description: 'The start of the result.',
    }),
    errorPreview: t.exposeString('errorPreview', {
      nullable: true,
      description: 'The start of the failure.',
    }),
  }),
});

export const RunType = builder.objectRef<ListedRun>('Run').implement({
  description: 'One requested execution of a component.',
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'A UUID of version 7: it sorts by time.' }),
    status: t.expose('status', { type: RunStatusType }),
    component: t.prismaField({
      type: ComponentType,
      extensions: { columns: ['componentId'] },
      resolve: (query, { componentId }, _, { db }) =>
        db.prisma.component.findUniqueOrThrow({ ...query, where: { id: componentId } }),
    }),
    componentVersion: t.prismaField({
      description: 'As enqueued.',
      type: ComponentVersionType,
      extensions: { columns: ['componentVersionId'] },
      resolve: (query, { componentVersionId }, _, { db }) =>
        db.prisma.componentVersion.findUniqueOrThrow({ ...query, where: { id: componentVersionId } }),
    }),
    product: t.prismaField({
      type: ProductType,
      nullable: true,
      extensions: { columns: ['productId'] },
      resolve: (query, { productId }, _, { db }) =>
        productId === null ? null : db.prisma.product.findUnique({ ...query, where: { id: productId } }),
    }),
    attachment: t.prismaField({
      description: 'null once the product no longer has it.',
      type: AttachmentType,
      nullable: true,
      extensions: { columns: ['attachmentId'] },
      resolve: (query, { attachmentId }, _, { db }) =>
        attachmentId === null
          ? null
          : db.prisma.attachment.findUnique({ ...query, where: { id: attachmentId, hiddenAt: null } }),
    }),
    groupId: t.exposeID('groupId', {
      nullable: true,
      description: 'Shared by the runs that one checkout or automation enqueued.',
    }),
    channel: t.exposeString('channel', { nullable: true }),
    trigger: t.expose('trigger', { type: TriggerType, nullable: true }),
    priority: t.expose('priority', { type: RunPriorityType }),
    attempt: t.exposeInt('attempt', { description: 'Claims so far, lost ones too; 0 until started.' }),
    lostAttempts: t.exposeInt('lostAttempts', { description: 'Claims that ended with their worker.' }),
    maxAttempts: t.exposeInt('maxAttempts', {
      description: 'It is retried while attempt - lostAttempts < maxAttempts; retryRun adds one.',
    }),
    inputPayload: t.field({
      type: 'JSONObject',
      extensions: { columns: ['bindingSnapshot'] },
      resolve: async (run, _, ctx) => maskSent(await late(ctx, run, 'inputPayload'), run.bindingSnapshot),
    }),
    metadata: t.field({
      type: 'JSONObject',
      extensions: { columns: ['metadata', 'bindingSnapshot'] },
      resolve: (run) => maskSent(run.metadata, run.bindingSnapshot),
    }),
    context: t.field({
      type: 'JSONObject',
      extensions: { columns: ['bindingSnapshot'] },
      resolve: async (run, _, ctx) => maskSent(await late(ctx, run, 'context'), run.bindingSnapshot),
    }),
    bindingSnapshot: t.field({
      description: 'Normalised when enqueued; later edits do not touch it.',
      type: [BindingType],
      extensions: { columns: ['bindingSnapshot'] },
      resolve: (run) => maskBindings(run.bindingSnapshot),
    }),
    resolvedBindings: t.field({
      description: 'inputKey to value, of the latest attempt.',
      type: 'JSONObject',
      nullable: true,
      extensions: { columns: ['bindingSnapshot'] },
      resolve: async (run, _, ctx) => {
        const values = await late(ctx, run, 'resolvedBindings');
        return values && maskSent(maskInputs(values, run.bindingSnapshot), run.bindingSnapshot);
      },
    }),
    resultPayload: t.field({
      type: 'JSON',
      nullable: true,
      extensions: { columns: ['bindingSnapshot', 'telemetry'] },
      resolve: async (run, _, ctx) => maskStoredResult(await late(ctx, run, 'resultPayload'), run),
    }),
    error: t.field({
      description: 'Of the latest attempt, null when it succeeded; CANCELED after a cancel.',
      type: RunErrorType,
      nullable: true,
      extensions: { columns: ['error', 'bindingSnapshot'] },
      resolve: (run) => maskError(run.error, answerMaskOf(run.bindingSnapshot)),
    }),
    telemetry: t.field({
      description: 'Of the latest attempt, null when no runner was called.',
      type: RunTelemetryType,
      nullable: true,
      extensions: { columns: ['telemetry', 'bindingSnapshot'] },
      resolve: (run) => maskTelemetry(run.telemetry, answerMaskOf(run.bindingSnapshot)),
    }),
    request: t.field({
      description: "The latest attempt's JourneyScriptRequest, secrets masked.",
      type: 'JSON',
      nullable: true,
      resolve: async (run, _, ctx) => maskStoredRequest(await late(ctx, run, 'request')),
    }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime' }),
    runAt: t.expose('runAt', {
      type: 'DateTime',
      description: 'When it is due: later than queuedAt for a retry that waits.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Of the first attempt.',
    }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Set in every terminal status; a retry clears it.',
    }),
    cancelRequestedAt: t.expose('cancelRequestedAt', { type: 'DateTime', nullable: true }),
    forgottenAt: t.expose('forgottenAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When its payloads were erased, because its order was forgotten; null for every other run.',
    }),
    idempotencyKey: t.exposeString('idempotencyKey', { nullable: true }),
    queue: t.exposeString('queue', {
      nullable: true,
      description:
        'The task queue whose workers execute the run. null: enqueued before queues were stored; the first worker to take it sets it.',
    }),
  }),
});

builder.objectField(RunType, 'replayOf', (t) =>
  t.field({
    description: 'The run that this one repeats.',
    type: RunType,
    nullable: true,
    extensions: { columns: ['replayOfId'] },
    resolve: ({ replayOfId }, _, ctx, info) => (replayOfId === null ? null : loadRun(ctx, info, replayOfId)),
  }),
);

builder.queryField('run', (t) =>
  t.field({
    type: RunType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, ctx, info) => (isUuid(id) ? loadRun(ctx, info, id.toLowerCase()) : null),
  }),
);

/** A run by its id, with the columns that the operation selects; all that it needs within a tick come from one statement. */
export async function loadRun(
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
  id: string,
): Promise<ListedRun | null> {
  const columns = selectedRunColumns(info);
  const runs = loaders.of(`runs ${columns}`, (ids) => findListedRuns(db.pool, ids, columns));
  return (await runs.load(id)) ?? null;
}

/** A large field, for all runs of the operation that show it within a tick. */
async function late<F extends LateField>(
  { db, loaders }: Context,
  { id }: { id: string },
  field: F,
): Promise<Run[F]> {
  return (await loaders.of(`${field} of runs`, (ids) => findLate(db.pool, field, ids)).load(id)) as Run[F];
}
