import { metrics } from '@opentelemetry/api';
import { setRecording } from './instruments.ts';
import { addProcessGauges } from './process-gauges.ts';
import { telemetryResource, within } from './telemetry-resource.ts';

type MetricsOptions = {
  /** Whether the metrics are scraped. */
  prometheus: boolean;
  /** Whether they are sent by OTLP; the standard OTEL_* variables say where to. */
  otlp: boolean;
};

export type Metrics = {
  /** The metrics in the text format of Prometheus; null if they are not scraped. */
  scrape: (() => Promise<string>) | null;
  /** Sends the last metrics. */
  stop: () => Promise<void>;
};

/** Starts to record metrics, if they are scraped or sent. */
export async function startMetrics({ prometheus, otlp }: MetricsOptions): Promise<Metrics> {
  if (!prometheus && !otlp) return { scrape: null, stop: async () => {} };
  const { MeterProvider, PeriodicExportingMetricReader } = await import('@opentelemetry/sdk-metrics');
  const scraped = prometheus ? await prometheusReader() : null;
  const sent = otlp
    ? new PeriodicExportingMetricReader({
        exporter: new (await import('@opentelemetry/exporter-metrics-otlp-proto')).OTLPMetricExporter(),
      })
    : null;
  const provider = new MeterProvider({
    readers: [scraped?.reader, sent].filter((reader) => reader != null),
    resource: await telemetryResource(),
  });
  metrics.setGlobalMeterProvider(provider);
  setRecording(true);
  addProcessGauges();
  return {
    scrape: scraped?.scrape ?? null,
    async stop() {
      setRecording(false);
      await within(provider.shutdown());
      metrics.disable();
    },
  };
}

async function prometheusReader() {
  const { PrometheusExporter, PrometheusSerializer } = await import('@opentelemetry/exporter-prometheus');
  const reader = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  const scrape = async () => serializer.serialize((await reader.collect()).resourceMetrics);
  return { reader, scrape };
}
