import { Anchor, Button, Group, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Play, SearchX } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { Empty } from '../parts/Empty.tsx';
import { JsonView } from '../parts/JsonView.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { AutomationDialog } from './AutomationDialog.tsx';
import { OrderJourney } from './OrderJourney.tsx';

/** An order: for each line what ran, what did not, and why. */
export function OrderPage() {
  const { number = '' } = useParams({ strict: false }) as { number?: string };
  const { data, error, refetch, isPlaceholderData } = useOperation(
    OrderPage_Query,
    { number },
    { staleTime: 0 },
  );
  const order = isPlaceholderData ? undefined : data?.order;
  useRunChanges({ orderNumber: [number] }, data?.feedCursor, () => void refetch());
  const [isOpen, automation] = useDisclosure();
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
          <Group gap="xs">
            <Button
              component={Link}
              to="/admin/runs"
              search={{ order: number } as never}
              size="xs"
              variant="default"
            >
              All runs of the order
            </Button>
            <Button
              size="xs"
              leftSection={<Play size={14} aria-hidden />}
              onClick={automation.open}
              disabled={Boolean(order.forgottenAt)}
            >
              Journey automation…
            </Button>
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
            {order.forgottenAt && ' · its personal data was erased'}
          </Text>
          <OrderJourney order={order} />
          {!order.forgottenAt && <JsonView value={order.payload} name="order" />}
          {isOpen && <AutomationDialog orderId={order.id} close={automation.close} />}
        </>
      )}
    </Page>
  );
}

const OrderPage_Query = graphql(`
  query OrderPage_Query($number: String!) {
    feedCursor
    order(number: $number) {
      id
      placedAt
      forgottenAt
      payload
      ...OrderJourney_Order
    }
  }
`);
