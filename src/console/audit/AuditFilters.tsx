import { Autocomplete, Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { Address } from '../address.ts';

/** The filter of the audit log. Each field changes the address. */
export function AuditFilters({ address, goTo, principals, actions }: AuditFiltersProps) {
  const set = (name: string, value: string | null) => goTo({ ...address, [name]: value ?? '' });
  const setLater = useDebouncedCallback(set, 300);
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
      <Autocomplete
        key={`action ${address.action ?? ''}`}
        size="xs"
        label="Action"
        placeholder="Such as saveProduct"
        w={180}
        data={[...actions]}
        defaultValue={address.action ?? ''}
        onBlur={({ currentTarget }) => set('action', currentTarget.value.trim())}
        onOptionSubmit={(action) => set('action', action)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && set('action', currentTarget.value.trim())}
      />
      <TextInput
        key={`object ${address.object === undefined}`}
        size="xs"
        label="Id of an object"
        w={200}
        defaultValue={address.object ?? ''}
        onChange={({ currentTarget }) => setLater('object', currentTarget.value.trim())}
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
