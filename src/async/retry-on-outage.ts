import { isOutage } from '../postgres/outage.ts';
import { pause } from './pause.ts';

/** Retries a read until the database responds; returns null once the signal is aborted. Other errors are thrown. */
export async function retryOnOutage<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  while (!signal.aborted) {
    try {
      return await read();
    } catch (error) {
      if (!isOutage(error)) throw error;
      await pause(RETRY_MS, signal);
    }
  }
  return null;
}

const RETRY_MS = 250;
