import { isMainThread } from 'node:worker_threads';

/** The longest delays of an event loop since the last report, in milliseconds. */
export type LoopDelay = {
  /** By the clock. It includes the time in which the system gave the processor to other processes. */
  delayMs: number;
  /** The part of a delay in which the process itself used the processor, garbage collection included. */
  ownMs: number;
};

export const NO_DELAY: LoopDelay = { delayMs: 0, ownMs: 0 };

export const longest = (a: LoopDelay, b: LoopDelay): LoopDelay => ({
  delayMs: Math.max(a.delayMs, b.delayMs),
  ownMs: Math.max(a.ownMs, b.ownMs),
});

const EVERY_MS = 5;

/**
 * Measures the process that imports this before its program, and answers each message of its parent with what it
 * has measured since.
 */
function measure(): void {
  let most = NO_DELAY;
  let since = performance.now();
  let cpuSince = process.threadCpuUsage();
  const look = () => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(cpuSince);
    const delayMs = now - since - EVERY_MS;
    most = longest(most, { delayMs, ownMs: Math.min(delayMs, (user + system) / 1_000) });
    since = now;
    cpuSince = process.threadCpuUsage();
  };
  setInterval(look, EVERY_MS).unref();
  process.on('message', () => {
    look();
    process.send!(most);
    most = NO_DELAY;
  });
  process.channel?.unref();
}

if (isMainThread && process.send) measure();
