import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Actor } from '../parts/Actor.tsx';
import { BULK_VERBS } from '../parts/bulk-verbs.ts';
import { Moment } from '../parts/Moment.tsx';
import { useTimeZone } from '../parts/time-zone.ts';
import { BulkProgress } from './BulkProgress.tsx';
import { whereInWords } from './where-in-words.ts';

/** A bulk operation of the list. */
export function BulkRow({ operation: ref }: { operation: FragmentType<typeof BulkRow_BulkOperation> }) {
  const operation = readFragment(BulkRow_BulkOperation, ref);
  const timeZone = useTimeZone();
  return (
    <Table.Tr>
      <Table.Td maw={320}>
        <Anchor
          component={Link}
          to="/admin/bulk/$id"
          params={{ id: operation.id } as never}
          size="sm"
          fw={550}
        >
          {BULK_VERBS[operation.kind].verb} of {operation.expected.toLocaleString('en')}
        </Anchor>
        {operation.where && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            {whereInWords(operation.where, timeZone).join('; ')}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label="Started">
        <Moment at={operation.createdAt} />
      </Table.Td>
      <Table.Td data-label="By">
        {operation.actor ? <Actor id={operation.actor} /> : '—'}
        {operation.reason && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            {operation.reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td miw={180}>
        <BulkProgress operation={operation} />
      </Table.Td>
      <Table.Td data-label="Done">{operation.done}</Table.Td>
      <Table.Td data-label="Skipped">{operation.skipped}</Table.Td>
      <Table.Td data-label="Failed" c={operation.failed > 0 ? 'var(--mantine-color-error)' : undefined}>
        {operation.failed}
      </Table.Td>
    </Table.Tr>
  );
}

const BulkRow_BulkOperation = graphql(`
  fragment BulkRow_BulkOperation on BulkOperation {
    id
    kind
    actor
    reason
    where @include(if: $payloads)
    createdAt
    expected
    done
    skipped
    failed
    ...BulkProgress_BulkOperation
  }
`);
