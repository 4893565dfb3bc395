import { Table, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';
import { PageLink } from '../parts/PageLink.tsx';

/** The live workers, with the number of runs that each one executes. */
export function WorkerTable({
  workers: refs,
}: {
  workers: readonly FragmentType<typeof WorkerTable_Worker>[];
}) {
  const workers = readFragment(WorkerTable_Worker, refs);
  if (workers.length === 0)
    return (
      <Text size="sm" c="dimmed" px="md" pb="md">
        No worker is running.
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
              <Table.Td>
                {activeRuns > 0 ? (
                  <PageLink to="/admin/runs" search={{ status: 'RUNNING' } as never}>
                    {activeRuns}
                  </PageLink>
                ) : (
                  0
                )}
              </Table.Td>
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
