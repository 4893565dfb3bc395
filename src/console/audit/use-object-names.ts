import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';

/** An object of the audit log as people know it, with the address of its page. */
export type NamedObject = {
  name: string;
  /** The route of its page. */
  to: string;
  params: Record<string, string>;
  search: Record<string, string>;
};

type Objects = { objectType?: string | null; objectIds: readonly string[] };

/** The number of objects of one entry that a row shows. */
export const SHOWN_OBJECTS = 3;

/**
 * The objects of the entries by id, as far as they still exist and the viewer may read them. Others are shown by their
 * ids.
 */
export function useObjectNames(entries: readonly Objects[]): ReadonlyMap<string, NamedObject> {
  const ids = entries
    .filter(({ objectType }) => objectType && NODES.has(objectType))
    .flatMap(({ objectIds }) => objectIds.slice(0, SHOWN_OBJECTS));
  const unique = [...new Set(ids)].slice(0, IDS_AT_MOST);
  const { data } = useOperation(ObjectNames_Query, { ids: unique }, { enabled: unique.length > 0 });
  const named = (data?.nodes ?? []).flatMap((node) => {
    const object = node && namedObject(node);
    return object ? [[node.id, object] as const] : [];
  });
  return new Map(named);
}

/** The most ids that one request may name. */
const IDS_AT_MOST = 100;

const NODES = new Set(['Component', 'Product', 'Order', 'Run', 'BulkOperation']);

type Node = { __typename: string; id: string; key?: string; sku?: string; number?: string } & {
  shop?: string | null;
  component?: { name: string };
};

function namedObject({ id, key, sku, number, component, shop }: Node): NamedObject | null {
  const search: Record<string, string> = shop ? { shop } : {};
  if (key) return { name: key, to: '/admin/components/$key', params: { key }, search };
  if (sku) return { name: sku, to: '/admin/products/$sku', params: { sku }, search };
  if (number) return { name: number, to: '/admin/orders/$number', params: { number }, search };
  if (component) return { name: component.name, to: '/admin/runs/$id', params: { id }, search: {} };
  return null;
}

const ObjectNames_Query = graphql(`
  query ObjectNames_Query($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Component {
        key
        shop
      }
      ... on Product {
        sku
        shop
      }
      ... on Order {
        number
        shop
      }
      ... on Run {
        component {
          name
        }
      }
    }
  }
`);
