import { Group, Skeleton, Stack } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, SearchX } from 'lucide-react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Empty } from '../parts/Empty.tsx';
import { Page } from '../parts/Page.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Composer } from './Composer.tsx';

/** A product and its steps. The SKU may have any characters, slashes too. */
export function ProductPage() {
  const { sku = '' } = useParams({ strict: false });
  const { shop = null }: Address & { shop?: string | null } = useSearch({ strict: false });
  const { data, error, refetch, isPlaceholderData } = useOperation(
    ProductPage_Query,
    { sku, shop },
    // The product is read anew at each visit; saving compares revisions.
    { staleTime: 0 },
  );
  const product = isPlaceholderData ? undefined : data?.product;
  return (
    <Page
      title={sku}
      back={
        <PageLink to="/admin/products" size="sm">
          <Group gap={4}>
            <ArrowLeft size={14} aria-hidden /> Products
          </Group>
        </PageLink>
      }
    >
      {error && !data && <Problem error={error} retry={() => void refetch()} />}
      {product === undefined && !error && (
        <Stack aria-busy>
          <Skeleton height={32} w={320} />
          <Skeleton height={240} />
        </Stack>
      )}
      {product === null && (
        <Empty icon={<SearchX />} title="There is no such product">
          No product has the SKU {sku}. It may be one of another shop.
        </Empty>
      )}
      {product && <Composer key={`${sku} ${shop}`} product={product} />}
    </Page>
  );
}

const ProductPage_Query = graphql(`
  query ProductPage_Query($sku: String!, $shop: String) {
    product(sku: $sku, shop: $shop) {
      ...Composer_Product
    }
  }
`);
