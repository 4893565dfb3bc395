import { Button, Group, SegmentedControl, Table, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BulkOperationItemStatus, BulkOperationKind } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useReplayChanges } from '../live/use-replay-changes.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { BULK_VERBS } from '../parts/bulk-verbs.ts';
import { Card } from '../parts/Page.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { useMay } from '../parts/permissions.ts';
import { ReplayLink } from '../parts/ReplayLink.tsx';
import { RunChip } from '../parts/RunChip.tsx';
import { StackedTable } from '../parts/StackedTable.tsx';

/**
 * The runs of an operation with the result for each, filtered by the result, and with their statuses now, live.
 *
 * @param settled how many runs have a result
 */
export function BulkItems({ id, kind, settled }: BulkItemsProps) {
  const [status, setStatus] = useState('ALL');
  const [after, setAfter] = useState<string | null>(null);
  const shown = status === 'ALL' ? null : [status as BulkOperationItemStatus];
  const orders = useMay('READ_ORDERS');
  const { data, refetch } = useOperation(
    BulkItems_Query,
    { id, status: shown, after, orders },
    { staleTime: 0 },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each further result is a reason to read the list again.
  useEffect(() => void refetch(), [settled]);
  const items = data?.bulkOperation?.items;
  const runs = items?.nodes.flatMap(({ run }) => run ?? []) ?? [];
  useReplayChanges(kind === 'REPLAY' ? runs : [], data?.feedCursor, refetch);
  const changing = kind === 'REPLAY' ? [] : runs.map((run) => run.id);
  useRunChanges({ runId: changing }, changing.length > 0 ? data?.feedCursor : null, refetch);
  const statusNow = kind === 'REPLAY' ? 'Its replay now' : 'Status now';
  const { past } = BULK_VERBS[kind];
  const resultNames = { ...RESULT_NAMES, DONE: past, FAILED: `could not be ${past}` };
  return (
    <Card label="Results">
      <SegmentedControl
        m="sm"
        size="xs"
        aria-label="Result"
        data={[
          { value: 'ALL', label: 'All' },
          ...(['DONE', 'FAILED', 'SKIPPED', 'PENDING'] as const).map((value) => ({
            value,
            label: withCapital(resultNames[value]),
          })),
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
        <StackedTable label="Results" columns={['Run', 'Result', statusNow]}>
          {items.nodes.map(({ position, status: result, reason, run, runId }) => {
            const now = kind === 'REPLAY' ? run?.latestReplay : run;
            return (
              <Table.Tr key={position}>
                <Table.Td>
                  {run ? (
                    <PageLink to="/admin/runs/$id" params={{ id: runId }}>
                      {run.component.name}
                    </PageLink>
                  ) : (
                    `deleted by retention: ${runId}`
                  )}
                  <Text size="xs" c="dimmed">
                    {[run?.product?.title, run?.order && `order ${run.order.number}`]
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                </Table.Td>
                <Table.Td data-label="Result">
                  {resultNames[result]}
                  {reason && `: ${reason}`}
                </Table.Td>
                <Table.Td data-label={statusNow}>
                  {now ? <RunChip run={now} /> : '—'}
                  {kind !== 'REPLAY' && run?.latestReplay && <ReplayLink replay={run.latestReplay} />}
                </Table.Td>
              </Table.Tr>
            );
          })}
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

type BulkItemsProps = { id: string; kind: BulkOperationKind; settled: number };

const RESULT_NAMES = { SKIPPED: 'skipped', PENDING: 'not yet' };

const withCapital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const BulkItems_Query = graphql(`
  query BulkItems_Query($id: ID!, $status: [BulkOperationItemStatus!], $after: String, $orders: Boolean!) {
    feedCursor
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
            id
            component {
              name
            }
            product {
              title
            }
            order @include(if: $orders) {
              number
            }
            latestReplay {
              ...RunChip_Run
              ...ReplayLink_Run
            }
            ...RunChip_Run
            ...ReplayChanges_Run
          }
        }
      }
    }
  }
`);
