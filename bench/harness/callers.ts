import { percentile } from './median.ts';
import type { Sample } from './turns.ts';

/** Calls `work` again and again from that many callers at once, for `ms`. Rate is per second, latencies in ms. */
export function callFor(ms: number, callers: number, work: () => Promise<unknown>): Promise<Sample> {
  const until = performance.now() + ms;
  return callWhile(() => performance.now() < until, callers, work);
}

/** The same, as long as `goesOn`. */
export async function callWhile(
  goesOn: () => boolean,
  callers: number,
  work: () => Promise<unknown>,
): Promise<Sample> {
  const latencies: number[] = [];
  const started = performance.now();
  const call = async () => {
    for (let at = performance.now(); goesOn(); ) {
      await work();
      const now = performance.now();
      latencies.push(now - at);
      at = now;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const seconds = (performance.now() - started) / 1_000;
  return {
    rate: latencies.length / seconds,
    count: latencies.length,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
  };
}
