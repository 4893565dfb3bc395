import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useCallback, useEffect, useSyncExternalStore } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import type { RunStore } from '../live/run-store.ts';
import { useReplayChanges } from '../live/use-replay-changes.ts';
import { ReplayLink } from '../parts/ReplayLink.tsx';
import type { ListedRun } from './run-source.ts';

/** The parts that are shown of the replays of failed and canceled runs, by the id of the run. */
export type Replays = ReadonlyMap<string, ReactNode>;

/** Reads and follows the replays of those shown runs that failed or were canceled. Nothing is read while rows come and go. */
export function ShownReplays({ ids, store, show }: ShownReplaysProps) {
  const [unsuccessful] = useDebouncedValue(useUnsuccessful(store, ids), SETTLED_MS);
  return unsuccessful === '' ? null : <Follow ids={unsuccessful.split(' ')} show={show} />;
}

type ShownReplaysProps = {
  ids: readonly string[];
  store: RunStore<ListedRun>;
  show: (replays: Replays) => void;
};

const SETTLED_MS = 200;
const NONE: Replays = new Map();

/** The ids of the shown runs that failed or were canceled, as one text, which is equal as long as they are. */
function useUnsuccessful(store: RunStore<ListedRun>, ids: readonly string[]): string {
  const shown = ids.join(' ');
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = shown.split(' ').map((id) => store.subscribe(id, listener));
      return () => stops.forEach((stop) => void stop());
    },
    [store, shown],
  );
  const isUnsuccessful = (id: string) => /FAILED|CANCELED/.test(store.get(id)?.status ?? '');
  return useSyncExternalStore(subscribe, () => ids.filter(isUnsuccessful).join(' '));
}

function Follow({ ids, show }: { ids: string[]; show: (replays: Replays) => void }) {
  const { data, refetch } = useOperation(ShownReplays_Query, { ids }, { staleTime: 0 });
  const replayed = (data?.runs?.nodes ?? []).flatMap(({ id, latestReplay }) =>
    latestReplay ? [{ id, latestReplay }] : [],
  );
  useReplayChanges(data?.runs?.nodes ?? [], data?.feedCursor, refetch);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the result alone decides what is shown.
  useEffect(() => {
    show(
      new Map(replayed.map(({ id, latestReplay }) => [id, <ReplayLink key={id} replay={latestReplay} />])),
    );
    return () => show(NONE);
  }, [data, show]);
  return null;
}

const ShownReplays_Query = graphql(`
  query ShownReplays_Query($ids: [ID!]!) {
    feedCursor
    runs(where: { runId: $ids }, first: 100) {
      nodes {
        id
        ...ReplayChanges_Run
        latestReplay {
          ...ReplayLink_Run
        }
      }
    }
  }
`);
