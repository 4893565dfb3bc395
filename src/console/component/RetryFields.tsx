import { Fieldset, Group, NumberInput, Select, Stack } from '@mantine/core';
import type { Backoff } from '../api/generated/graphql.ts';
import type { FieldsProps } from './ComponentForm.tsx';

/** How long an attempt may take, and what happens after one that failed. */
export function RetryFields({ draft, change, errors }: FieldsProps) {
  const number = (name: 'timeoutSeconds' | 'maxAttempts' | 'initialDelaySeconds' | 'maxDelaySeconds') => ({
    value: draft[name],
    error: errors[name],
    onChange: (value: number | string) => change({ [name]: value }),
  });
  return (
    <Fieldset legend="Attempts">
      <Stack gap="sm">
        <Group grow align="flex-start">
          <NumberInput label="Time limit of an attempt" suffix=" s" min={0.1} {...number('timeoutSeconds')} />
          <NumberInput label="Attempts at most" min={1} {...number('maxAttempts')} />
        </Group>
        <Select
          label="Wait between attempts"
          data={BACKOFFS}
          value={draft.backoff}
          onChange={(backoff) => backoff && change({ backoff: backoff as Backoff })}
          error={errors.backoff}
          allowDeselect={false}
        />
        <Group grow align="flex-start">
          <NumberInput label="First wait" suffix=" s" min={0} {...number('initialDelaySeconds')} />
          <NumberInput label="Longest wait" suffix=" s" min={0} {...number('maxDelaySeconds')} />
        </Group>
      </Stack>
    </Fieldset>
  );
}

const BACKOFFS: { value: Backoff; label: string }[] = [
  { value: 'EXPONENTIAL', label: 'doubles each time' },
  { value: 'FIXED', label: 'is always the same' },
];
