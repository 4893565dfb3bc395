import { Button, Group, Stack, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { InputRowFields, JsonLink, nameId } from './InputRowFields.tsx';
import classes from './InputRows.module.css';
import { type InputRow, type InputRows, keywordsBeside, mistakesIn, newRow } from './input-rows.ts';

/** The inputs of a script as rows that are added, edited and removed. */
export function InputRowList({ inputs, change, openJson }: InputRowListProps) {
  const { rows } = inputs;
  const addButton = useRef<HTMLButtonElement>(null);
  const [removed, setRemoved] = useState('');
  // The element that gets the focus once the rows are drawn.
  const focus = useRef<string | null>(null);
  useEffect(() => {
    if (focus.current === null) return;
    (document.getElementById(focus.current) ?? addButton.current)?.focus();
    focus.current = null;
  });
  const set = (next: readonly InputRow[]) => change({ ...inputs, rows: next });
  const add = () => {
    const row = newRow();
    focus.current = nameId(row);
    set([...rows, row]);
  };
  const remove = (row: InputRow) => {
    const place = rows.indexOf(row);
    focus.current = (rows[place + 1] ?? rows[place - 1])?.key ?? '';
    setRemoved(`The input ${row.name} is removed.`);
    set(rows.filter((other) => other !== row));
  };
  const beside = keywordsBeside(inputs);
  return (
    <div>
      <Stack gap="sm" component="ol" className={classes.list} aria-label="Inputs of the script">
        {rows.map((row) => (
          <li key={row.key}>
            <InputRowFields
              row={row}
              mistakes={mistakesIn(row, rows)}
              change={(part) => set(rows.map((other) => (other === row ? { ...row, ...part } : other)))}
              remove={() => remove(row)}
              openJson={openJson}
            />
          </li>
        ))}
      </Stack>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          The script has no inputs yet.
        </Text>
      )}
      <Group mt="sm" gap="md" justify="space-between">
        <Button
          ref={addButton}
          variant="default"
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          // The field before would lose the focus, and its error move the button away from the pointer.
          onMouseDown={(event) => event.preventDefault()}
          onClick={add}
        >
          Add an input
        </Button>
        {beside.length > 0 && (
          <Text size="xs" c="dimmed" className={classes.beside}>
            The schema also has {beside.join(', ')}. <JsonLink openJson={openJson} />
          </Text>
        )}
      </Group>
      <p className="visually-hidden" role="status">
        {removed}
      </p>
    </div>
  );
}

type InputRowListProps = {
  inputs: InputRows;
  change: (inputs: InputRows) => void;
  openJson: () => void;
};
