import { Alert, Button, Checkbox } from '@mantine/core';
import { Package, Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useList } from '../api/use-list.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { ListPage, useListAddress } from '../parts/ListPage.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { NewProductDialog } from './NewProductDialog.tsx';
import { ProductRow } from './ProductRow.tsx';

/** The products with their steps: all, those with problems, or those that use a component. */
export function ProductsPage() {
  const { address, setAddress } = useListAddress();
  const [isCreating, setCreating] = useState(false);
  const refusal = useRefusal('WRITE_CATALOGUE');
  const isProblems = address.problems === 'yes';
  const { data } = useOperation(
    ProductsPage_Component,
    { key: address.component ?? '', shop: address.shop ?? null },
    { enabled: Boolean(address.component) },
  );
  const { data: toAdd } = useOperation(
    ProductsPage_Component,
    { key: address.add ?? '', shop: address.shop ?? null },
    { enabled: Boolean(address.add) },
  );
  // The nil UUID lists nothing until the component is known.
  const componentId = address.component ? (data?.component?.id ?? NO_ID) : null;
  const { list } = useList(
    ProductsPage_Query,
    { search: address.search ?? null, componentId, hasProblems: isProblems || null, isProblems },
    ({ products }) => products,
  );
  return (
    <>
      <ListPage
        title="Products"
        things="products"
        searchHint="SKU, slug or title"
        actions={
          <ActionButton
            size="xs"
            leftSection={<Plus size={14} aria-hidden />}
            reason={refusal}
            act={() => setCreating(true)}
          >
            New product
          </ActionButton>
        }
        filters={
          <>
            <Checkbox
              label="With problems only"
              checked={isProblems}
              onChange={(event) => setAddress({ problems: event.currentTarget.checked ? 'yes' : '' })}
            />
            {address.add && (
              <Alert
                w="100%"
                variant="light"
                title={`Which product gets the component ${toAdd?.component?.name ?? address.add}?`}
                withCloseButton
                closeButtonLabel="Add it to no product"
                onClose={() => setAddress({ add: '' })}
              >
                Open a product of the list, or create one. The component is added there, as its last step.
              </Alert>
            )}
            {address.component && (
              <Button
                variant="light"
                size="xs"
                rightSection={<X size={14} aria-hidden />}
                onClick={() => setAddress({ component: '', shop: '' })}
              >
                uses {data?.component?.name ?? address.component}
                <span className="visually-hidden">; show products with any component</span>
              </Button>
            )}
          </>
        }
        columns={['Product', 'Steps', ...(isProblems ? ['Problems'] : []), 'Changed']}
        list={list}
        row={(product) => <ProductRow key={product.id} product={product} add={address.add} />}
        empty={{ icon: <Package />, ...emptyText(address) }}
      />
      {isCreating && <NewProductDialog add={address.add} close={() => setCreating(false)} />}
    </>
  );
}

function emptyText({ search, problems, component }: Address): { title: string; text: string } {
  if (search) return { title: 'No product matches', text: 'The search looks at SKUs, slugs and titles.' };
  if (problems)
    return {
      title: 'No product has a problem',
      text: 'Every step has what it needs, as far as can be checked before a run.',
    };
  if (component)
    return { title: 'No product uses this component', text: 'Add it as a step on the page of a product.' };
  return {
    title: 'There are no products yet',
    text: 'A product holds the steps that run when it is sold. Create one, then attach components to it.',
  };
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

const ProductsPage_Component = graphql(`
  query ProductsPage_Component($key: String!, $shop: String) {
    component(key: $key, shop: $shop) {
      id
      name
    }
  }
`);

const ProductsPage_Query = graphql(`
  query ProductsPage_Query(
    $search: String
    $componentId: ID
    $hasProblems: Boolean
    $isProblems: Boolean!
    $after: String
  ) {
    products(
      search: $search
      componentId: $componentId
      hasProblems: $hasProblems
      first: 25
      after: $after
    ) {
      totalCount
      totalCountExact
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...ProductRow_Product
      }
    }
  }
`);
