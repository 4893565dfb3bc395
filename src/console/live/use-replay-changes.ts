import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useRunChanges } from './use-run-changes.ts';

/**
 * Calls `onChange` after events of the replays of these runs, with those that are made while the page is open: replays of
 * each run, of its latest replay, and of the run that the latest one replays.
 *
 * @param after the cursor that was read with the runs; nothing is followed until it is known
 */
export function useReplayChanges(
  runs: readonly FragmentType<typeof ReplayChanges_Run>[],
  after: string | null | undefined,
  onChange: () => Promise<unknown>,
): void {
  const replayed = readFragment(ReplayChanges_Run, runs).flatMap(({ id, latestReplay }) =>
    latestReplay ? [id, latestReplay.replayOf?.id ?? id, latestReplay.id] : [id],
  );
  useRunChanges({ replayOfId: [...new Set(replayed)] }, runs.length > 0 ? after : null, onChange);
}

const ReplayChanges_Run = graphql(`
  fragment ReplayChanges_Run on Run {
    id
    latestReplay {
      id
      replayOf {
        id
      }
    }
  }
`);
