import { Checkbox, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { FIELD_LABELS, FILTER_FIELDS } from './filter-fields.ts';
import { joinValues, splitValues } from './run-query.ts';

/** Edits the values of one filter. Several values mean any of them. */
export function FilterEditor({ name, text, change }: FilterEditorProps) {
  const field = FILTER_FIELDS.find((one) => one.name === name);
  const values = splitValues(text);
  const set = (next: string[]) => change(joinValues(next));
  if (!field?.options) return <ValuesInput name={name} values={values} set={set} />;
  return (
    <Checkbox.Group label={FIELD_LABELS[name]} value={values} onChange={set}>
      <Stack gap={6} mt="xs">
        {field.options.map((option) => (
          <Checkbox key={option} size="xs" value={option} label={option} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

type FilterEditorProps = { name: string; text: string; change: (text: string) => void };

function ValuesInput({
  name,
  values,
  set,
}: {
  name: string;
  values: string[];
  set: (values: string[]) => void;
}) {
  const [search, setSearch] = useState('');
  const suggestions = useSuggestions(name, search);
  const field = FILTER_FIELDS.find((one) => one.name === name);
  return (
    <TagsInput
      label={FIELD_LABELS[name]}
      description={field?.hint ?? 'Press Enter after each value'}
      data={suggestions}
      value={values}
      onChange={set}
      searchValue={search}
      onSearchChange={setSearch}
      limit={50}
      comboboxProps={{ withinPortal: false }}
      data-autofocus
    />
  );
}

/** Values that exist, found by the service, so that a long catalogue does not have to be loaded. */
function useSuggestions(name: string, search: string): string[] {
  const components = useOperation(FilterEditor_Components, { search }, { enabled: name === 'component' });
  const products = useOperation(FilterEditor_Products, { search }, { enabled: name === 'product' });
  const orders = useOperation(FilterEditor_Orders, { search }, { enabled: name === 'order' });
  const channels = useOperation(FilterEditor_Channels, {}, { enabled: name === 'channel' });
  if (name === 'component') return components.data?.components?.nodes.map(({ key }) => key) ?? [];
  if (name === 'product') return products.data?.products?.nodes.map(({ sku }) => sku) ?? [];
  if (name === 'order') return orders.data?.orders?.nodes.map(({ number }) => number) ?? [];
  return name === 'channel' ? (channels.data?.channels ?? []) : [];
}

const FilterEditor_Components = graphql(`
  query FilterEditor_Components($search: String) {
    components(search: $search, first: 50, includeArchived: true) {
      nodes {
        key
      }
    }
  }
`);

const FilterEditor_Products = graphql(`
  query FilterEditor_Products($search: String) {
    products(search: $search, first: 50) {
      nodes {
        sku
      }
    }
  }
`);

const FilterEditor_Orders = graphql(`
  query FilterEditor_Orders($search: String) {
    orders(search: $search, first: 50) {
      nodes {
        number
      }
    }
  }
`);

const FilterEditor_Channels = graphql(`
  query FilterEditor_Channels {
    channels
  }
`);
