import { Group, Skeleton, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { ArrowLeft, SearchX } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { Actor } from '../parts/Actor.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useMay } from '../parts/permissions.ts';
import classes from './GroupPage.module.css';
import { GroupProgress } from './GroupProgress.tsx';
import { GROUP_NAMES } from './group-names.ts';
import { OrderJourney } from './OrderJourney.tsx';

/** The runs that one checkout or one automation enqueued, live: how far they are, what was skipped, and why. */
export function GroupPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, refetch, isPlaceholderData } = useOperation(
    GroupPage_Query,
    { id, payloads: useMay('READ_PAYLOADS'), withOpenSteps: false },
    { staleTime: 0 },
  );
  const group = isPlaceholderData ? undefined : data?.group;
  // Replays of its runs belong to the order, and to no group.
  useRunChanges({ orderId: group ? [group.order.id] : [] }, group && data?.feedCursor, refetch);
  const { number, shop } = group?.order ?? {};
  return (
    <Page
      title={group ? `${GROUP_NAMES[group.kind]} of order ${number}` : 'A group of runs'}
      back={
        number !== undefined && (
          <PageLink
            to="/admin/orders/$number"
            params={{ number } as never}
            search={(shop ? { shop } : {}) as never}
          >
            <ArrowLeft size={14} aria-hidden /> Order {number}
          </PageLink>
        )
      }
      actions={
        <PageLink to="/admin/runs" search={{ group: id } as never}>
          The runs as a list
        </PageLink>
      }
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {group === undefined && !error && <Skeleton height={240} />}
      {group === null && (
        <Card>
          <Empty icon={<SearchX />} title="There is no such group">
            The id may be mistyped, or retention deleted the group.
          </Empty>
        </Card>
      )}
      {group && (
        <>
          <Card label="Progress">
            <div className={classes.progress}>
              <GroupProgress group={group} />
              <Group gap={4} mt="xs">
                <Text size="sm" c="dimmed">
                  Enqueued <Moment at={group.createdAt} />
                  {group.actor && (
                    <>
                      {' '}
                      by <Actor id={group.actor} />
                    </>
                  )}
                </Text>
              </Group>
            </div>
          </Card>
          <OrderJourney lines={group.order.lines} runs={group.runs} skipped={group.skipped} />
        </>
      )}
    </Page>
  );
}

const GroupPage_Query = graphql(`
  query GroupPage_Query($id: ID!, $payloads: Boolean!, $withOpenSteps: Boolean!) {
    feedCursor
    group(id: $id) {
      kind
      createdAt
      actor
      ...GroupProgress_RunGroup
      order {
        id
        number
        shop
        lines {
          ...OrderJourney_Line
        }
      }
      runs(first: 100) {
        ...OrderJourney_Runs
      }
      skipped(first: 100) {
        ...OrderJourney_Skipped
      }
    }
  }
`);
