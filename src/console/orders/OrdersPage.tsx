import { Anchor, Button, Group, Skeleton, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, Search, ShoppingCart } from 'lucide-react';
import { useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { OrderRow } from './OrderRow.tsx';
import { RecordOrderDialog } from './RecordOrderDialog.tsx';

const PAGE_SIZE = 25;

/** The orders, newest first, each with what its runs came to. */
export function OrdersPage() {
  const { search = '', after }: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const goTo = (next: Address) => void navigate({ to: '/admin/orders', search: next as never });
  const variables = { search: search || null, first: PAGE_SIZE, after: after ?? null };
  const { data, error, refetch } = useOperation(OrdersPage_Query, variables, { staleTime: 0 });
  useRunChanges({}, data?.feedCursor, () => void refetch());
  const [typed, type] = useState(search);
  const send = useDebouncedCallback((text: string) => goTo(text ? { search: text } : {}), 300);
  const orders = data?.orders;
  const [isRecording, recording] = useDisclosure();
  const refusal = useRefusal('WRITE_ORDERS');
  return (
    <Page
      title="Orders"
      actions={
        <Group gap="xs">
          <TextInput
            size="xs"
            type="search"
            w={260}
            aria-label="Search orders"
            placeholder="The beginning of an order number"
            leftSection={<Search size={14} aria-hidden />}
            maxLength={200}
            value={typed}
            onChange={({ currentTarget }) => {
              type(currentTarget.value);
              send(currentTarget.value);
            }}
          />
          <ActionButton
            size="xs"
            leftSection={<Plus size={14} aria-hidden />}
            reason={refusal}
            act={recording.open}
          >
            Record an order…
          </ActionButton>
        </Group>
      }
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!orders && !error && <Skeleton height={240} />}
      {orders && orders.nodes.length === 0 && (
        <Card>
          <Empty icon={<ShoppingCart />} title={search ? 'No order has such a number' : 'No orders yet'}>
            {search
              ? 'The search finds the beginning of an order number. Upper and lower case are different.'
              : 'An order appears here when the shop sends a checkout or records an order. To try out a journey, record one by hand.'}
          </Empty>
        </Card>
      )}
      {orders && orders.nodes.length > 0 && (
        <Card>
          <Table.ScrollContainer minWidth={620}>
            <Table verticalSpacing="sm" highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Order</Table.Th>
                  <Table.Th>Placed</Table.Th>
                  <Table.Th>Lines</Table.Th>
                  <Table.Th>Runs</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {orders.nodes.map((order) => (
                  <OrderRow key={order.id} order={order} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Card>
      )}
      {orders && (
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {orders.totalCount.toLocaleString('en')}
            {orders.totalCountExact ? '' : '+'} orders
          </Text>
          <Group gap="xs">
            {after && (
              <Anchor
                component={Link}
                to="/admin/orders"
                search={(search ? { search } : {}) as never}
                size="sm"
              >
                First page
              </Anchor>
            )}
            {orders.pageInfo.hasNextPage && (
              <Button
                size="xs"
                variant="default"
                onClick={() => goTo({ ...(search && { search }), after: orders.pageInfo.endCursor ?? '' })}
              >
                Older orders
              </Button>
            )}
          </Group>
        </Group>
      )}
      {isRecording && <RecordOrderDialog close={recording.close} />}
    </Page>
  );
}

const OrdersPage_Query = graphql(`
  query OrdersPage_Query($search: String, $first: Int, $after: String) {
    feedCursor
    orders(search: $search, first: $first, after: $after) {
      totalCount
      totalCountExact
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        id
        ...OrderRow_Order
      }
    }
  }
`);
