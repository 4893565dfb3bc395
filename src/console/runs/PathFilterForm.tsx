import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { containing } from './json-path.ts';

/** Adds a filter on a value within the payloads of runs, such as `input.order.number`. */
export function PathFilterForm({ add }: { add: (name: string, value: string) => void }) {
  const [payload, setPayload] = useState('input');
  const [path, setPath] = useState('');
  const [value, setValue] = useState('');
  const isPath = path === '' || containing(path, value) !== null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (path !== '' && isPath) add(`${payload}.${path}`, value);
      }}
    >
      <Stack gap="xs">
        <SegmentedControl
          size="xs"
          aria-label="Payload"
          data={['input', 'metadata', 'context']}
          value={payload}
          onChange={setPayload}
        />
        <TextInput
          label="Path"
          description="Keys with dots between them, and [] for the items of a list"
          placeholder="order.customer.email"
          value={path}
          onChange={({ currentTarget }) => setPath(currentTarget.value)}
          error={isPath ? null : 'Write keys with dots between them, such as order.lines[].sku'}
          data-autofocus
        />
        <TextInput
          label="Value"
          description='A number, true, false, null, or a text. Write "7" for the text 7'
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" size="xs" disabled={path === '' || !isPath}>
            Add filter
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
