import { Button, Group, Select, TextInput } from '@mantine/core';
import type { Address } from '../address.ts';
import { FilterText } from './FilterText.tsx';

/** The filter of the audit log. Each field changes the address. */
export function AuditFilters({ address, goTo, principals, actions }: AuditFiltersProps) {
  const set = (name: string, value: string | null) => {
    if ((value ?? '') !== (address[name] ?? '')) goTo({ ...address, [name]: value ?? '' });
  };
  const choices = [...principals].map(([value, label]) => ({ value, label }));
  const { principal } = address;
  if (principal && !principals.has(principal)) choices.push({ value: principal, label: principal });
  return (
    <Group gap="xs" align="flex-end">
      <Select
        size="xs"
        label="Kind"
        w={150}
        data={KINDS}
        value={address.kind ?? ''}
        onChange={(kind) => set('kind', kind)}
        allowDeselect={false}
      />
      <Select
        size="xs"
        label="Principal"
        placeholder="Anybody"
        w={190}
        data={choices}
        value={principal ?? null}
        onChange={(id) => set('principal', id)}
        searchable
        clearable
        limit={50}
      />
      <FilterText
        label="Action"
        placeholder="Such as saveProduct"
        value={address.action ?? ''}
        suggestions={actions}
        change={(action) => set('action', action)}
      />
      <FilterText
        label="Id of an object"
        value={address.object ?? ''}
        change={(object) => set('object', object)}
      />
      <TextInput
        size="xs"
        type="date"
        label="From"
        value={address.from ?? ''}
        onChange={({ currentTarget }) => set('from', currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="date"
        label="To"
        value={address.to ?? ''}
        onChange={({ currentTarget }) => set('to', currentTarget.value)}
      />
      {Object.values(address).some((value) => value !== '') && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => goTo({})}>
          Clear
        </Button>
      )}
    </Group>
  );
}

type AuditFiltersProps = {
  address: Address;
  goTo: (address: Address) => void;
  principals: ReadonlyMap<string, string>;
  actions: readonly string[];
};

const KINDS = [
  { value: '', label: 'Everything' },
  { value: 'changes', label: 'Changes' },
  { value: 'rejections', label: 'Rejections' },
];
