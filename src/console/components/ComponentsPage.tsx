import { Checkbox } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Boxes, Plus } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useList } from '../api/use-list.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { ListPage, useListAddress } from '../parts/ListPage.tsx';
import { useMay, useRefusal } from '../parts/permissions.ts';
import { ComponentRow } from './ComponentRow.tsx';

/** The registered components, with what became of their runs within the last hour. */
export function ComponentsPage() {
  const { address, setAddress } = useListAddress();
  const navigate = useNavigate();
  const { list } = useList(
    ComponentsPage_Query,
    {
      search: address.search ?? null,
      includeArchived: address.archived === 'yes',
      runs: useMay('READ_RUNS'),
    },
    ({ components }) => components,
  );
  return (
    <ListPage
      title="Components"
      things="components"
      searchHint="Key, name or description"
      actions={
        <ActionButton
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          reason={useRefusal('WRITE_CATALOGUE')}
          act={() => void navigate({ to: '/admin/components/new' })}
        >
          New component
        </ActionButton>
      }
      filters={
        <Checkbox
          label="Archived too"
          checked={address.archived === 'yes'}
          onChange={(event) => setAddress({ archived: event.currentTarget.checked ? 'yes' : '' })}
        />
      }
      columns={['Component', 'Runs', 'Used by', 'Last hour', 'Changed']}
      list={list}
      row={(component) => <ComponentRow key={component.id} component={component} />}
      empty={{
        icon: <Boxes />,
        ...(address.search
          ? { title: 'No component matches', text: 'The search looks at keys, names and descriptions.' }
          : {
              title: 'There are no components yet',
              text: 'A component is a script with its inputs and its retry policy. Register one, then attach it to products.',
            }),
      }}
    />
  );
}

const ComponentsPage_Query = graphql(`
  query ComponentsPage_Query($search: String, $includeArchived: Boolean, $runs: Boolean!, $after: String) {
    components(search: $search, includeArchived: $includeArchived, first: 25, after: $after) {
      totalCount
      totalCountExact
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...ComponentRow_Component
      }
    }
  }
`);
