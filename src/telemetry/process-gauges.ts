import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gauge } from './instruments.ts';

/** Registers the gauges of the Node process. */
export function addProcessGauges(): void {
  delayGauge(
    'nodejs_eventloop_delay_p99_seconds',
    'Delay of the event loop since the last scrape, 99th percentile.',
    (delay) => delay.percentile(99),
  );
  delayGauge(
    'nodejs_eventloop_delay_max_seconds',
    'Longest delay of the event loop since the last scrape.',
    ({ max }) => max,
  );
  gauge('process_resident_memory_bytes', 'Resident memory of the process.', () => [
    { value: process.memoryUsage.rss() },
  ]);
  gauge('process_cpu_seconds', 'CPU time of the process since its start.', () => {
    const { user, system } = process.cpuUsage();
    return [{ value: (user + system) / 1e6 }];
  });
}

type Delay = ReturnType<typeof monitorEventLoopDelay>;

const RESOLUTION_MS = 10;

/** The histogram has the times between timers, so a delay is what exceeds their interval. */
function delayGauge(name: string, description: string, figureOf: (delay: Delay) => number): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  gauge(name, description, () => {
    const value = Math.max(0, figureOf(delay) / 1e9 - RESOLUTION_MS / 1_000);
    delay.reset();
    return [{ value }];
  });
}
