import { fetchOperation } from '../api/fetch.ts';
import type { BulkOperationItemStatus, BulkOperationKind, RunStatus } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';

type Item = {
  status: BulkOperationItemStatus;
  runId: string;
  run?: { status: RunStatus; latestReplay?: { status: RunStatus } | null } | null;
};

/** Runs of an operation that failed, and that no replay has completed or will complete. `isComplete`: all results were looked at. */
export type FailedRuns = { runIds: string[]; isComplete: boolean };

/** One request reads 100 results, and a filter may name 1,000 runs. */
const PAGES_AT_MOST = 10;

/** Reads which runs of an operation failed, from its first 1,000 results. */
export async function readFailedRuns(id: string, kind: BulkOperationKind): Promise<FailedRuns> {
  const status: BulkOperationItemStatus[] = kind === 'RETRY' ? ['FAILED', 'DONE'] : ['FAILED'];
  const runIds: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const result: FailedRunsPage = await fetchOperation(FailedRuns_Query, { id, after, status });
    const { nodes, pageInfo } = result.bulkOperation?.items ?? NO_ITEMS;
    runIds.push(...nodes.filter((item) => hasFailed(kind, item)).map(({ runId }) => runId));
    if (!pageInfo.hasNextPage) return { runIds, isComplete: true };
    after = pageInfo.endCursor ?? null;
  }
  return { runIds, isComplete: false };
}

/**
 * Whether the operation failed for a run, or a run that it retried has failed again. Another replay of a run whose replay has
 * completed, or is on its way, would repeat what that one does.
 */
export const hasFailed = (kind: BulkOperationKind, { status, run }: Item): boolean =>
  (status === 'FAILED' || (kind === 'RETRY' && status === 'DONE' && run?.status === 'FAILED')) &&
  /FAILED|CANCELED/.test(run?.latestReplay?.status ?? 'FAILED');

type Items = { pageInfo: { hasNextPage: boolean; endCursor?: string | null }; nodes: Item[] };
type FailedRunsPage = { bulkOperation?: { items: Items } | null };
const NO_ITEMS: Items = { pageInfo: { hasNextPage: false }, nodes: [] };

const FailedRuns_Query = graphql(`
  query FailedRuns_Query($id: ID!, $after: String, $status: [BulkOperationItemStatus!]) {
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
              status
            }
          }
        }
      }
    }
  }
`);
