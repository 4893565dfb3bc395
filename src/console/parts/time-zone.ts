import { useSyncExternalStore } from 'react';

const KEY = 'journey-console.utc';
const listeners = new Set<() => void>();
let isUtc = read();

/** The time zone in which the console shows times: the viewer's, or UTC. */
export function useTimeZone(): string {
  const shown = useSyncExternalStore(subscribe, () => isUtc);
  return shown ? 'UTC' : VIEWERS_ZONE;
}

export const VIEWERS_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Shows all times in UTC, or in the viewer's zone. The choice stays in this browser. */
export function showUtc(choice: boolean): void {
  isUtc = choice;
  try {
    localStorage.setItem(KEY, String(choice));
  } catch {
    // A browser that stores nothing shows the choice until the page is closed.
  }
  for (const listener of listeners) listener();
}

function read(): boolean {
  try {
    return localStorage.getItem(KEY) === 'true';
  } catch {
    return false;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
