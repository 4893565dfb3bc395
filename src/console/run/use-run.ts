import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type FragmentType, graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { journeyClient } from '../live/journey-client.ts';
import { useReplayChanges } from '../live/use-replay-changes.ts';
import { useMay } from '../parts/permissions.ts';
import type { RunBody_Run } from './RunBody.tsx';

type Read = {
  /** undefined while it is loading, null when there is no such run. */
  run: FragmentType<typeof RunBody_Run> | null | undefined;
  error: Error | null;
  reload: () => void;
};

/** A run that follows its events: it is read once, and each event brings it as it is then. */
export function useRun(id: string): Read {
  const queryClient = useQueryClient();
  const payloads = useMay('READ_PAYLOADS');
  const orders = useMay('READ_ORDERS');
  const variables = useMemo(() => ({ id, payloads, orders }), [id, payloads, orders]);
  const { data, error, refetch, isPlaceholderData } = useOperation(RunPage_Query, variables, {
    staleTime: 0,
  });
  const cursor = isPlaceholderData ? undefined : data?.feedCursor;
  const exists = Boolean(data?.run);
  useEffect(() => {
    if (!cursor || !exists) return;
    const events = journeyClient.watch(RunPage_Feed, { ...variables, after: cursor });
    const follow = async () => {
      for await (const { runEvents } of events)
        queryClient.setQueryData([RunPage_Query.toString(), variables], {
          feedCursor: cursor,
          run: runEvents.run,
        });
    };
    // A cursor that expired while the page was in the background: the run is read again.
    follow().catch(() => void refetch());
    return () => void events.return?.();
  }, [variables, cursor, exists, queryClient, refetch]);
  useReplayChanges(data?.run ? [data.run] : [], cursor, refetch);
  return { run: isPlaceholderData ? undefined : data?.run, error, reload: () => void refetch() };
}

const RunPage_Query = graphql(`
  query RunPage_Query($id: ID!, $payloads: Boolean!, $orders: Boolean!) {
    feedCursor
    run(id: $id) {
      ...ReplayChanges_Run
      ...RunBody_Run
    }
  }
`);

const RunPage_Feed = graphql(`
  subscription RunPage_Feed($id: ID!, $payloads: Boolean!, $orders: Boolean!, $after: String) {
    runEvents(where: { runId: [$id] }, after: $after) {
      cursor
      run {
        ...ReplayChanges_Run
        ...RunBody_Run
      }
    }
  }
`);
