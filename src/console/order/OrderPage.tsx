import { Anchor, Group, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Play, SearchX } from 'lucide-react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { Empty } from '../parts/Empty.tsx';
import { JsonView } from '../parts/JsonView.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useMay, useRefusal } from '../parts/permissions.ts';
import { AutomationDialog } from './AutomationDialog.tsx';
import { GroupList } from './GroupList.tsx';
import { OrderJourney } from './OrderJourney.tsx';

/** An order: for each line what ran, what did not, and why. */
export function OrderPage() {
  const { number = '' } = useParams({ strict: false }) as { number?: string };
  const { shop = null }: Address & { shop?: string | null } = useSearch({ strict: false });
  const { data, error, refetch, isPlaceholderData } = useOperation(
    OrderPage_Query,
    { number, shop, payloads: useMay('READ_PAYLOADS'), withOpenSteps: true },
    { staleTime: 0 },
  );
  const order = isPlaceholderData ? undefined : data?.order;
  useRunChanges({ orderNumber: [number] }, data?.feedCursor, refetch);
  const [isOpen, automation] = useDisclosure();
  const refusal = useRefusal('ENQUEUE_RUNS', 'READ_PAYLOADS');
  return (
    <Page
      title={`Order ${number}`}
      back={
        <Anchor component={Link} to="/admin/orders" size="sm">
          <ArrowLeft size={14} aria-hidden /> Orders
        </Anchor>
      }
      actions={
        order && (
          <Group gap="sm">
            <PageLink to="/admin/runs" search={{ order: number } as never}>
              All runs of the order
            </PageLink>
            <ActionButton
              size="xs"
              leftSection={<Play size={14} aria-hidden />}
              act={automation.open}
              reason={refusal ?? (order.forgottenAt ? 'Its personal data was erased' : null)}
            >
              Journey automation…
            </ActionButton>
          </Group>
        )
      }
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {order === undefined && !error && <Skeleton height={240} />}
      {order === null && (
        <Card>
          <Empty icon={<SearchX />} title="There is no order with this number">
            The number may be mistyped, or the shop has not sent the order yet.
          </Empty>
        </Card>
      )}
      {order && (
        <>
          <Text size="sm" c="dimmed">
            Placed <Moment at={order.placedAt} />
            {shop && ` · shop ${shop}`}
            {order.forgottenAt && ' · its personal data was erased'}
          </Text>
          <GroupList groups={order.groups} />
          <OrderJourney lines={order.lines} runs={order.runs} skipped={order.skipped} />
          {order.payload && !order.forgottenAt && <JsonView value={order.payload} name="order" />}
          {isOpen && <AutomationDialog order={order} close={automation.close} />}
        </>
      )}
    </Page>
  );
}

const OrderPage_Query = graphql(`
  query OrderPage_Query($number: String!, $shop: String, $payloads: Boolean!, $withOpenSteps: Boolean!) {
    feedCursor
    order(number: $number, shop: $shop) {
      id
      shop
      placedAt
      forgottenAt
      payload @include(if: $payloads)
      groups {
        ...GroupList_RunGroup
      }
      lines {
        ...OrderJourney_Line
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
