import { Button, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Package, Plus, Search } from 'lucide-react';
import { useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Empty } from '../parts/Empty.tsx';
import { formatCount } from '../parts/format.ts';
import { Page } from '../parts/Page.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { Problem } from '../parts/Problem.tsx';
import { TableFrame } from '../parts/TableFrame.tsx';
import { TableSkeleton } from '../parts/TableSkeleton.tsx';
import { NewProductDialog } from './NewProductDialog.tsx';
import { ProductRow } from './ProductRow.tsx';

/** The products with their steps. The search is in the address. */
export function ProductsPage() {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const [first, setFirst] = useState(PAGE_SIZE);
  const [isCreating, setCreating] = useState(false);
  const { data, error, refetch, isPending } = useOperation(
    ProductsPage_Query,
    { search: address.search ?? null, first },
    { staleTime: 0 },
  );
  const search = useDebouncedCallback(
    (text: string) => void navigate({ to: '/admin/products', search: { search: text }, replace: true }),
    250,
  );
  const products = data?.products;
  return (
    <Page
      title="Products"
      actions={
        <Button size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={() => setCreating(true)}>
          New product
        </Button>
      }
    >
      <TextInput
        aria-label="Search products"
        placeholder="SKU, slug or title"
        defaultValue={address.search ?? ''}
        onChange={(event) => search(event.currentTarget.value)}
        leftSection={<Search size={15} aria-hidden />}
        maw={380}
      />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {isPending && <TableSkeleton />}
      {products?.nodes.length === 0 && (
        <Empty
          icon={<Package />}
          title={address.search ? 'No product matches' : 'There are no products yet'}
          action={
            address.search && (
              <PageLink to="/admin/products" search={{}} size="sm">
                Show all products
              </PageLink>
            )
          }
        >
          {address.search
            ? 'The search looks at SKUs, slugs and titles.'
            : 'A product holds the steps that run when it is sold. Create one, then attach components to it.'}
        </Empty>
      )}
      {products && products.nodes.length > 0 && (
        <>
          <TableFrame label="Products" columns={['Product', 'Steps', 'Changed']}>
            {products.nodes.map((product) => (
              <ProductRow key={product.id} product={product} />
            ))}
          </TableFrame>
          <Group justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {formatCount(products.totalCount, products.totalCountExact)} products
            </Text>
            {products.pageInfo.hasNextPage && first < FIRST_AT_MOST && (
              <Button variant="default" size="xs" onClick={() => setFirst(first + PAGE_SIZE)}>
                Show more
              </Button>
            )}
          </Group>
        </>
      )}
      {isCreating && <NewProductDialog close={() => setCreating(false)} />}
    </Page>
  );
}

const PAGE_SIZE = 25;
/** The most that one request may read. */
const FIRST_AT_MOST = 100;

const ProductsPage_Query = graphql(`
  query ProductsPage_Query($search: String, $first: Int!) {
    products(search: $search, first: $first) {
      totalCount
      totalCountExact
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        ...ProductRow_Product
      }
    }
  }
`);
