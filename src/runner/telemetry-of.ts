import { errorPreview, outputPreview, type RunTelemetry } from '../runs/model/telemetry.ts';
import type { AnswerMask } from '../script-request/masking/answer-mask.ts';
import type { RunnerAnswer } from './script-runner.ts';

/**
 * Builds the telemetry of a call. The result must be masked already; `bindingsCount` counts the bindings that
 * resolved.
 */
export function telemetryOf(
  call: { runner: string; bindingsCount: number; mask: AnswerMask },
  answer: RunnerAnswer,
): RunTelemetry {
  const { runner, bindingsCount, mask } = call;
  const figures = { runner, latencyMs: answer.latencyMs, bindingsCount };
  switch (answer.kind) {
    case 'result':
      return { ...figures, outputPreview: outputPreview(answer.result) };
    case 'failure': {
      const { error, errorBody } = answer;
      const preview = errorBody?.text
        ? errorPreview(errorBody.text, mask, errorBody.isCut)
        : errorPreview(error.message, mask);
      return { ...figures, errorPreview: preview };
    }
    case 'aborted':
      return figures;
  }
}
