import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { Address } from '../address.ts';
import type { BulkOperationKind } from '../api/generated/graphql.ts';
import { useRefusal } from '../parts/permissions.ts';
import { BulkDialog } from './BulkDialog.tsx';

/** Starts a bulk operation on all runs that match the filters now. Without a filter it is not possible. */
export function BulkMenu({ address }: { address: Address }) {
  const [started, start] = useState<{ kind: BulkOperationKind; address: Address } | null>(null);
  const refusal = useRefusal('OPERATE_RUNS');
  const reason = refusal ?? (Object.keys(address).length > 0 ? null : 'Set a filter first');
  return (
    <>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<ChevronDown size={14} aria-hidden />}>
            All that match
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {reason && <Menu.Label>{reason}</Menu.Label>}
          <Menu.Item disabled={reason !== null} onClick={() => start({ kind: 'RETRY', address })}>
            Retry them…
          </Menu.Item>
          <Menu.Item disabled={reason !== null} onClick={() => start({ kind: 'REPLAY', address })}>
            Replay them…
          </Menu.Item>
          <Menu.Item disabled={reason !== null} onClick={() => start({ kind: 'CANCEL', address })}>
            Cancel them…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {started && <BulkDialog {...started} close={() => start(null)} />}
    </>
  );
}
