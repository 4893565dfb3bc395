import { useEffect, useRef } from 'react';
import type { RunFilter } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { journeyClient } from './journey-client.ts';

/**
 * Calls `onChange` after events of the runs that match, so that a page with runs within other things stays current without
 * a request while nothing happens. The next call comes `intervalMs` after an event, and after the promise of the last one is
 * settled: a page that is read slowly would otherwise be requested anew before it came, as long as there are events.
 *
 * @param after the cursor that was read with the page; nothing is followed until it is known
 */
export function useRunChanges(
  where: RunFilter,
  after: string | null | undefined,
  onChange: () => Promise<unknown>,
  intervalMs = 700,
): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  // The feed goes on by itself. A cursor that is read again with the page must not start it anew, but other runs are
  // followed from there on.
  const isKnown = Boolean(after);
  const cursor = useRef(after);
  if (after) cursor.current = after;
  const key = JSON.stringify(where);
  useEffect(() => {
    if (!isKnown) return;
    const events = journeyClient.watch(RunChanges_Feed, { where: JSON.parse(key), after: cursor.current });
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isChanged = false;
    let isEnded = false;
    const read = async () => {
      isChanged = false;
      await latest.current().catch(() => {});
      timer = undefined;
      if (isChanged && !isEnded) change();
    };
    const change = () => {
      isChanged = true;
      timer ??= setTimeout(() => void read(), intervalMs);
    };
    const follow = async () => {
      for await (const _ of events) change();
    };
    // An expired cursor: the page is read again, and is live from its next visit on.
    follow().catch(change);
    return () => {
      isEnded = true;
      clearTimeout(timer);
      void events.return?.();
    };
  }, [key, isKnown, intervalMs]);
}

const RunChanges_Feed = graphql(`
  subscription RunChanges_Feed($where: RunFilter!, $after: String) {
    runEvents(where: $where, after: $after) {
      cursor
    }
  }
`);
