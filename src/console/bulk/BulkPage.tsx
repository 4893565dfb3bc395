import { Anchor, Button, Group, SegmentedControl, Skeleton } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Layers } from 'lucide-react';
import type { Address } from '../address.ts';
import type { BulkOperationStatus } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { Empty } from '../parts/Empty.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useMay } from '../parts/permissions.ts';
import { TableFrame } from '../parts/TableFrame.tsx';
import { BulkRow } from './BulkRow.tsx';

/** All bulk operations, newest first: who started them, on what, and what came of it. */
export function BulkPage() {
  const { status, after }: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const goTo = (next: Address) => void navigate({ to: '/admin/bulk', search: next as never });
  const filter: Address = status ? { status } : {};
  const { data, error, refetch } = useOperation(
    BulkPage_Query,
    {
      status: isStatus(status) ? [status] : null,
      after: after ?? null,
      payloads: useMay('READ_PAYLOADS'),
    },
    { staleTime: 0 },
  );
  useRunChanges({}, data?.feedCursor, refetch);
  const operations = data?.bulkOperations;
  return (
    <Page
      title="Bulk operations"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Status"
          data={STATUSES}
          value={isStatus(status) ? status : ''}
          onChange={(value) => goTo(value ? { status: value } : {})}
        />
      }
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!operations && !error && <Skeleton height={240} />}
      {operations?.nodes.length === 0 && (
        <Card>
          <Empty
            icon={<Layers />}
            title={isStatus(status) ? 'No bulk operation has this status' : 'No bulk operations yet'}
          >
            Filter the runs, then choose “All that match” to retry, replay or cancel them together.
          </Empty>
        </Card>
      )}
      {operations && operations.nodes.length > 0 && (
        <TableFrame label="Bulk operations" columns={COLUMNS}>
          {operations.nodes.map((operation) => (
            <BulkRow key={operation.id} operation={operation} />
          ))}
        </TableFrame>
      )}
      <Group justify="flex-end" gap="xs">
        {after && (
          <Anchor component={Link} to="/admin/bulk" search={filter as never} size="sm">
            Newest operations
          </Anchor>
        )}
        {operations?.pageInfo.hasNextPage && (
          <Button
            size="xs"
            variant="default"
            onClick={() => goTo({ ...filter, after: operations.pageInfo.endCursor ?? '' })}
          >
            Older operations
          </Button>
        )}
      </Group>
    </Page>
  );
}

const STATUSES = [
  { value: '', label: 'All' },
  { value: 'RUNNING', label: 'In progress' },
  { value: 'COMPLETED', label: 'Completed' },
  { value: 'ABORTED', label: 'Aborted' },
];

const isStatus = (text: string | undefined): text is BulkOperationStatus =>
  STATUSES.some(({ value }) => value !== '' && value === text);

const COLUMNS = ['Operation', 'Started', 'By', 'Progress', 'Done', 'Skipped', 'Failed'];

const BulkPage_Query = graphql(`
  query BulkPage_Query($status: [BulkOperationStatus!], $after: String, $payloads: Boolean!) {
    feedCursor
    bulkOperations(first: 25, status: $status, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...BulkRow_BulkOperation
      }
    }
  }
`);
