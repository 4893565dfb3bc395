import type { Config } from '../config/config.ts';
import { type Metrics, startMetrics } from './start-metrics.ts';
import { startTraces } from './start-traces.ts';

export type Telemetry = Metrics;

/**
 * Starts to record metrics and traces where they are scraped or sent; otherwise no SDK is loaded. Called before the
 * parts of the service that record any.
 */
export async function startTelemetry(
  { sendsMetrics, traces }: Pick<Config, 'sendsMetrics' | 'traces'>,
  { isScraped }: { isScraped: boolean },
): Promise<Telemetry> {
  const metrics = await startMetrics({ prometheus: isScraped, otlp: sendsMetrics });
  const stopTraces = traces ? await startTraces(traces) : async () => {};
  return {
    scrape: metrics.scrape,
    async stop() {
      await Promise.all([metrics.stop(), stopTraces()]);
    },
  };
}
