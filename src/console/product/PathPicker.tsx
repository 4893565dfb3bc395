import { Combobox, Group, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { useMemo } from 'react';
import classes from './PathPicker.module.css';
import { pathOptions, type ROOTS } from './paths.ts';

/** A path that is typed, or chosen from the request that would really be sent, where each path shows its value. */
export function PathPicker({ kind, path, request, error, change }: PathPickerProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const options = useMemo(() => pathOptions(request, kind), [request, kind]);
  // A complete path shows all others too, so that it can be exchanged; what is being typed narrows them.
  const isComplete = options.some((option) => option.path === path);
  const shown = isComplete
    ? options
    : options.filter((option) => option.path.toLowerCase().includes(path.toLowerCase()));
  return (
    <Combobox
      store={combobox}
      shadow="md"
      onOptionSubmit={(chosen) => {
        change(chosen);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          label="Path"
          placeholder={kind === 'product' ? 'product.attributes.colour' : 'input.orderItem.giftNote'}
          value={path}
          onChange={(event) => {
            change(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          error={error}
          classNames={{ input: 'mono' }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={shown.length === 0}>
        <Combobox.Options>
          <ScrollArea.Autosize mah={260} type="scroll">
            {shown.slice(0, SHOWN_AT_MOST).map((option) => (
              <Combobox.Option
                key={option.path}
                value={option.path}
                disabled={option.obstacle !== null}
                className={classes.option}
              >
                <Group justify="space-between" gap="sm" wrap="nowrap">
                  <span className="mono">{option.path}</span>
                  <Text size="xs" c="dimmed" truncate className={classes.value}>
                    {option.obstacle ?? JSON.stringify(option.value)}
                  </Text>
                </Group>
              </Combobox.Option>
            ))}
          </ScrollArea.Autosize>
        </Combobox.Options>
        {kind === 'run' && (
          <Combobox.Footer>
            <Text size="xs" c="dimmed">
              Choose an order or a run as the sample above to see more paths.
            </Text>
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}

const SHOWN_AT_MOST = 100;

type PathPickerProps = {
  kind: keyof typeof ROOTS;
  path: string;
  /** The request of the preview. */
  request: unknown;
  error: string | undefined;
  change: (path: string) => void;
};
