import { Button, Group, SegmentedControl, Table, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BulkOperationItemStatus } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Card } from '../parts/Page.tsx';
import { ReplayLink } from '../parts/ReplayLink.tsx';
import { RunChip } from '../parts/RunChip.tsx';
import { StackedTable } from '../parts/StackedTable.tsx';

/** The runs of an operation with the result for each, filtered by the result. `settled` is how many have one. */
export function BulkItems({ id, settled }: { id: string; settled: number }) {
  const [status, setStatus] = useState('FAILED');
  const [after, setAfter] = useState<string | null>(null);
  const shown = status === 'ALL' ? null : [status as BulkOperationItemStatus];
  const { data, refetch } = useOperation(BulkItems_Query, { id, status: shown, after }, { staleTime: 0 });
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
        onChange={(next) => {
          setStatus(next);
          setAfter(null);
        }}
      />
      {items?.nodes.length === 0 && (
        <Text size="sm" c="dimmed" px="md" pb="md">
          No run has this result.
        </Text>
      )}
      {items && items.nodes.length > 0 && (
        <StackedTable label="Results" columns={['Run', 'Result', 'Reason']}>
          {items.nodes.map(({ position, status: result, reason, run, runId }) => (
            <Table.Tr key={position}>
              <Table.Td>
                {run ? <RunChip run={run} /> : `deleted by retention: ${runId}`}{' '}
                <Text span size="sm" ml={6}>
                  {run?.component.name}
                </Text>
                {run?.latestReplay && <ReplayLink replay={run.latestReplay} />}
              </Table.Td>
              <Table.Td data-label="Result">{result.toLowerCase()}</Table.Td>
              <Table.Td data-label="Reason">{reason ?? '—'}</Table.Td>
            </Table.Tr>
          ))}
        </StackedTable>
      )}
      <Group justify="flex-end" gap="xs" p="sm">
        {after && (
          <Button size="xs" variant="subtle" onClick={() => setAfter(null)}>
            First results
          </Button>
        )}
        {items?.pageInfo.hasNextPage && (
          <Button size="xs" variant="default" onClick={() => setAfter(items.pageInfo.endCursor ?? null)}>
            Next results
          </Button>
        )}
      </Group>
    </Card>
  );
}

const BulkItems_Query = graphql(`
  query BulkItems_Query($id: ID!, $status: [BulkOperationItemStatus!], $after: String) {
    bulkOperation(id: $id) {
      items(first: 100, status: $status, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
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
            latestReplay {
              ...ReplayLink_Run
            }
          }
        }
      }
    }
  }
`);
