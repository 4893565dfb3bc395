import { Table, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { StackedTable } from '../parts/StackedTable.tsx';

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
    <StackedTable label="Workers" columns={['Host', 'Queue', 'Active runs', 'Started', 'Latest heartbeat']}>
      {workers.map(({ workerId, host, queue, activeRuns, startedAt, heartbeatAt }) => (
        <Table.Tr key={workerId}>
          <Table.Td>{host}</Table.Td>
          <Table.Td data-label="Queue">{queue ?? 'every queue'}</Table.Td>
          <Table.Td data-label="Active runs">
            {activeRuns > 0 ? (
              <PageLink to="/admin/runs" search={{ status: 'RUNNING' } as never}>
                {activeRuns}
              </PageLink>
            ) : (
              0
            )}
          </Table.Td>
          <Table.Td data-label="Started">
            <Moment at={startedAt} />
          </Table.Td>
          <Table.Td data-label="Latest heartbeat">
            <Moment at={heartbeatAt} />
          </Table.Td>
        </Table.Tr>
      ))}
    </StackedTable>
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
