import { Table } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Actor } from '../parts/Actor.tsx';
import { Moment } from '../parts/Moment.tsx';

/** The history of the run, as it was recorded. */
export function EventTable({ run: ref }: { run: FragmentType<typeof EventTable_Run> }) {
  const { events } = readFragment(EventTable_Run, ref);
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {['#', 'Time', 'Event', 'Attempt', 'By', 'Details'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.nodes.map(({ sequence, at, type, attempt, actor, reason, error }) => (
            <Table.Tr key={sequence}>
              <Table.Td>{sequence}</Table.Td>
              <Table.Td>
                <Moment at={at} />
              </Table.Td>
              <Table.Td>{type}</Table.Td>
              <Table.Td>{attempt || '—'}</Table.Td>
              <Table.Td>{actor ? <Actor id={actor} /> : '—'}</Table.Td>
              <Table.Td>{error?.message ?? reason ?? ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const EventTable_Run = graphql(`
  fragment EventTable_Run on Run {
    events(first: 100) {
      nodes {
        sequence
        at
        type
        attempt
        actor
        reason
        error {
          message
        }
      }
    }
  }
`);
