import { Table, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';

/** The live workers, with the number of runs that each one executes. */
export function WorkerTable({
  workers: refs,
}: {
  workers: readonly FragmentType<typeof WorkerTable_Worker>[];
}) {
  const workers = readFragment(WorkerTable_Worker, refs);
  if (workers.length === 0)
    return (
      <Text size="sm" c="var(--mantine-color-error)" px="md" pb="md">
        No worker is running, so no run is executed. Start one with npm run worker.
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Host</Table.Th>
            <Table.Th>Queue</Table.Th>
            <Table.Th>Active runs</Table.Th>
            <Table.Th>Started</Table.Th>
            <Table.Th>Latest heartbeat</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workers.map(({ workerId, host, queue, activeRuns, startedAt, heartbeatAt }) => (
            <Table.Tr key={workerId}>
              <Table.Td>{host}</Table.Td>
              <Table.Td>{queue ?? 'every queue'}</Table.Td>
              <Table.Td>{activeRuns}</Table.Td>
              <Table.Td>
                <Moment at={startedAt} />
              </Table.Td>
              <Table.Td>
                <Moment at={heartbeatAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const WorkerTable_Worker = graphql(`
  fragment WorkerTable_Worker on Worker {
    workerId
    host
    queue
    activeRuns
    startedAt
    heartbeatAt
  }
`);
