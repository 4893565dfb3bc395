import type { z } from 'zod';
import { boolean, matching, number, text } from './config-values.ts';

/**
 * How much of the traces is recorded: a share or, with null, so many a second that they cost little at any load. With
 * `parentBased`, a trace that goes on from a caller is recorded as the caller decided.
 */
export type TraceSampling = { share: number | null; parentBased: boolean };

/** The data to send to a collector by OTLP. The OpenTelemetry SDK reads where to, and how, from OTEL_* variables. */
export type TelemetrySettings = {
  sendsMetrics: boolean;
  /** The sampling of the traces; null: none are recorded. */
  traces: TraceSampling | null;
};

const SAMPLERS = {
  always_on: (): TraceSampling => ({ share: 1, parentBased: false }),
  always_off: (): TraceSampling => ({ share: 0, parentBased: false }),
  traceidratio: (share: number): TraceSampling => ({ share, parentBased: false }),
  parentbased_always_on: (): TraceSampling => ({ share: 1, parentBased: true }),
  parentbased_always_off: (): TraceSampling => ({ share: 0, parentBased: true }),
  parentbased_traceidratio: (share: number): TraceSampling => ({ share, parentBased: true }),
};
type Sampler = keyof typeof SAMPLERS;
const BY_DEFAULT: TraceSampling = { share: null, parentBased: true };

const protocol = matching(
  /^http\/protobuf$/,
  'must be http/protobuf, or unset: it is the only protocol that the service sends',
).optional();
const exporter = matching(/^(otlp|none)$/, 'must be otlp or none').default('otlp');

/** The standard variables that the service reads itself. The exporters read the others. */
export const telemetryVariables = {
  OTEL_SDK_DISABLED: boolean(false),
  OTEL_EXPORTER_OTLP_ENDPOINT: text.optional(),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: text.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: text.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol,
  OTEL_METRICS_EXPORTER: exporter,
  OTEL_TRACES_EXPORTER: exporter,
  OTEL_TRACES_SAMPLER: matching(
    new RegExp(`^(${Object.keys(SAMPLERS).join('|')})$`),
    `must be one of ${Object.keys(SAMPLERS).join(', ')}`,
  ).optional(),
  OTEL_TRACES_SAMPLER_ARG: number(0, 1).default(1),
};

type Variables = z.output<z.ZodObject<typeof telemetryVariables>>;

export function telemetrySettings(value: Variables): TelemetrySettings {
  const sends = (exporter: string, endpoint: string | undefined) =>
    !value.OTEL_SDK_DISABLED &&
    exporter === 'otlp' &&
    (endpoint ?? value.OTEL_EXPORTER_OTLP_ENDPOINT) !== undefined;
  const sampler = value.OTEL_TRACES_SAMPLER as Sampler | undefined;
  const sampling = sampler ? SAMPLERS[sampler](value.OTEL_TRACES_SAMPLER_ARG) : BY_DEFAULT;
  return {
    sendsMetrics: sends(value.OTEL_METRICS_EXPORTER, value.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT),
    traces: sends(value.OTEL_TRACES_EXPORTER, value.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) ? sampling : null,
  };
}
