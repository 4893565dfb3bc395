import { Anchor, Skeleton, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, SearchX } from 'lucide-react';
import { graphql, readFragment } from '../api/generated/index.ts';
import { useChange, useOperation } from '../api/query.ts';
import { useWatch } from '../live/use-watch.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { Actor } from '../parts/Actor.tsx';
import { BULK_VERBS } from '../parts/bulk-verbs.ts';
import { Empty } from '../parts/Empty.tsx';
import { plural } from '../parts/format.ts';
import { JsonView } from '../parts/JsonView.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useMay, useRefusal } from '../parts/permissions.ts';
import { useTimeZone } from '../parts/time-zone.ts';
import { AgainMenu } from './AgainMenu.tsx';
import { BulkItems } from './BulkItems.tsx';
import classes from './BulkOperationPage.module.css';
import { BulkOutcome } from './BulkOutcome.tsx';
import { BulkProgress } from './BulkProgress.tsx';
import { whereInWords } from './where-in-words.ts';

/** A bulk operation: what was requested, how far it is, and the result for each run. */
export function BulkOperationPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const refusal = useRefusal('OPERATE_RUNS');
  const payloads = useMay('READ_PAYLOADS');
  const read = useOperation(BulkOperationPage_Query, { id, payloads }, { staleTime: 0 });
  const stored = readFragment(BulkOperationPage_Fields, read.data?.bulkOperation);
  const { data: live } = useWatch(BulkOperationPage_Watch, { id, payloads }, stored?.status !== 'RUNNING');
  const watched = readFragment(BulkOperationPage_Fields, live?.bulkOperationUpdated);
  // An operation that has ended is not watched, and what was watched before may be older.
  const operation = stored?.status === 'RUNNING' ? (watched ?? stored) : stored;
  const timeZone = useTimeZone();
  const abort = useChange(BulkOperationPage_Abort);
  const problem = abort.error?.message ?? abort.data?.abortBulkOperation?.userErrors[0]?.message;
  return (
    <Page
      title={
        operation
          ? `${BULK_VERBS[operation.kind].verb} of ${plural(operation.expected, 'run')}`
          : 'Bulk operation'
      }
      back={
        <Anchor component={Link} to="/admin/bulk" size="sm">
          <ArrowLeft size={14} aria-hidden /> Bulk operations
        </Anchor>
      }
      actions={
        operation?.status === 'RUNNING' ? (
          <ActionButton
            size="xs"
            color="red"
            variant="light"
            reason={refusal}
            loading={abort.isPending}
            act={() => abort.mutate({ id })}
          >
            Abort
          </ActionButton>
        ) : (
          operation && <AgainMenu operation={{ id, kind: operation.kind }} />
        )
      }
    >
      {read.error && <Problem error={read.error} retry={() => void read.refetch()} />}
      {problem && <Text c="var(--mantine-color-error)">{problem}</Text>}
      {!read.data && !read.error && <Skeleton height={200} />}
      {read.data && !operation && (
        <Card>
          <Empty icon={<SearchX />} title="There is no such operation">
            The id may be mistyped, or retention deleted the operation.
          </Empty>
        </Card>
      )}
      {operation && (
        <>
          <Card label="Progress">
            <div className={classes.progress}>
              <BulkProgress operation={operation} />
              <Text size="sm" mt="xs">
                Started <Moment at={operation.createdAt} />
                {operation.actor && (
                  <>
                    {' '}
                    by <Actor id={operation.actor} />
                  </>
                )}
                {operation.reason && `, because: ${operation.reason}`}. {operation.done}{' '}
                {BULK_VERBS[operation.kind].past}, {operation.skipped} skipped
                {operation.failed > 0 &&
                  `, ${operation.failed} that could not be ${BULK_VERBS[operation.kind].past}`}
                .
              </Text>
              {operation.kind !== 'CANCEL' && (
                <BulkOutcome id={id} kind={operation.kind} done={operation.done} />
              )}
              {operation.where && (
                <Text size="sm" mt={4}>
                  The runs of which {whereInWords(operation.where, timeZone).join('; ')}.
                </Text>
              )}
            </div>
          </Card>
          <BulkItems
            id={id}
            kind={operation.kind}
            settled={operation.done + operation.skipped + operation.failed}
          />
          {operation.where && <JsonView value={operation.where} name="filter" />}
        </>
      )}
    </Page>
  );
}

const BulkOperationPage_Fields = graphql(`
  fragment BulkOperationPage_Fields on BulkOperation {
    kind
    status
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

const BulkOperationPage_Query = graphql(`
  query BulkOperationPage_Query($id: ID!, $payloads: Boolean!) {
    bulkOperation(id: $id) {
      ...BulkOperationPage_Fields
    }
  }
`);

const BulkOperationPage_Watch = graphql(`
  subscription BulkOperationPage_Watch($id: ID!, $payloads: Boolean!) {
    bulkOperationUpdated(id: $id) {
      ...BulkOperationPage_Fields
    }
  }
`);

const BulkOperationPage_Abort = graphql(`
  mutation BulkOperationPage_Abort($id: ID!) {
    abortBulkOperation(id: $id) {
      operation {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
