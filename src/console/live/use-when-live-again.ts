import { useEffect, useRef } from 'react';
import { useConnection } from './journey-client.ts';

/** Calls `onLive` whenever the connection of the page is live again after an interruption. */
export function useWhenLiveAgain(onLive: () => void): void {
  const { state } = useConnection();
  const latest = useRef(onLive);
  latest.current = onLive;
  const wasInterrupted = useRef(false);
  useEffect(() => {
    if (state === 'interrupted') wasInterrupted.current = true;
    if (state !== 'live' || !wasInterrupted.current) return;
    wasInterrupted.current = false;
    latest.current();
  }, [state]);
}
