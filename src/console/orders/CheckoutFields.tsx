import { Autocomplete, Checkbox, Stack } from '@mantine/core';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRefusal } from '../parts/permissions.ts';

/** Whether an order is recorded as a checkout, which enqueues its runs, and on which channel. */
export function CheckoutFields({ checkout, change }: CheckoutFieldsProps) {
  const refusal = useRefusal('ENQUEUE_RUNS');
  const { data } = useOperation(CheckoutFields_Channels, {}, { enabled: checkout !== null });
  return (
    <Stack gap="xs">
      <Checkbox
        label="Check it out: enqueue a run for each step that runs at or after checkout"
        description={refusal ?? 'Otherwise nothing runs until you start the journey automation on its page'}
        disabled={refusal !== null}
        checked={checkout !== null}
        onChange={({ currentTarget }) => change(currentTarget.checked ? { channel: null } : null)}
      />
      {checkout && (
        <Autocomplete
          label="Channel"
          description="Only steps that are eligible for it run. Empty for all"
          data={data?.channels ?? []}
          value={checkout.channel ?? ''}
          onChange={(channel) => change({ channel: channel || null })}
          maxLength={128}
        />
      )}
    </Stack>
  );
}

type Checkout = { channel: string | null };
type CheckoutFieldsProps = { checkout: Checkout | null; change: (checkout: Checkout | null) => void };

const CheckoutFields_Channels = graphql(`
  query CheckoutFields_Channels {
    channels
  }
`);
