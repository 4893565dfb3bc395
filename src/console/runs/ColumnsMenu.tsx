import { Button, Menu } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import { OPTIONAL_COLUMNS } from './list-columns.ts';

/** Chooses the columns of the list of runs. */
export function ColumnsMenu({ hidden, hide }: ColumnsMenuProps) {
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<Columns3 size={14} aria-hidden />}>
          Columns
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {OPTIONAL_COLUMNS.map(({ name, head }) => (
          <Menu.CheckboxItem
            key={name}
            checked={!hidden.includes(name)}
            onChange={(isShown) =>
              hide(isShown ? hidden.filter((other) => other !== name) : [...hidden, name])
            }
          >
            {head}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type ColumnsMenuProps = { hidden: readonly string[]; hide: (names: readonly string[]) => void };
