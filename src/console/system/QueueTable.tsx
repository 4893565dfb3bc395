import { Table, Text } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { formatCount, formatDuration } from '../parts/format.ts';

/** The task queues, with their waiting runs, and whether a live worker serves them. */
export function QueueTable({ queues: refs }: { queues: readonly FragmentType<typeof QueueTable_Queue>[] }) {
  const queues = readFragment(QueueTable_Queue, refs);
  if (queues.length === 0)
    return (
      <Text size="sm" c="dimmed" px="md" pb="md">
        No run is queued, and no worker serves a queue.
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Queue</Table.Th>
            <Table.Th>Queued runs</Table.Th>
            <Table.Th>Oldest due</Table.Th>
            <Table.Th>Served</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queues.map(({ name, queued, oldestDueSeconds, isServed }) => (
            <Table.Tr key={name ?? ''}>
              <Table.Td>{name ?? 'runs without a queue'}</Table.Td>
              <Table.Td>{formatCount(queued.count, queued.exact)}</Table.Td>
              <Table.Td>{oldestDueSeconds == null ? '—' : formatDuration(oldestDueSeconds * 1_000)}</Table.Td>
              <Table.Td>
                {isServed ? (
                  <>
                    <CircleCheck size={14} aria-hidden /> by a live worker
                  </>
                ) : (
                  <Text size="sm" c="var(--mantine-color-error)">
                    <TriangleAlert size={14} aria-hidden /> by no worker
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
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
