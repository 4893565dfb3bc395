import { Table, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Actor } from '../parts/Actor.tsx';
import { Moment } from '../parts/Moment.tsx';
import { StackedTable } from '../parts/StackedTable.tsx';
import classes from './EventTable.module.css';

/** The history of the run, as it was recorded. */
export function EventTable({ run: ref }: { run: FragmentType<typeof EventTable_Run> }) {
  const { events } = readFragment(EventTable_Run, ref);
  return (
    <StackedTable
      label="Events"
      columns={['#', 'Time', 'Event', 'Attempt', 'By', 'Details']}
      verticalSpacing={6}
    >
      {events.nodes.map(({ sequence, at, type, attempt, actor, reason, error, telemetry }) => (
        <Table.Tr key={sequence}>
          <Table.Td data-label="#">{sequence}</Table.Td>
          <Table.Td>
            <Moment at={at} />
          </Table.Td>
          <Table.Td>{type}</Table.Td>
          <Table.Td data-label="Attempt">{attempt || '—'}</Table.Td>
          <Table.Td data-label="By">{actor ? <Actor id={actor} /> : '—'}</Table.Td>
          <Table.Td>
            {error?.message ?? reason ?? ''}
            {telemetry?.errorPreview && (
              <Text size="xs" className={`mono ${classes.answer}`}>
                {telemetry.errorPreview}
              </Text>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </StackedTable>
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
        telemetry {
          errorPreview @include(if: $payloads)
        }
      }
    }
  }
`);
