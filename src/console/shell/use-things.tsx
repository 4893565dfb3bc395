import type { SpotlightActionData } from '@mantine/spotlight';
import { Activity, Boxes, Package, ShoppingCart } from 'lucide-react';
import type { RunStatus } from '../api/generated/graphql.ts';
import { graphql, readFragment } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { formatMoment } from '../parts/format.ts';
import { useMay } from '../parts/permissions.ts';
import { lookOf } from '../parts/status-looks.ts';
import { useTimeZone } from '../parts/time-zone.ts';

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
  const timeZone = useTimeZone();
  if (!isSearch || !data) return [];
  const now = new Date();
  const moment = (at: string) => formatMoment(new Date(at), now, timeZone);
  const open = (to: string, params: Record<string, string>, shop?: string | null) => () =>
    goTo(to, params, shop ? { shop } : {});
  const inShop = (text: string, shop?: string | null) => (shop ? `${text} · shop ${shop}` : text);
  const orders = withExact(data.order, data.orders?.nodes ?? []).map(({ id, number, placedAt, shop }) => ({
    id,
    label: `Order ${number}`,
    description: inShop(`placed ${moment(placedAt)}`, shop),
    leftSection: <ShoppingCart size={18} aria-hidden />,
    onClick: open('/admin/orders/$number', { number }, shop),
  }));
  const failed = readFragment(Things_Run, data.failed?.nodes ?? []);
  const newest = readFragment(Things_Run, data.newest?.nodes ?? []);
  const runs = unsolvedFirst(failed, newest).map((run) => ({
    id: run.id,
    label: `Run of ${run.component.name}`,
    description: [
      lookOf(run, now.getTime()).label.toLowerCase(),
      run.product?.title,
      run.order && `order ${run.order.number}`,
      moment(run.queuedAt),
    ]
      .filter(Boolean)
      .join(' · '),
    leftSection: <Activity size={18} aria-hidden />,
    onClick: open('/admin/runs/$id', { id: run.id }),
  }));
  return [
    // The number of an order is also that of its runs, and the order's page shows how each of its steps is now.
    ...(data.order ? orders : []),
    ...runs,
    ...(data.order ? [] : orders),
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

/** The number of runs that are shown. */
const RUNS_AT_MOST = 4;

/** The found runs, those first that failed and that no replay has completed: they are what a person looks for. */
function unsolvedFirst<Found extends { id: string; latestReplay?: { status: RunStatus } | null }>(
  failed: readonly Found[],
  newest: readonly Found[],
): readonly Found[] {
  const unsolved = failed.filter(({ latestReplay }) => latestReplay?.status !== 'COMPLETED');
  const others = newest.filter(({ id }) => !unsolved.some((run) => run.id === id));
  return [...unsolved, ...others].slice(0, RUNS_AT_MOST);
}

/** The longest text that the API searches for. */
const LONGEST = 200;

const Things_Run = graphql(`
  fragment Things_Run on Run {
    id
    status
    runAt
    attempt
    cancelRequestedAt
    queuedAt
    component {
      name
    }
    product @include(if: $catalogue) {
      title
    }
    order @include(if: $orders) {
      number
    }
    latestReplay {
      status
    }
  }
`);

const Things_Query = graphql(`
  query Things_Query($text: String!, $catalogue: Boolean!, $orders: Boolean!) {
    failed: runs(where: { search: $text, status: [FAILED] }, first: 8) {
      nodes {
        ...Things_Run
      }
    }
    newest: runs(where: { search: $text }, first: 4) {
      nodes {
        ...Things_Run
      }
    }
    order(number: $text) @include(if: $orders) {
      id
      number
      placedAt
      shop
    }
    orders(search: $text, first: 4) @include(if: $orders) {
      nodes {
        id
        number
        placedAt
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
