import { Button, Checkbox, Divider, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { savedAddress } from './view-address.ts';

/** Saves the present filter under a name. The name of a view that the person saved before replaces that one. */
export function SaveViewForm({ filter, opened, saved }: SaveViewFormProps) {
  const [name, setName] = useState(opened?.name ?? '');
  const [isShared, share] = useState(opened?.isShared ?? false);
  const save = useChange(SaveViewForm_Save);
  const problem = save.error?.message ?? save.data?.saveView?.userErrors[0]?.message;
  const send = async () => {
    const input = { page: 'runs', name: name.trim(), address: savedAddress(filter), isShared };
    const { saveView } = await save.mutateAsync({ input });
    if (saveView?.view) saved(saveView.view.id);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send().catch(() => {});
      }}
    >
      <Divider my="sm" />
      <Stack gap="xs">
        <TextInput
          size="xs"
          label="Save the present filter as"
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={problem}
        />
        <Group justify="space-between">
          <Checkbox
            size="xs"
            label="Everybody sees it"
            checked={isShared}
            onChange={({ currentTarget }) => share(currentTarget.checked)}
          />
          <Button type="submit" size="xs" disabled={name.trim() === ''} loading={save.isPending}>
            {opened?.name === name.trim() ? 'Save the changes' : 'Save the view'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type SaveViewFormProps = {
  filter: Address;
  /** The person's own view that is open. */
  opened: { name: string; isShared: boolean } | undefined;
  saved: (id: string) => void;
};

const SaveViewForm_Save = graphql(`
  mutation SaveViewForm_Save($input: SaveViewInput!) {
    saveView(input: $input) {
      view {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
