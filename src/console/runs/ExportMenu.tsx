import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Download } from 'lucide-react';
import type { Address } from '../address.ts';
import { copyText } from '../parts/copy-text.ts';
import { useRefusal } from '../parts/permissions.ts';
import { listAsCurl, listAsGraphQL } from './list-as-code.ts';
import { useApiFilter } from './use-api-filter.ts';

/** Takes all runs that match the filters elsewhere: as a file that the service streams, or as the query itself. */
export function ExportMenu({ address }: { address: Address }) {
  const where = useApiFilter(address);
  const refusal = useRefusal('READ_ORDERS');
  const payloadRefusal = useRefusal('READ_ORDERS', 'READ_PAYLOADS');
  const file = (name: string) => `/export/${name}where=${encodeURIComponent(JSON.stringify(where))}`;
  const copy = async (text: string) => {
    await copyText(text);
    notifications.show({ message: 'Copied', autoClose: 2_000 });
  };
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
          disabled={where === null}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{refusal ?? 'All runs that match, newest first'}</Menu.Label>
        <Menu.Item component="a" href={file('runs.csv?')} download disabled={refusal !== null}>
          CSV
        </Menu.Item>
        <Menu.Item component="a" href={file('runs.ndjson?')} download disabled={refusal !== null}>
          NDJSON
        </Menu.Item>
        {!refusal && payloadRefusal && <Menu.Label>{payloadRefusal}</Menu.Label>}
        <Menu.Item
          component="a"
          href={file('runs.ndjson?payloads=true&')}
          download
          disabled={payloadRefusal !== null}
        >
          NDJSON with payloads
        </Menu.Item>
        <Menu.Label>The query of this list</Menu.Label>
        <Menu.Item onClick={() => void copy(listAsGraphQL(where ?? {}))}>Copy as GraphQL</Menu.Item>
        <Menu.Item onClick={() => void copy(listAsCurl(location.origin, where ?? {}))}>
          Copy as curl
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
