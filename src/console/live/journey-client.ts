import { type ConnectionStatus, createJourneyClient, type JourneyClient } from 'journey-runtime-client';
import { useSyncExternalStore } from 'react';
import { exactNumbers } from '../api/exact-numbers.ts';

const listeners = new Set<() => void>();
let status: ConnectionStatus = { state: 'idle' };

const OPTIONS = {
  url: '/graphql',
  reviver: exactNumbers,
  onStatus(next: ConnectionStatus) {
    status = next;
    for (const listener of listeners) listener();
  },
};

/** The one WebSocket of this page. All subscriptions share it. */
export const journeyClient: JourneyClient = createJourneyClient(OPTIONS);

/** The state of the connection that all subscriptions share. */
export function useConnection(): ConnectionStatus {
  return useSyncExternalStore(subscribe, () => status);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
