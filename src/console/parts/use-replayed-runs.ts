import type { BulkOperationKind, RunFilter } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';

/** How many of the runs are looked at, the newest. */
export const LOOKED_AT = 100;

/**
 * The ids of those newest runs that match in whose place a replay stands: one that completed, that has not ended, or that
 * matches itself. An operation would execute them once more. undefined while they are not known. A cancel executes nothing.
 */
export function useReplayedRuns(
  kind: BulkOperationKind,
  where: RunFilter | null,
): readonly string[] | undefined {
  const executes = kind !== 'CANCEL';
  const { data, error } = useOperation(
    ReplayedRuns_Query,
    { where: where ?? {} },
    { enabled: executes && where !== null, staleTime: 0 },
  );
  if (!executes || error) return NONE;
  const runs = data?.runs?.nodes;
  return runs
    ?.filter(
      ({ latestReplay: replay }) =>
        replay && (IN_PLACE.test(replay.status) || runs.some(({ id }) => id === replay.id)),
    )
    .map(({ id }) => id);
}

const IN_PLACE = /COMPLETED|QUEUED|RUNNING/;
const NONE: readonly string[] = [];

const ReplayedRuns_Query = graphql(`
  query ReplayedRuns_Query($where: RunFilter!) {
    runs(where: $where, first: 100) {
      nodes {
        id
        latestReplay {
          id
          status
        }
      }
    }
  }
`);
