import { Skeleton, Table } from '@mantine/core';
import { Layers } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { Empty } from '../parts/Empty.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { BulkRow } from './BulkRow.tsx';

/** All bulk operations, newest first: who started them, on what, and what came of it. */
export function BulkPage() {
  const { data, error, refetch } = useOperation(BulkPage_Query, {}, { staleTime: 0 });
  useRunChanges({}, data?.feedCursor, () => void refetch());
  const operations = data?.bulkOperations?.nodes;
  return (
    <Page title="Bulk operations">
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!operations && !error && <Skeleton height={240} />}
      {operations && (
        <Card>
          {operations.length === 0 ? (
            <Empty icon={<Layers />} title="No bulk operations yet">
              Filter the runs, then choose “All that match” to retry, replay or cancel them together.
            </Empty>
          ) : (
            <Table.ScrollContainer minWidth={720}>
              <Table verticalSpacing="sm" highlightOnHover>
                <Table.Thead>
                  <Table.Tr>
                    {['Operation', 'Started', 'By', 'Progress', 'Done', 'Skipped', 'Failed'].map((name) => (
                      <Table.Th key={name}>{name}</Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {operations.map((operation) => (
                    <BulkRow key={operation.id} operation={operation} />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </Card>
      )}
    </Page>
  );
}

const BulkPage_Query = graphql(`
  query BulkPage_Query {
    feedCursor
    bulkOperations(first: 50) {
      nodes {
        id
        ...BulkRow_BulkOperation
      }
    }
  }
`);
