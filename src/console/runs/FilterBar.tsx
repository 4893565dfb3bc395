import { Button, CloseButton, Group, Menu, Popover, Select } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import { type Ref, useState } from 'react';
import type { Address } from '../address.ts';
import { useRefusal } from '../parts/permissions.ts';
import classes from './FilterBar.module.css';
import { FilterEditor } from './FilterEditor.tsx';
import { FIELD_LABELS, FILTER_FIELDS } from './filter-fields.ts';
import { PathFilterForm } from './PathFilterForm.tsx';
import { EXCLUDED, splitValues } from './run-query.ts';
import { SearchBox } from './SearchBox.tsx';

/** The filters of the list, except the status. Each is a part of the address. */
export function FilterBar({ address, goTo }: { address: Address; goTo: (address: Address) => void }) {
  const [edited, edit] = useState<string | null>(null);
  const active = Object.keys(address).filter((name) => name in FIELD_LABELS && name !== 'status');
  const excluded = Object.keys(address).filter(
    (name) => name.startsWith(EXCLUDED) && name.slice(EXCLUDED.length) in FIELD_LABELS,
  );
  const paths = Object.keys(address).filter((name) => PATH.test(name));
  const shown = edited && edited !== NEW_PATH && !active.includes(edited) ? [...active, edited] : active;
  const set = (name: string, value: string) => {
    const { [name]: _, ...others } = address;
    goTo(value === '' ? others : { ...others, [name]: value });
  };
  return (
    <Group gap="xs" className={classes.bar}>
      <SearchBox text={address.search ?? ''} search={(text) => set('search', text)} />
      <Select
        size="xs"
        w={148}
        aria-label="Time of enqueueing"
        data={RANGES}
        value={address.last ?? ''}
        onChange={(value) => set('last', value ?? '')}
        allowDeselect={false}
        comboboxProps={{ shadow: 'md' }}
      />
      {(address.from || address.to) && (
        <Chip
          label="Between"
          text={`${address.from ?? '…'} – ${address.to ?? 'now'}`}
          remove={() => goTo({ ...address, from: '', to: '' })}
        />
      )}
      {shown.map((name) => (
        <Popover
          key={name}
          opened={edited === name}
          onChange={(isOpen) => !isOpen && edit(null)}
          position="bottom-start"
          shadow="md"
          trapFocus
          withinPortal
        >
          <Popover.Target>
            <Chip
              label={FIELD_LABELS[name] ?? name}
              text={splitValues(address[name]).join(' or ') || '…'}
              open={() => edit(name)}
              remove={() => set(name, '')}
            />
          </Popover.Target>
          <Popover.Dropdown w={300}>
            <FilterEditor name={name} text={address[name] ?? ''} change={(value) => set(name, value)} />
          </Popover.Dropdown>
        </Popover>
      ))}
      {excluded.map((name) => (
        <Chip
          key={name}
          label={`Not ${FIELD_LABELS[name.slice(EXCLUDED.length)]}`}
          text={splitValues(address[name]).join(', ')}
          remove={() => set(name, '')}
        />
      ))}
      {paths.map((name) => (
        <Chip key={name} label={name} text={address[name] ?? ''} remove={() => set(name, '')} />
      ))}
      <Popover
        opened={edited === NEW_PATH}
        onChange={() => edit(null)}
        position="bottom-start"
        shadow="md"
        trapFocus
      >
        <Popover.Target>
          <AddMenu taken={active} add={edit} />
        </Popover.Target>
        <Popover.Dropdown w={320}>
          <PathFilterForm
            address={address}
            add={(name, value) => {
              set(name, value);
              edit(null);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {active.length + excluded.length + paths.length > 0 && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => goTo(only(address, 'status'))}>
          Clear
        </Button>
      )}
    </Group>
  );
}

const PATH = /^(input|metadata|context)\./;
const NEW_PATH = 'path';

const RANGES = [
  { value: '', label: 'Any time' },
  { value: '15m', label: 'Last 15 minutes' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
];

const only = (address: Address, name: string): Address => (address[name] ? { [name]: address[name] } : {});

/** Offers the filters that are not set. Its button is the place of the form for payloads too. */
function AddMenu({ taken, add, ...target }: AddMenuProps) {
  const refusal = useRefusal('READ_PAYLOADS');
  const names = [...FILTER_FIELDS.map(({ name }) => name), 'product'].filter(
    (name) => name !== 'status' && !taken.includes(name),
  );
  return (
    <Menu shadow="md" position="bottom-start">
      <Menu.Target>
        <Button {...target} variant="default" size="xs" leftSection={<ListFilter size={14} aria-hidden />}>
          Add filter
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {names.map((name) => (
          <Menu.Item key={name} onClick={() => add(name)}>
            {FIELD_LABELS[name]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {refusal && <Menu.Label>{refusal}</Menu.Label>}
        <Menu.Item disabled={refusal !== null} onClick={() => add(NEW_PATH)}>
          Value in a payload…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type AddMenuProps = {
  taken: readonly string[];
  add: (name: string) => void;
  ref?: Ref<HTMLButtonElement>;
};

/** A filter that is set. The text opens its editor, the cross removes it. */
function Chip({ label, text, open, remove, ref }: ChipProps) {
  return (
    <span ref={ref} className={classes.chip}>
      <button type="button" className={classes.chipText} onClick={open} disabled={!open}>
        <span className={classes.chipLabel}>{label}</span> {text}
      </button>
      <CloseButton size="xs" aria-label={`Remove the filter ${label}`} onClick={remove} />
    </span>
  );
}

type ChipProps = {
  label: string;
  text: string;
  open?: () => void;
  remove: () => void;
  ref?: Ref<HTMLSpanElement>;
};
