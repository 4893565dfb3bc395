import type { GraphQLResolveInfo } from 'graphql';
import { isUuid } from '../../postgres/uuid.ts';
import { type LargeField, loadLargeField } from '../../reads/large-fields.ts';
import { findListedRuns } from '../../reads/run-lookup.ts';
import type { ListedRun, Run, RunPriority } from '../../runs/model/run-row.ts';
import type { RunStatus } from '../../runs/model/status.ts';
import {
  answerMaskOf,
  maskError,
  maskStoredRequest,
  maskStoredResult,
  maskTelemetry,
} from '../../script-request/masking/mask-run.ts';
import { maskBindings, maskInputs, maskSent } from '../../script-request/masking/secrets.ts';
import type { Context } from '../context.ts';
import { selectedRunColumns } from '../selection/run-columns.ts';
import { AttachmentType } from './attachment.ts';
import { BindingType } from './binding.ts';
import { builder } from './builder.ts';
import { ComponentType } from './component.ts';
import { ComponentVersionType } from './component-version.ts';
import { TriggerType } from './definition.ts';
import { NodeType } from './node.ts';
import { ProductType } from './product.ts';
import { RunErrorType } from './run-error-type.ts';
import { RunTelemetryType } from './run-telemetry-type.ts';

export const RunStatusType = builder.enumType('RunStatus', {
  description:
    'The status of a run. COMPLETED, FAILED and CANCELED are terminal: only retryRun leads out of FAILED and CANCELED, and nothing leads out of COMPLETED.',
  values: {
    QUEUED: { value: 'QUEUED', description: 'The run waits for its runAt, and then for a worker.' },
    RUNNING: { value: 'RUNNING', description: 'A worker executes the run.' },
    COMPLETED: { value: 'COMPLETED', description: 'The script runner returned a result.' },
    FAILED: { value: 'FAILED', description: 'The last attempt failed, and no retry follows.' },
    CANCELED: { value: 'CANCELED', description: 'The run was canceled on request.' },
  } as const satisfies Record<RunStatus, object>,
});

export const RunPriorityType = builder.enumType('RunPriority', {
  description: 'The priority of a run. Due runs with a higher priority are started first.',
  values: {
    HIGH: { value: 'HIGH', description: 'The priority of runs from enqueueCheckoutRuns.' },
    NORMAL: { value: 'NORMAL', description: 'The default priority.' },
    LOW: { value: 'LOW', description: 'The priority of runs from bulk operations.' },
  } as const satisfies Record<RunPriority, object>,
});

export const RunType = builder.objectRef<ListedRun>('Run').implement({
  description:
    'One requested execution of a component. It is retried by the retryPolicy of the component until it reaches a terminal status.',
  interfaces: [NodeType],
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'The UUID of the run, version 7 (RFC 9562). Ids sort by the time of enqueueing.',
    }),
    status: t.expose('status', { description: 'The status of the run.', type: RunStatusType }),
    component: t.prismaField({
      description: 'The component of the run.',
      type: ComponentType,
      extensions: { columns: ['componentId'] },
      resolve: (query, { componentId }, _, { db }) =>
        db.prisma.component.findUniqueOrThrow({ ...query, where: { id: componentId } }),
    }),
    componentVersion: t.prismaField({
      description: 'The version of the component that the run uses. It was fixed when the run was enqueued.',
      type: ComponentVersionType,
      extensions: { columns: ['componentVersionId'] },
      resolve: (query, { componentVersionId }, _, { db }) =>
        db.prisma.componentVersion.findUniqueOrThrow({ ...query, where: { id: componentVersionId } }),
    }),
    product: t.prismaField({
      description: 'The product of the run. null when the run was enqueued without one.',
      type: ProductType,
      nullable: true,
      extensions: { columns: ['productId'] },
      resolve: (query, { productId }, _, { db }) =>
        productId === null ? null : db.prisma.product.findUnique({ ...query, where: { id: productId } }),
    }),
    attachment: t.prismaField({
      description:
        'The attachment of the run. null when the run was enqueued without one, or when the product no longer has it.',
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
      description:
        'The UUID that the runs of one enqueueCheckoutRuns or runOrderAutomation share. null for other runs.',
    }),
    channel: t.exposeString('channel', {
      description: 'The channel of the run. null when none was given.',
      nullable: true,
    }),
    trigger: t.expose('trigger', {
      description: 'The trigger of the run. null when none was given.',
      type: TriggerType,
      nullable: true,
    }),
    priority: t.expose('priority', { description: 'The priority of the run.', type: RunPriorityType }),
    attempt: t.exposeInt('attempt', {
      description:
        'Times a worker has started this run, including attempts lost with a crashed worker. 0 before the first.',
    }),
    lostAttempts: t.exposeInt('lostAttempts', {
      description:
        'The number of attempts that were lost with a crashed worker. They do not count towards maxAttempts. A retry resets it to 0.',
    }),
    maxAttempts: t.exposeInt('maxAttempts', {
      description:
        "The highest number of attempts: a failed attempt is retried while attempt - lostAttempts < maxAttempts. It starts at the retryPolicy's maxAttempts, and retryRun raises it by one attempt.",
    }),
    inputPayload: t.field({
      description: 'The input of the run, together with what its group shares. Secrets are masked.',
      type: 'JSONObject',
      extensions: { columns: ['bindingSnapshot'] },
      resolve: async (run, _, ctx) =>
        maskSent(await loadField(ctx, run, 'inputPayload'), run.bindingSnapshot),
    }),
    metadata: t.field({
      description: 'The metadata of the run. Secrets are masked.',
      type: 'JSONObject',
      extensions: { columns: ['metadata', 'bindingSnapshot'] },
      resolve: (run) => maskSent(run.metadata, run.bindingSnapshot),
    }),
    context: t.field({
      description: 'The context of the run, together with what its group shares. Secrets are masked.',
      type: 'JSONObject',
      extensions: { columns: ['bindingSnapshot'] },
      resolve: async (run, _, ctx) => maskSent(await loadField(ctx, run, 'context'), run.bindingSnapshot),
    }),
    bindingSnapshot: t.field({
      description:
        'The bindings of the run, copied when it was enqueued. Later changes of the attachment do not affect them. The values of secret bindings are null.',
      type: [BindingType],
      extensions: { columns: ['bindingSnapshot'] },
      resolve: (run) => maskBindings(run.bindingSnapshot),
    }),
    resolvedBindings: t.field({
      description:
        'The values that the bindings found in the latest attempt, by inputKey. Secrets are masked. null before the first attempt.',
      type: 'JSONObject',
      nullable: true,
      extensions: { columns: ['bindingSnapshot'] },
      resolve: async (run, _, ctx) => {
        const values = await loadField(ctx, run, 'resolvedBindings');
        return values && maskSent(maskInputs(values, run.bindingSnapshot), run.bindingSnapshot);
      },
    }),
    resultPayload: t.field({
      description:
        'The result of the script, as JSON, at most 1 MiB. Secrets are masked. null until the run completes.',
      type: 'JSON',
      nullable: true,
      extensions: { columns: ['bindingSnapshot', 'telemetry'] },
      resolve: async (run, _, ctx) => maskStoredResult(await loadField(ctx, run, 'resultPayload'), run),
    }),
    error: t.field({
      description:
        'The error of the latest attempt. null when it succeeded, and before the first attempt ends. Its code is CANCELED after a cancel.',
      type: RunErrorType,
      nullable: true,
      extensions: { columns: ['error', 'bindingSnapshot'] },
      resolve: (run) => maskError(run.error, answerMaskOf(run.bindingSnapshot)),
    }),
    telemetry: t.field({
      description: 'The measurements of the latest attempt. null when the script runner was not called.',
      type: RunTelemetryType,
      nullable: true,
      extensions: { columns: ['telemetry', 'bindingSnapshot'] },
      resolve: (run) => maskTelemetry(run.telemetry, answerMaskOf(run.bindingSnapshot)),
    }),
    request: t.field({
      description:
        'The JSON that the script runner received in the latest attempt (JourneyScriptRequest). Secrets are masked. null before the first call.',
      type: 'JSON',
      nullable: true,
      resolve: async (run, _, ctx) => maskStoredRequest(await loadField(ctx, run, 'request')),
    }),
    queuedAt: t.expose('queuedAt', {
      description: 'The time at which the run was enqueued.',
      type: 'DateTime',
    }),
    runAt: t.expose('runAt', {
      type: 'DateTime',
      description:
        'The time at which the run is due. It is later than queuedAt for a run that was enqueued for later or waits for a retry.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the first attempt started. null before it.',
    }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the run reached a terminal status. null before it, and again after a retry.',
    }),
    cancelRequestedAt: t.expose('cancelRequestedAt', {
      description: 'The time at which a cancel was requested. null when none was, and again after a retry.',
      type: 'DateTime',
      nullable: true,
    }),
    forgottenAt: t.expose('forgottenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which forgetOrder erased the payloads of the run. null for other runs.',
    }),
    idempotencyKey: t.exposeString('idempotencyKey', {
      description: 'The idempotency key with which the run was enqueued. null when it had none.',
      nullable: true,
    }),
    queue: t.exposeString('queue', {
      nullable: true,
      description:
        'The task queue of the run; only workers of this queue execute it. null for a run that was enqueued before queues were stored; the first worker that claims it sets the queue.',
    }),
  }),
});

builder.objectField(RunType, 'replayOf', (t) =>
  t.field({
    description: 'The run that this run replays. null when this run is not a replay.',
    type: RunType,
    nullable: true,
    extensions: { columns: ['replayOfId'] },
    resolve: ({ replayOfId }, _, ctx, info) => (replayOfId === null ? null : loadRun(ctx, info, replayOfId)),
  }),
);

builder.queryField('run', (t) =>
  t.field({
    description: 'The run with this id. null when there is none.',
    type: RunType,
    nullable: true,
    args: { id: t.arg.id({ description: 'The id of the run.', required: true }) },
    resolve: (_, { id }, ctx, info) => (isUuid(id) ? loadRun(ctx, info, id.toLowerCase()) : null),
  }),
);

/**
 * Loads a run by its id, with the columns that the operation selects. One statement loads all runs that are requested
 * within a tick.
 */
export async function loadRun(
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
  id: string,
): Promise<ListedRun | null> {
  const columns = selectedRunColumns(info);
  const runs = loaders.of(`runs ${columns}`, (ids) => findListedRuns(db.pool, ids, columns));
  return (await runs.load(id)) ?? null;
}

/** Loads a large field; one call loads it for all runs that the operation shows within a tick. */
async function loadField<F extends LargeField>(
  { db, loaders }: Context,
  { id }: { id: string },
  field: F,
): Promise<Run[F]> {
  return (await loaders
    .of(`${field} of runs`, (ids) => loadLargeField(db.pool, field, ids))
    .load(id)) as Run[F];
}
