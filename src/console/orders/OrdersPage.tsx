import { useDisclosure } from '@mantine/hooks';
import { Plus, ShoppingCart } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useList } from '../api/use-list.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { ListPage, useListAddress } from '../parts/ListPage.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { OrderRow } from './OrderRow.tsx';
import { RecordOrderDialog } from './RecordOrderDialog.tsx';

/** The orders, newest first, each with what its runs came to. */
export function OrdersPage() {
  const { address } = useListAddress();
  const { list, firstPage } = useList(
    OrdersPage_Query,
    { search: address.search ?? null },
    ({ orders }) => orders,
  );
  useRunChanges({}, firstPage?.feedCursor, list.reload);
  const [isRecording, recording] = useDisclosure();
  const refusal = useRefusal('WRITE_ORDERS');
  return (
    <>
      <ListPage
        title="Orders"
        things="orders"
        searchHint="The beginning of an order number"
        actions={
          <ActionButton
            size="xs"
            leftSection={<Plus size={14} aria-hidden />}
            reason={refusal}
            act={recording.open}
          >
            Record an order…
          </ActionButton>
        }
        columns={['Order', 'Placed', 'Lines', 'Runs']}
        list={list}
        row={(order) => <OrderRow key={order.id} order={order} />}
        empty={{
          icon: <ShoppingCart />,
          ...(address.search
            ? {
                title: 'No order has such a number',
                text: 'The search finds the beginning of an order number. Upper and lower case are different.',
              }
            : {
                title: 'No orders yet',
                text: 'An order appears here when the shop sends a checkout or records an order. To try out a journey, record one by hand.',
              }),
        }}
      />
      {isRecording && <RecordOrderDialog close={recording.close} />}
    </>
  );
}

const OrdersPage_Query = graphql(`
  query OrdersPage_Query($search: String, $after: String) {
    feedCursor
    orders(search: $search, first: 25, after: $after) {
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
