import { Combobox, Text, TextInput, useCombobox } from '@mantine/core';
import { useMemo, useState } from 'react';
import { isJsonObject } from '../api/exact-numbers.ts';
import classes from './PathPicker.module.css';
import { pathOptions, type ROOTS } from './paths.ts';

/** A path that is typed, or chosen from the request that would really be sent, where each path shows its value. */
export function PathPicker({ kind, path, request, error, change }: PathPickerProps) {
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setIsTyping(false);
    },
  });
  const [isTyping, setIsTyping] = useState(false);
  // Single values come first: an input rarely takes a whole object.
  const options = useMemo(
    () => pathOptions(request, kind).toSorted((a, b) => depthOf(a.value) - depthOf(b.value)),
    [request, kind],
  );
  // A path that is there shows all others too, so that it can be exchanged; what is being typed narrows them.
  const shown = isTyping
    ? options.filter((option) => option.path.toLowerCase().includes(path.toLowerCase()))
    : options;
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
            setIsTyping(true);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          error={error}
          classNames={{ input: 'mono' }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={classes.options} aria-label="Paths" tabIndex={0}>
          {shown.slice(0, SHOWN_AT_MOST).map((option) => (
            <Combobox.Option
              key={option.path}
              value={option.path}
              disabled={option.obstacle !== null}
              className={classes.option}
            >
              <span className="mono">{option.path}</span>
              <Text size="xs" c="dimmed" truncate>
                {option.obstacle ?? JSON.stringify(option.value)}
              </Text>
            </Combobox.Option>
          ))}
          {shown.length === 0 && (
            <Combobox.Empty>
              {options.length === 0
                ? 'Choose an order or a run as the sample above, and its paths are listed here.'
                : 'The sample has no such path.'}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

const SHOWN_AT_MOST = 100;

const depthOf = (value: unknown) => (Array.isArray(value) || isJsonObject(value) ? 1 : 0);

type PathPickerProps = {
  kind: keyof typeof ROOTS;
  path: string;
  /** The request of the preview. */
  request: unknown;
  error: string | undefined;
  change: (path: string) => void;
};
