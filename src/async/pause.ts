import { setTimeout } from 'node:timers/promises';

/** Waits `ms` milliseconds, or until the signal is aborted, which is not an error. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
