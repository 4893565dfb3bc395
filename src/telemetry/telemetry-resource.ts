import { setTimeout as pause } from 'node:timers/promises';
import type { Resource } from '@opentelemetry/resources';
import { serviceName } from '../config/service-name.ts';

/** The resource of this process in metrics and traces: its name, unless OTEL_* variables give another. */
export async function telemetryResource(): Promise<Resource> {
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = await import(
    '@opentelemetry/resources'
  );
  return defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName() }))
    .merge(detectResources({ detectors: [envDetector] }));
}

/** Waits for the last data to be sent. A collector that is away must not delay the stop of a process. */
export async function within(sent: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const late = pause(SEND_WITHIN_MS, undefined, { signal: timer.signal });
  await Promise.race([sent, late]).catch(() => {});
  timer.abort();
  late.catch(() => {});
}

const SEND_WITHIN_MS = 1_000;
