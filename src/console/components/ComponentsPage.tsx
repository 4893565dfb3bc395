import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Boxes, Plus, Search } from 'lucide-react';
import { useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Empty } from '../parts/Empty.tsx';
import { formatCount } from '../parts/format.ts';
import { Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { TableFrame } from '../parts/TableFrame.tsx';
import { TableSkeleton } from '../parts/TableSkeleton.tsx';
import { ComponentRow } from './ComponentRow.tsx';

/** The registered components. The search and whether archived ones are shown are in the address. */
export function ComponentsPage() {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const [first, setFirst] = useState(PAGE_SIZE);
  const { data, error, refetch, isPending } = useOperation(
    ComponentsPage_Query,
    { search: address.search ?? null, includeArchived: address.archived === 'yes', first },
    { staleTime: 0 },
  );
  const goTo = (next: Address) =>
    void navigate({ to: '/admin/components', search: { ...address, ...next }, replace: true });
  const search = useDebouncedCallback((text: string) => goTo({ search: text }), 250);
  const components = data?.components;
  return (
    <Page
      title="Components"
      actions={
        <Button
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          renderRoot={(props) => <Link to="/admin/components/new" {...props} />}
        >
          New component
        </Button>
      }
    >
      <Group>
        <TextInput
          aria-label="Search components"
          placeholder="Key or name"
          defaultValue={address.search ?? ''}
          onChange={(event) => search(event.currentTarget.value)}
          leftSection={<Search size={15} aria-hidden />}
          w={320}
        />
        <Checkbox
          label="Archived too"
          checked={address.archived === 'yes'}
          onChange={(event) => goTo({ archived: event.currentTarget.checked ? 'yes' : '' })}
        />
      </Group>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {isPending && <TableSkeleton />}
      {components?.nodes.length === 0 && (
        <Empty
          icon={<Boxes />}
          title={address.search ? 'No component matches' : 'There are no components yet'}
        >
          {address.search
            ? 'The search looks at keys and names.'
            : 'A component is a script with its inputs and its retry policy. Register one, then attach it to products.'}
        </Empty>
      )}
      {components && components.nodes.length > 0 && (
        <>
          <TableFrame label="Components" columns={['Component', 'Runs', 'Script', 'Changed']}>
            {components.nodes.map((component) => (
              <ComponentRow key={component.id} component={component} />
            ))}
          </TableFrame>
          <Group justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {formatCount(components.totalCount, components.totalCountExact)} components
            </Text>
            {components.pageInfo.hasNextPage && first < FIRST_AT_MOST && (
              <Button variant="default" size="xs" onClick={() => setFirst(first + PAGE_SIZE)}>
                Show more
              </Button>
            )}
          </Group>
        </>
      )}
    </Page>
  );
}

const PAGE_SIZE = 25;
/** The most that one request may read. */
const FIRST_AT_MOST = 100;

const ComponentsPage_Query = graphql(`
  query ComponentsPage_Query($search: String, $includeArchived: Boolean, $first: Int!) {
    components(search: $search, includeArchived: $includeArchived, first: $first) {
      totalCount
      totalCountExact
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        ...ComponentRow_Component
      }
    }
  }
`);
