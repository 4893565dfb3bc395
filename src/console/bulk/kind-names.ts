import type { BulkOperationKind } from '../api/generated/graphql.ts';

export const KIND_NAMES: Record<BulkOperationKind, string> = {
  RETRY: 'Retry',
  REPLAY: 'Replay',
  CANCEL: 'Cancel',
};
