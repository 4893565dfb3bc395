import { type Attributes, type Counter, type Histogram, type Meter, metrics } from '@opentelemetry/api';

/** The counters and histograms of the service, under their names in Prometheus. */
export type Instruments = ReturnType<typeof createInstruments>;

let current: Instruments | null = null;

/** Null while no metrics are recorded, which then cost nothing. */
export const instruments = (): Instruments | null => current;

/** Called when the process begins and ends to record metrics. */
export function setRecording(isRecording: boolean): void {
  current = isRecording ? createInstruments(meter()) : null;
}

const meter = (): Meter => metrics.getMeter('journey-runtime');

function createInstruments(from: Meter) {
  const counter = (name: string, description: string): Counter => from.createCounter(name, { description });
  const seconds = (name: string, description: string): Histogram =>
    from.createHistogram(name, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries: BUCKETS },
    });
  return {
    httpRequests: seconds('http_server_request_duration_seconds', 'Time until an HTTP request was answered.'),
    rejections: counter('journey_rejections', 'Requests that were rejected, by reason.'),
    enqueued: counter(
      'journey_runs_enqueued',
      'Runs that callers enqueued; a repeated key counts as deduplicated.',
    ),
    enqueues: seconds(
      'journey_enqueue_duration_seconds',
      'Time of an enqueue, with its wait for a statement.',
    ),
    attempts: seconds(
      'journey_run_attempt_duration_seconds',
      'Time of an attempt, from its claim until it is recorded.',
    ),
    finished: counter('journey_run_attempts', 'Attempts by outcome, and by error code if they failed.'),
    runnerCalls: seconds('http_client_request_duration_seconds', 'Time of a call of the script host.'),
    workersDead: counter('journey_workers_declared_dead', 'Workers whose lease ran out.'),
    runsLost: counter('journey_runs_lost', 'Runs that were taken from dead workers.'),
  };
}

/** From a millisecond to the longest attempts, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600];

export type Sample = { value: number; attributes?: Attributes };

/** Registers a gauge that is read at each scrape. While reading fails, the gauge has no value. */
export function gauge(name: string, description: string, read: () => Promise<Sample[]> | Sample[]): void {
  meter()
    .createObservableGauge(name, { description })
    .addCallback(async (result) => {
      for (const { value, attributes } of await Promise.resolve(read()).catch(() => []))
        result.observe(value, attributes);
    });
}
