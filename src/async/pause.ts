import { setTimeout } from 'node:timers/promises';

/** Waits that long, or until the signal is aborted, which is not an error here. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
