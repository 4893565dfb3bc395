import type { BulkOperationKind } from '../api/generated/graphql.ts';

/** The verb of each kind of bulk operation, and the participle that its runs have then. */
export const BULK_VERBS: Record<BulkOperationKind, { verb: string; past: string }> = {
  RETRY: { verb: 'Retry', past: 'retried' },
  REPLAY: { verb: 'Replay', past: 'replayed' },
  CANCEL: { verb: 'Cancel', past: 'canceled' },
};
