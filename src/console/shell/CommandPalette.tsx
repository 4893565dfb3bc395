import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { Activity, Boxes, Package, Search, ShoppingCart } from 'lucide-react';
import { useState } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useMay } from '../parts/permissions.ts';
import { PAGES } from './pages.ts';

const [store, palette] = createSpotlight();
export const openPalette = palette.open;

/** Finds pages by their words, and runs, components, products and orders by their id, key, SKU or number. */
export function CommandPalette() {
  const [text, setText] = useState('');
  const [term] = useDebouncedValue(text.trim(), 200);
  const navigate = useNavigate();
  const orders = useMay('READ_ORDERS');
  const { data } = useOperation(
    CommandPalette_Query,
    { text: term, id: UUID.test(term) ? term : NO_ID, orders },
    { enabled: term.length > 1 },
  );

  const go =
    (to: string, search: Record<string, string> = {}) =>
    () =>
      void navigate({ to, search });
  const pages: SpotlightActionData[] = PAGES.filter(({ label, keywords }) =>
    matches(`${label} ${keywords}`, text),
  ).map(({ to, label, icon: Icon }) => ({
    id: to,
    label,
    description: 'Page',
    leftSection: <Icon size={18} aria-hidden />,
    onClick: go(to),
  }));
  const { run, component, product, order } = (term.length > 1 && data) || {};
  const things: (SpotlightActionData | null | undefined | false)[] = [
    run && {
      id: 'run',
      label: `Run ${run.id}`,
      description: `${run.component.name}, ${run.status.toLowerCase()}`,
      leftSection: <Activity size={18} aria-hidden />,
      onClick: go(`/admin/runs/${run.id}`),
    },
    component && {
      id: 'component',
      label: component.name,
      description: `Runs of the component ${component.key}`,
      leftSection: <Boxes size={18} aria-hidden />,
      onClick: go('/admin/runs', { component: component.key }),
    },
    product && {
      id: 'product',
      label: product.title,
      description: `Runs of the product ${product.sku}`,
      leftSection: <Package size={18} aria-hidden />,
      onClick: go('/admin/runs', { product: product.sku }),
    },
    order && {
      id: 'order',
      label: `Order ${order.number}`,
      description: 'Order',
      leftSection: <ShoppingCart size={18} aria-hidden />,
      onClick: go(`/admin/orders/${encodeURIComponent(order.number)}`),
    },
  ];

  return (
    <Spotlight
      store={store}
      shortcut={['mod + K']}
      query={text}
      onQueryChange={setText}
      filter={(_, actions) => actions}
      actions={[...things.filter((thing) => !!thing), ...pages]}
      nothingFound="Nothing has this name, key, SKU, number or id."
      searchProps={{
        leftSection: <Search size={18} aria-hidden />,
        placeholder: 'Search pages, or paste a run id, key, SKU or order number',
        'aria-label': 'Search',
      }}
    />
  );
}

const matches = (words: string, text: string) => words.toLowerCase().includes(text.trim().toLowerCase());

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** An id that no run has: the document reads a run in any case. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

const CommandPalette_Query = graphql(`
  query CommandPalette_Query($text: String!, $id: ID!, $orders: Boolean!) {
    run(id: $id) {
      id
      status
      component {
        name
      }
    }
    component(key: $text) {
      key
      name
    }
    product(sku: $text) {
      sku
      title
    }
    order(number: $text) @include(if: $orders) {
      number
    }
  }
`);
