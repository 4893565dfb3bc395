import { Button, Modal, Skeleton, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { DialogFoot } from '../parts/DialogFoot.tsx';
import { CheckoutFields } from './CheckoutFields.tsx';
import { OrderLines } from './OrderLines.tsx';
import { newOrderText, orderIn, withValues } from './order-draft.ts';
import { useRecordOrder } from './use-record-order.ts';

const JsonEditor = lazy(() =>
  import('../parts/JsonEditor.tsx').then((module) => ({ default: module.JsonEditor })),
);

/** Records an order by hand, to try the journeys of its products, and opens its page. */
export function RecordOrderDialog({ close }: { close: () => void }) {
  const [text, setText] = useState(() => newOrderText(new Date()));
  const [tab, setTab] = useState<string | null>('form');
  const [checkout, setCheckout] = useState<{ channel: string | null } | null>(null);
  const { record, isPending, problem } = useRecordOrder();
  const navigate = useNavigate();
  const order = orderIn(text);
  const send = async () => {
    if (!order) return;
    const recorded = await record(order, checkout);
    if (recorded === null) return;
    const { number, shop } = recorded;
    await navigate({
      to: '/admin/orders/$number',
      params: { number } as never,
      search: (shop ? { shop } : {}) as never,
    });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="46rem"
      title="Record an order"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Text size="sm">
          Stores an order as the shop would send it, to try the journeys of its products. Use a number that no
          real order has.
        </Text>
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="form" disabled={!order}>
              Form
            </Tabs.Tab>
            <Tabs.Tab value="json">JSON</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="form" pt="sm">
            {order && (
              <Stack>
                <TextInput
                  label="Order number"
                  maxLength={200}
                  value={order.number ?? ''}
                  onChange={({ currentTarget }) =>
                    setText(withValues(order, { number: currentTarget.value }))
                  }
                />
                <OrderLines order={order} change={setText} />
                <Text size="xs" c="dimmed">
                  The tab JSON has the whole input: with the payload that scripts read as input.order, and the
                  shop.
                </Text>
              </Stack>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="json" pt="sm">
            <Suspense fallback={<Skeleton height={220} />}>
              <JsonEditor initial={text} label="Order" change={setText} />
            </Suspense>
          </Tabs.Panel>
        </Tabs>
        {!order && (
          <Text size="sm" c="var(--mantine-color-error)">
            The order is not a JSON object with lines yet.
          </Text>
        )}
        <CheckoutFields checkout={checkout} change={setCheckout} />
        <DialogFoot problem={problem} close={close}>
          <Button disabled={!order} loading={isPending} onClick={() => void send().catch(() => {})}>
            {checkout ? 'Record it and enqueue its runs' : 'Record the order'}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}
