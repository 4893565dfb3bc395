import { errorPreview, outputPreview, type RunTelemetry } from '../model/telemetry.ts';
import type { RunnerAnswer } from './script-runner.ts';

/** The telemetry of a call. `secrets` are the run's secretValues; `bindingsCount` counts those that resolved. */
export function telemetryOf(
  call: { runner: string; bindingsCount: number; secrets: readonly string[] },
  answer: RunnerAnswer,
): RunTelemetry {
  const { runner, bindingsCount, secrets } = call;
  const figures = { runner, latencyMs: answer.latencyMs, bindingsCount };
  switch (answer.kind) {
    case 'result':
      return { ...figures, outputPreview: outputPreview(answer.result, secrets) };
    case 'failure':
      return { ...figures, errorPreview: errorPreview(answer.errorBody || answer.error.message, secrets) };
    case 'aborted':
      return figures;
  }
}
