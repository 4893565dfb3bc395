import { useEffect, useState } from 'react';

/** A text for screen readers that follows `text`, once a burst of changes is over, so that they are not flooded. */
export function useAnnouncement(text: string): string {
  const [announced, announce] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => announce(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return announced;
}

const QUIET_MS = 1_500;
