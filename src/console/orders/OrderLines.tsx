import { ActionIcon, Autocomplete, Button, Group, NumberInput, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { RecordOrderInput } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { withLine, withValues } from './order-draft.ts';

/** The lines of an order that is written by hand: each with the SKU of a product, and a quantity. */
export function OrderLines({ order, change }: { order: RecordOrderInput; change: (text: string) => void }) {
  const [typed, type] = useState('');
  const [search] = useDebouncedValue(typed, 250);
  const { data } = useOperation(OrderLines_Products, { search: search || null, shop: order.shop ?? null });
  const skus = data?.products?.nodes.map(({ sku }) => sku) ?? [];
  return (
    <Stack gap="xs">
      {order.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its position.
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
          <Autocomplete
            flex={1}
            label={`SKU of line ${index + 1}`}
            placeholder="Choose a product, or type any SKU"
            data={[...new Set(skus)]}
            filter={({ options }) => options}
            limit={20}
            value={line.sku ?? ''}
            onChange={(sku) => {
              type(sku);
              change(withLine(order, index, { sku }));
            }}
          />
          <NumberInput
            w={100}
            label="Quantity"
            min={0}
            value={line.quantity}
            onChange={(quantity) => change(withLine(order, index, { quantity: Number(quantity) }))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            disabled={order.lines.length === 1}
            aria-label={`Remove line ${index + 1}`}
            onClick={() =>
              change(withValues(order, { lines: order.lines.filter((_, position) => position !== index) }))
            }
          >
            <X size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => change(withValues(order, { lines: [...order.lines, { sku: '', quantity: 1 }] }))}
        >
          Add a line
        </Button>
      </Group>
    </Stack>
  );
}

const OrderLines_Products = graphql(`
  query OrderLines_Products($search: String, $shop: String) {
    products(search: $search, shop: $shop, first: 20) {
      nodes {
        sku
      }
    }
  }
`);
