import type { Address } from '../address.ts';
import type { BulkOperationKind } from '../api/generated/graphql.ts';
import { BulkConfirm } from '../parts/BulkConfirm.tsx';
import { filterInWords } from './filter-in-words.ts';
import { useApiFilter } from './use-api-filter.ts';

/** Confirms a bulk operation on the runs of an address: that of the moment when the dialog was opened. */
export function BulkDialog({ kind, address, close }: BulkDialogProps) {
  return (
    <BulkConfirm
      kind={kind}
      title="all runs that match"
      words={filterInWords(address)}
      where={useApiFilter(address)}
      close={close}
    />
  );
}

type BulkDialogProps = { kind: BulkOperationKind; address: Address; close: () => void };
