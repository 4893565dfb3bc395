import { Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Copy, Filter, FilterX, Plus } from 'lucide-react';
import type { Address } from '../address.ts';
import { copyText } from '../parts/copy-text.ts';
import classes from './CellMenu.module.css';
import { FIELD_LABELS } from './filter-fields.ts';
import { EXCLUDED, joinValues, splitValues } from './run-query.ts';

/** The value of a cell whose menu is open, and where it is on the screen. */
export type OpenCell = { target: HTMLElement; field: string; value: string };

/** The one menu of all cells: filter by the value, or copy it. */
export function CellMenu({ cell, close, address, goTo }: CellMenuProps) {
  if (!cell) return null;
  const { target, field, value } = cell;
  const { left, top, width, height } = target.getBoundingClientRect();
  const label = FIELD_LABELS[field] ?? field;
  const selected = splitValues(address[field]);
  const leave = () => {
    close();
    target.focus();
  };
  const copy = async () => {
    await copyText(value);
    notifications.show({ message: `Copied ${value}`, autoClose: 2_000 });
  };
  return (
    <Menu opened onClose={leave} position="bottom-start" shadow="md" returnFocus={false} trapFocus>
      <Menu.Target>
        <span aria-hidden className={classes.anchor} style={{ left, top, width, height }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`${label}: ${value}`}>
        <Menu.Label>
          {label}: {value}
        </Menu.Label>
        <Menu.Item
          leftSection={<Filter size={15} aria-hidden />}
          disabled={selected.length === 1 && selected[0] === value}
          onClick={() => goTo({ ...address, [field]: joinValues([value]) })}
        >
          Show only this
        </Menu.Item>
        {selected.length > 0 && !selected.includes(value) && (
          <Menu.Item
            leftSection={<Plus size={15} aria-hidden />}
            onClick={() => goTo({ ...address, [field]: joinValues([...selected, value]) })}
          >
            Show this too
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<FilterX size={15} aria-hidden />}
          onClick={() => goTo(excluding(address, field, value))}
        >
          Exclude
        </Menu.Item>
        <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={() => void copy()}>
          Copy
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The address without the runs that have a value. */
function excluding(address: Address, field: string, value: string): Address {
  const name = `${EXCLUDED}${field}`;
  const others = splitValues(address[field]).filter((one) => one !== value);
  const excluded = new Set([...splitValues(address[name]), value]);
  return { ...address, [field]: joinValues(others), [name]: joinValues([...excluded]) };
}

type CellMenuProps = {
  cell: OpenCell | null;
  close: () => void;
  address: Address;
  goTo: (address: Address) => void;
};
