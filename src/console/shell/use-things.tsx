import type { SpotlightActionData } from '@mantine/spotlight';
import { Activity, Boxes, Package, ShoppingCart } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useMay } from '../parts/permissions.ts';

/** Opens a page: the path of its route, with the parameters of the path and those of the address. */
export type GoTo = (to: string, params?: Record<string, string>, search?: Record<string, string>) => void;

/** The runs, products, components and orders that a text finds, each as an action that opens its page. */
export function useThings(typed: string, goTo: GoTo): SpotlightActionData[] {
  const text = typed.slice(0, LONGEST);
  const isSearch = text !== '';
  const { data } = useOperation(
    Things_Query,
    { text, catalogue: useMay('READ_CATALOGUE'), orders: useMay('READ_ORDERS') },
    { enabled: isSearch },
  );
  if (!isSearch || !data) return [];
  const open = (to: string, params: Record<string, string>, shop?: string | null) => () =>
    goTo(to, params, shop ? { shop } : {});
  const inShop = (text: string, shop?: string | null) => (shop ? `${text} · shop ${shop}` : text);
  return [
    ...(data.runs?.nodes ?? []).map(({ id, status, component }) => ({
      id,
      label: `Run of ${component.name}`,
      description: `${status.toLowerCase()} · ${id}`,
      leftSection: <Activity size={18} aria-hidden />,
      onClick: open('/admin/runs/$id', { id }),
    })),
    ...withExact(data.order, data.orders?.nodes ?? []).map(({ id, number, shop }) => ({
      id,
      label: `Order ${number}`,
      description: inShop('Order', shop),
      leftSection: <ShoppingCart size={18} aria-hidden />,
      onClick: open('/admin/orders/$number', { number }, shop),
    })),
    ...withExact(data.product, data.products?.nodes ?? []).map(({ id, sku, title, shop }) => ({
      id,
      label: title,
      description: inShop(`Product ${sku}`, shop),
      leftSection: <Package size={18} aria-hidden />,
      onClick: open('/admin/products/$sku', { sku }, shop),
    })),
    ...withExact(data.component, data.components?.nodes ?? []).map(({ id, key, name, shop }) => ({
      id,
      label: name,
      description: inShop(`Component ${key}`, shop),
      leftSection: <Boxes size={18} aria-hidden />,
      onClick: open('/admin/components/$key', { key }, shop),
    })),
  ];
}

/** The found things, that with exactly the number, SKU or key first. */
function withExact<Thing extends { id: string }>(
  exact: Thing | null | undefined,
  found: readonly Thing[],
): readonly Thing[] {
  return exact ? [exact, ...found.filter(({ id }) => id !== exact.id)] : found;
}

/** The longest text that the API searches for. */
const LONGEST = 200;

const Things_Query = graphql(`
  query Things_Query($text: String!, $catalogue: Boolean!, $orders: Boolean!) {
    runs(where: { search: $text }, first: 3) {
      nodes {
        id
        status
        component {
          name
        }
      }
    }
    order(number: $text) @include(if: $orders) {
      id
      number
      shop
    }
    orders(search: $text, first: 4) @include(if: $orders) {
      nodes {
        id
        number
        shop
      }
    }
    product(sku: $text) @include(if: $catalogue) {
      id
      sku
      title
      shop
    }
    products(search: $text, first: 4) @include(if: $catalogue) {
      nodes {
        id
        sku
        title
        shop
      }
    }
    component(key: $text) @include(if: $catalogue) {
      id
      key
      name
      shop
    }
    components(search: $text, first: 4) @include(if: $catalogue) {
      nodes {
        id
        key
        name
        shop
      }
    }
  }
`);
