import { SegmentedControl, Table, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BulkOperationItemStatus } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Card } from '../parts/Page.tsx';
import { RunChip } from '../parts/RunChip.tsx';

/** The runs of an operation with the result for each, filtered by the result. `settled` is how many have one. */
export function BulkItems({ id, settled }: { id: string; settled: number }) {
  const [status, setStatus] = useState('FAILED');
  const shown = status === 'ALL' ? null : [status as BulkOperationItemStatus];
  const { data, refetch } = useOperation(BulkItems_Query, { id, status: shown }, { staleTime: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each further result is a reason to read the list again.
  useEffect(() => void refetch(), [settled]);
  const items = data?.bulkOperation?.items;
  return (
    <Card label="Results">
      <SegmentedControl
        m="sm"
        size="xs"
        aria-label="Result"
        data={[
          { value: 'FAILED', label: 'Failed' },
          { value: 'SKIPPED', label: 'Skipped' },
          { value: 'DONE', label: 'Done' },
          { value: 'PENDING', label: 'Not yet' },
          { value: 'ALL', label: 'All' },
        ]}
        value={status}
        onChange={setStatus}
      />
      {items?.nodes.length === 0 && (
        <Text size="sm" c="dimmed" px="md" pb="md">
          No run has this result.
        </Text>
      )}
      {items && items.nodes.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Run</Table.Th>
                <Table.Th>Result</Table.Th>
                <Table.Th>Reason</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.nodes.map(({ position, status: result, reason, run, runId }) => (
                <Table.Tr key={position}>
                  <Table.Td>
                    {run ? <RunChip run={run} /> : `deleted by retention: ${runId}`}{' '}
                    <Text span size="sm" ml={6}>
                      {run?.component.name}
                    </Text>
                  </Table.Td>
                  <Table.Td>{result.toLowerCase()}</Table.Td>
                  <Table.Td>{reason ?? '—'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {items?.pageInfo.hasNextPage && (
        <Text size="xs" c="dimmed" p="sm">
          The first 100 are shown.
        </Text>
      )}
    </Card>
  );
}

const BulkItems_Query = graphql(`
  query BulkItems_Query($id: ID!, $status: [BulkOperationItemStatus!]) {
    bulkOperation(id: $id) {
      items(first: 100, status: $status) {
        pageInfo {
          hasNextPage
        }
        nodes {
          position
          status
          reason
          runId
          run {
            component {
              name
            }
            ...RunChip_Run
          }
        }
      }
    }
  }
`);
