import { useEffect, useRef } from 'react';
import type { RunFilter } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { journeyClient } from './journey-client.ts';

/**
 * Calls `onChange` after events of the runs that match, at most every `intervalMs`, so that a page with runs within other
 * things stays current without a request while nothing happens.
 *
 * @param after the cursor that was read with the page; nothing is followed until it is known
 */
export function useRunChanges(
  where: RunFilter,
  after: string | null | undefined,
  onChange: () => void,
  intervalMs = 700,
): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  // The feed goes on by itself. A cursor that is read again with the page must not start it anew.
  const isKnown = Boolean(after);
  const first = useRef(after);
  if (!first.current) first.current = after;
  const key = JSON.stringify(where);
  useEffect(() => {
    if (!isKnown) return;
    const events = journeyClient.watch(RunChanges_Feed, { where: JSON.parse(key), after: first.current });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const change = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current();
      }, intervalMs);
    };
    const follow = async () => {
      for await (const _ of events) change();
    };
    // An expired cursor: the page is read again, and is live from its next visit on.
    follow().catch(change);
    return () => {
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
