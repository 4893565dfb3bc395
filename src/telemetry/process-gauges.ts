import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gauge } from './instruments.ts';

/** Registers the gauges of the Node process. */
export function addProcessGauges(): void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  gauge(
    'nodejs_eventloop_delay_p99_seconds',
    'Delay of the event loop since the last scrape, 99th percentile.',
    () => {
      const value = delay.percentile(99) / 1e9;
      delay.reset();
      return [{ value }];
    },
  );
  gauge('process_resident_memory_bytes', 'Resident memory of the process.', () => [
    { value: process.memoryUsage.rss() },
  ]);
  gauge('process_cpu_seconds', 'CPU time of the process since its start.', () => {
    const { user, system } = process.cpuUsage();
    return [{ value: (user + system) / 1e6 }];
  });
}
