import type { BulkOperationKind, RunFilter } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';

type Request = { where: RunFilter; idempotencyKey: string; reason: string | null };

/** Starts a bulk operation of a kind. `start` returns its id, or null when there is a problem. */
export function useStartBulk(kind: BulkOperationKind) {
  const changes = {
    RETRY: useChange(StartBulk_Retry),
    REPLAY: useChange(StartBulk_Replay),
    CANCEL: useChange(StartBulk_Cancel),
  };
  const change = changes[kind];
  const payload = change.data?.started;
  const start = async (request: Request): Promise<string | null> => {
    try {
      const { started } = await change.mutateAsync(request);
      return started?.operation?.id ?? null;
    } catch {
      return null;
    }
  };
  return {
    start,
    isPending: change.isPending,
    problem: change.error?.message ?? payload?.userErrors[0]?.message,
  };
}

const StartBulk_Retry = graphql(`
  mutation StartBulk_Retry($where: RunFilter!, $idempotencyKey: String) {
    started: bulkRetryRuns(where: $where, idempotencyKey: $idempotencyKey) {
      operation {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

const StartBulk_Replay = graphql(`
  mutation StartBulk_Replay($where: RunFilter!, $idempotencyKey: String) {
    started: bulkReplayRuns(where: $where, idempotencyKey: $idempotencyKey) {
      operation {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

const StartBulk_Cancel = graphql(`
  mutation StartBulk_Cancel($where: RunFilter!, $idempotencyKey: String, $reason: String) {
    started: bulkCancelRuns(where: $where, idempotencyKey: $idempotencyKey, reason: $reason) {
      operation {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
