import { propagation, trace } from '@opentelemetry/api';
import type { TraceSampling } from '../config/telemetry-config.ts';
import { setTracing } from './spans.ts';
import { telemetryResource, within } from './telemetry-resource.ts';
import { createTraceLimit } from './trace-limit.ts';

/** Starts to record traces and to send them by OTLP. Returns the function that sends the last ones and stops. */
export async function startTraces(sampling: TraceSampling): Promise<() => Promise<void>> {
  const [sdk, { OTLPTraceExporter }, { W3CTraceContextPropagator }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/core'),
  ]);
  const root = new sdk.TraceIdRatioBasedSampler(sampling.share ?? 1);
  const provider = new sdk.TracerProvider({
    sampler: sampling.parentBased ? new sdk.ParentBasedSampler({ root }) : root,
    resource: await telemetryResource(),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  setTracing({
    tracer: trace.getTracer('journey-runtime'),
    parentBased: sampling.parentBased,
    mayRecordNew: sampling.share === null ? createTraceLimit() : () => true,
    ids: new sdk.RandomIdGenerator(),
  });
  return async () => {
    setTracing(null);
    await within(provider.shutdown());
    for (const api of [trace, propagation]) api.disable();
  };
}
