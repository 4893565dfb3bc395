import { Autocomplete, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { containing } from './json-path.ts';
import classes from './PathFilterForm.module.css';
import { payloadPaths } from './payload-paths.ts';
import { useApiFilter } from './use-api-filter.ts';

/**
 * Adds a filter on a value within the payloads of runs, such as `input.order.number`. It offers the paths and the values
 * of the newest runs of the list.
 */
export function PathFilterForm({ address, add }: PathFilterFormProps) {
  const [payload, setPayload] = useState<keyof typeof FIELDS>('input');
  const [path, setPath] = useState('');
  const [value, setValue] = useState('');
  const where = useApiFilter(address);
  const { data } = useOperation(
    PathFilterForm_Query,
    { where: where ?? {}, first: SAMPLES },
    { enabled: where !== null },
  );
  const paths = useMemo(
    () => payloadPaths(data?.runs?.nodes.map((run) => run[FIELDS[payload]]) ?? []),
    [data, payload],
  );
  const valuesOf = (name: string) => paths.find((one) => one.path === name)?.values ?? [];
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
          data={Object.keys(FIELDS)}
          value={payload}
          onChange={(name) => setPayload(name as keyof typeof FIELDS)}
        />
        <Autocomplete
          label="Path"
          description="Keys with dots between them, and [] for the items of a list"
          placeholder="order.customer.email"
          data={paths.map((one) => one.path)}
          renderOption={({ option }) => (
            <Group justify="space-between" gap="sm" wrap="nowrap" className={classes.option}>
              <span className="mono">{option.value}</span>
              <Text span size="xs" c="dimmed" truncate>
                {valuesOf(option.value)[0]}
              </Text>
            </Group>
          )}
          limit={50}
          value={path}
          onChange={setPath}
          error={isPath ? null : 'Write keys with dots between them, such as order.lines[].sku'}
          comboboxProps={{ withinPortal: false }}
          data-autofocus
        />
        <Autocomplete
          label="Value"
          description='A number, true, false, null, or a text. Write "7" for the text 7'
          data={valuesOf(path)}
          limit={50}
          value={value}
          onChange={setValue}
          comboboxProps={{ withinPortal: false, position: 'top-start' }}
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

type PathFilterFormProps = { address: Address; add: (name: string, value: string) => void };

const FIELDS = { input: 'inputPayload', metadata: 'metadata', context: 'context' } as const;
/** The number of runs whose payloads are read: each may be 1 MiB. */
const SAMPLES = 10;

const PathFilterForm_Query = graphql(`
  query PathFilterForm_Query($where: RunFilter!, $first: Int!) {
    runs(where: $where, first: $first) {
      nodes {
        inputPayload
        metadata
        context
      }
    }
  }
`);
