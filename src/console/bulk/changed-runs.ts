import { fetchOperation } from '../api/fetch.ts';
import type { BulkOperationItemStatus, BulkOperationKind, RunStatus } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';

type RunNow = { id: string; status: RunStatus };
type Item = {
  status: BulkOperationItemStatus;
  runId: string;
  run?: { status: RunStatus; latestReplay?: RunNow | null } | null;
};

/** Runs of an operation. `isComplete`: all its results were looked at. */
export type FoundRuns = { runIds: string[]; isComplete: boolean };

/** One request reads 100 results, and a filter may name 1,000 runs. */
const PAGES_AT_MOST = 10;

/** Reads the runs that were retried, or the new ones of a replay, from the first 1,000 results of an operation. */
export const readChangedRuns = (id: string, kind: BulkOperationKind): Promise<FoundRuns> =>
  readRuns(id, ['DONE'], (item) => changedRun(kind, item)?.id);

/** Reads which runs of an operation failed, from its first 1,000 results. */
export const readFailedRuns = (id: string, kind: BulkOperationKind): Promise<FoundRuns> =>
  readRuns(id, kind === 'CANCEL' ? ['FAILED'] : ['FAILED', 'DONE'], (item) => failedRun(kind, item));

/**
 * The id of the run for which the operation failed, or that has failed again since; undefined for others. Another replay of a
 * run whose replay has completed, or is on its way, would repeat what that one does.
 */
export function failedRun(kind: BulkOperationKind, item: Item): string | undefined {
  if (kind === 'REPLAY' && item.status === 'DONE') {
    const replay = item.run?.latestReplay;
    return replay?.status === 'FAILED' ? replay.id : undefined;
  }
  const hasFailed =
    item.status === 'FAILED' || (kind === 'RETRY' && item.status === 'DONE' && item.run?.status === 'FAILED');
  const isSolved = !/FAILED|CANCELED/.test(item.run?.latestReplay?.status ?? 'FAILED');
  return hasFailed && !isSolved ? item.runId : undefined;
}

/** The run that is executed because of the operation. A cancel executes none. */
function changedRun(kind: BulkOperationKind, { runId, run }: Item): RunNow | null | undefined {
  if (kind === 'REPLAY') return run?.latestReplay;
  return kind === 'RETRY' && run ? { id: runId, status: run.status } : undefined;
}

async function readRuns(
  id: string,
  status: BulkOperationItemStatus[],
  runOf: (item: Item) => string | undefined,
): Promise<FoundRuns> {
  const runIds: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const result: ChangedRunsPage = await fetchOperation(ChangedRuns_Query, { id, after, status });
    const { nodes, pageInfo } = result.bulkOperation?.items ?? NO_ITEMS;
    runIds.push(...nodes.flatMap((item) => runOf(item) ?? []));
    if (!pageInfo.hasNextPage) return { runIds, isComplete: true };
    after = pageInfo.endCursor ?? null;
  }
  return { runIds, isComplete: false };
}

type Items = { pageInfo: { hasNextPage: boolean; endCursor?: string | null }; nodes: Item[] };
type ChangedRunsPage = { bulkOperation?: { items: Items } | null };
const NO_ITEMS: Items = { pageInfo: { hasNextPage: false }, nodes: [] };

const ChangedRuns_Query = graphql(`
  query ChangedRuns_Query($id: ID!, $after: String, $status: [BulkOperationItemStatus!]) {
    bulkOperation(id: $id) {
      items(first: 100, after: $after, status: $status) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          status
          runId
          run {
            status
            latestReplay {
              id
              status
            }
          }
        }
      }
    }
  }
`);
