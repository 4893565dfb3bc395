import { ownTurn } from '../../async/own-turn.ts';
import { type LargeField, loadLargeField } from '../../reads/large-fields.ts';
import type { Run } from '../../runs/model/run-row.ts';
import {
  answerMaskOf,
  maskError,
  maskStoredRequest,
  maskStoredResult,
  maskTelemetry,
} from '../../script-request/masking/mask-run.ts';
import { maskBindings, maskInputs, maskSent } from '../../script-request/masking/secrets.ts';
import type { Context } from '../context.ts';
import { BindingType } from './binding.ts';
import { builder } from './builder.ts';
import { RunType } from './run.ts';
import { RunErrorType } from './run-error-type.ts';
import { RunTelemetryType } from './run-telemetry-type.ts';

// The fields of a run that may contain secrets. Each resolver masks them. Those that are loaded are weighed before that.
// Masking a page of runs with many secrets takes long: it waits for another turn when this one has been long.
builder.objectFields(RunType, (t) => ({
  inputPayload: t.field({
    description: 'The input of the run, together with what its group shares. Secrets are masked.',
    type: 'JSONObject',
    extensions: { isWeighed: true, columns: ['bindingSnapshot'] },
    resolve: async (run, _, ctx) => maskSent(await loadField(ctx, run, 'inputPayload'), run.bindingSnapshot),
  }),
  metadata: t.field({
    description: 'The metadata of the run. Secrets are masked.',
    type: 'JSONObject',
    extensions: { columns: ['metadata', 'bindingSnapshot'] },
    resolve: async (run, _, ctx) => {
      await ctx.client.rest();
      return maskSent(run.metadata, run.bindingSnapshot);
    },
  }),
  context: t.field({
    description: 'The context of the run, together with what its group shares. Secrets are masked.',
    type: 'JSONObject',
    extensions: { isWeighed: true, columns: ['bindingSnapshot'] },
    resolve: async (run, _, ctx) => maskSent(await loadField(ctx, run, 'context'), run.bindingSnapshot),
  }),
  bindingSnapshot: t.field({
    description:
      'The bindings of the run, copied when it was enqueued. Later changes of the attachment do not affect them. The values of secret bindings are null.',
    type: [BindingType],
    extensions: { columns: ['bindingSnapshot'] },
    resolve: async (run, _, ctx) => {
      await ctx.client.rest();
      return maskBindings(run.bindingSnapshot);
    },
  }),
  resolvedBindings: t.field({
    description:
      'The values that the bindings found in the latest attempt, by inputKey. Secrets are masked. null before the first attempt.',
    type: 'JSONObject',
    nullable: true,
    extensions: { isWeighed: true, columns: ['bindingSnapshot'] },
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
    extensions: { isWeighed: true, columns: ['bindingSnapshot', 'telemetry'] },
    resolve: async (run, _, ctx) => maskStoredResult(await loadField(ctx, run, 'resultPayload'), run),
  }),
  error: t.field({
    description:
      'The error of the latest attempt. null when it succeeded, and before the first attempt ends. Its code is CANCELED after a cancel.',
    type: RunErrorType,
    nullable: true,
    extensions: { columns: ['error', 'bindingSnapshot'] },
    resolve: async (run, _, ctx) => {
      await ctx.client.rest();
      return maskError(run.error, answerMaskOf(run.bindingSnapshot));
    },
  }),
  telemetry: t.field({
    description: 'The measurements of the latest attempt. null when the script runner was not called.',
    type: RunTelemetryType,
    nullable: true,
    extensions: { columns: ['telemetry', 'bindingSnapshot'] },
    resolve: async (run, _, ctx) => {
      await ctx.client.rest();
      return maskTelemetry(run.telemetry, answerMaskOf(run.bindingSnapshot));
    },
  }),
  request: t.field({
    description:
      'The JSON that the script runner received in the latest attempt (JourneyScriptRequest). Secrets are masked. null before the first call.',
    type: 'JSON',
    nullable: true,
    extensions: { isWeighed: true },
    resolve: async (run, _, ctx) => maskStoredRequest(await loadField(ctx, run, 'request')),
  }),
}));

/**
 * Loads a large field; one call loads it for all runs that the operation shows. The masking of a large
 * value gets a turn of the event loop of its own.
 */
async function loadField<F extends LargeField>(
  { client, db, loaders, jsonBudget }: Context,
  { id }: { id: string },
  field: F,
): Promise<Run[F]> {
  const value = (await loaders
    .of(`${field} of runs`, (ids) => loadLargeField(db.pool, field, ids))
    .load(id)) as Run[F];
  await (jsonBudget.take(value) > LARGE ? ownTurn() : client.rest());
  return value;
}

const LARGE = 64 * 1024;
