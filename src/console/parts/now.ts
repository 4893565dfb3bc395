import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, once a second, by one timer for the whole page. While `isStopped` the component does not follow it. */
export function useNow(isStopped = false): number {
  return useSyncExternalStore(isStopped ? subscribeToNothing : subscribe, () => now);
}

const subscribeToNothing = () => () => {};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
