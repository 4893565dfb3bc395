import { Select } from '@mantine/core';

/** The days after which a new key expires; null for a key that does not. */
export const ExpirySelect = ({ days, change }: ExpirySelectProps) => (
  <Select
    label="The key expires"
    data={CHOICES}
    value={days === null ? '' : String(days)}
    onChange={(choice) => change(choice ? Number(choice) : null)}
    allowDeselect={false}
  />
);

type ExpirySelectProps = { days: number | null; change: (days: number | null) => void };

const CHOICES = [
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: '', label: 'never, until it is revoked' },
];

export const USUAL_DAYS = 365;
