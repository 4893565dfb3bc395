import type { RunTelemetry } from '../../runs/model/telemetry.ts';
import { builder } from './builder.ts';

export const RunTelemetryType = builder.objectRef<RunTelemetry>('RunTelemetry').implement({
  description: 'Measurements of one attempt at the script runner.',
  fields: (t) => ({
    runner: t.exposeString('runner', { description: 'The name of the script runner, such as http or echo.' }),
    latencyMs: t.exposeFloat('latencyMs', { description: 'The duration of the call, in milliseconds.' }),
    bindingsCount: t.exposeInt('bindingsCount', {
      description: 'The number of bindings that found a value.',
    }),
    outputPreview: t.exposeString('outputPreview', {
      nullable: true,
      description:
        'The beginning of the result as JSON, at most 512 characters, with secrets masked. null when there is no result.',
    }),
    errorPreview: t.exposeString('errorPreview', {
      nullable: true,
      description:
        'The beginning of the error response, at most 512 characters, with secrets masked. null when there is none.',
    }),
  }),
});
