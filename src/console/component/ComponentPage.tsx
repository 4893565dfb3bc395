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
import { ComponentEditor } from './ComponentEditor.tsx';

/** A component: its definition, where it is attached, and its versions. */
export function ComponentPage() {
  const { key = '' } = useParams({ strict: false });
  const { shop = null }: Address & { shop?: string | null } = useSearch({ strict: false });
  const { data, error, refetch, isPlaceholderData } = useOperation(
    ComponentPage_Query,
    { key, shop },
    { staleTime: 0 },
  );
  const component = isPlaceholderData ? undefined : data?.component;
  return (
    <Page
      title={component?.name ?? key}
      back={
        <PageLink to="/admin/components" size="sm">
          <Group gap={4}>
            <ArrowLeft size={14} aria-hidden /> Components
          </Group>
        </PageLink>
      }
    >
      {error && !data && <Problem error={error} retry={() => void refetch()} />}
      {component === undefined && !error && (
        <Stack aria-busy>
          <Skeleton height={32} w={320} />
          <Skeleton height={320} />
        </Stack>
      )}
      {component === null && (
        <Empty icon={<SearchX />} title="There is no such component">
          No component has the key {key}. It may be one of another shop.
        </Empty>
      )}
      {component && (
        <ComponentEditor key={key} component={component} reload={async () => void (await refetch())} />
      )}
    </Page>
  );
}

const ComponentPage_Query = graphql(`
  query ComponentPage_Query($key: String!, $shop: String) {
    component(key: $key, shop: $shop) {
      name
      ...ComponentEditor_Component
    }
  }
`);
