import { Table, Text } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { formatCount, formatDuration } from '../parts/format.ts';
import { StackedTable } from '../parts/StackedTable.tsx';

/** The task queues, with their waiting runs, and whether a live worker serves them. */
export function QueueTable({ queues: refs }: { queues: readonly FragmentType<typeof QueueTable_Queue>[] }) {
  const queues = readFragment(QueueTable_Queue, refs);
  if (queues.length === 0)
    return (
      <Text size="sm" c="dimmed" px="md" pb="md">
        No run is queued.
      </Text>
    );
  return (
    <StackedTable label="Queues" columns={['Queue', 'Queued runs', 'Oldest due', 'Served']}>
      {queues.map(({ name, queued, oldestDueSeconds, isServed }) => (
        <Table.Tr key={name ?? ''}>
          <Table.Td>{name ?? 'runs without a queue'}</Table.Td>
          <Table.Td data-label="Queued runs">{formatCount(queued.count, queued.exact)}</Table.Td>
          <Table.Td data-label="Oldest due">
            {oldestDueSeconds == null ? '—' : formatDuration(oldestDueSeconds * 1_000)}
          </Table.Td>
          <Table.Td data-label="Served">
            {isServed ? (
              <>
                <CircleCheck size={14} aria-hidden /> by a live worker
              </>
            ) : (
              <Text span size="sm" c="var(--mantine-color-error)">
                <TriangleAlert size={14} aria-hidden /> by no worker
              </Text>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </StackedTable>
  );
}

const QueueTable_Queue = graphql(`
  fragment QueueTable_Queue on TaskQueue {
    name
    isServed
    oldestDueSeconds
    queued {
      count
      exact
    }
  }
`);
