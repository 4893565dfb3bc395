import { Table, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { StackedTable } from '../parts/StackedTable.tsx';
import { BindingSource, ShortJson } from './BindingSource.tsx';

/** Each binding: where it looks, what it found in the latest attempt, and what the script received under its key. */
export function BindingTable({ run: ref }: { run: FragmentType<typeof BindingTable_Run> }) {
  const { bindingSnapshot, resolvedBindings, request } = readFragment(BindingTable_Run, ref);
  const inputs = (request as { inputs?: Record<string, unknown> } | null)?.inputs;
  if (bindingSnapshot.length === 0)
    return (
      <Text size="sm" c="dimmed">
        This run has no bindings. Its script received the input payload as it is.
      </Text>
    );
  return (
    <StackedTable label="Bindings" columns={['Input', 'Source', 'Found', 'Sent']}>
      {bindingSnapshot.map((binding) => (
        <Table.Tr key={binding.inputKey}>
          <Table.Td>
            <b>{binding.inputKey}</b>
            {!binding.required && (
              <Text span size="xs" c="dimmed" ml={6}>
                optional
              </Text>
            )}
          </Table.Td>
          <Table.Td data-label="Source">
            <BindingSource binding={binding} />
          </Table.Td>
          <Table.Td data-label="Found">
            <Found values={resolvedBindings} name={binding.inputKey} isRequired={binding.required} />
          </Table.Td>
          <Table.Td data-label="Sent">
            <Found values={inputs} name={binding.inputKey} isRequired={false} />
          </Table.Td>
        </Table.Tr>
      ))}
    </StackedTable>
  );
}

function Found({ values, name, isRequired }: FoundProps) {
  if (!values)
    return (
      <Text size="sm" c="dimmed">
        not yet
      </Text>
    );
  if (name in values) return <ShortJson value={values[name]} />;
  return (
    <Text size="sm" c={isRequired ? 'var(--mantine-color-error)' : 'dimmed'}>
      no value
    </Text>
  );
}

type FoundProps = { values: Record<string, unknown> | null | undefined; name: string; isRequired: boolean };

const BindingTable_Run = graphql(`
  fragment BindingTable_Run on Run {
    request
    resolvedBindings
    bindingSnapshot {
      inputKey
      required
      ...BindingSource_Binding
    }
  }
`);
