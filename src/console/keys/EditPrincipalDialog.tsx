import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { DialogFoot } from '../parts/DialogFoot.tsx';
import { type PrincipalDraft, PrincipalFields } from './PrincipalFields.tsx';

/** Changes the name, the roles and the channels of a principal. Its permissions besides the roles stay. */
export function EditPrincipalDialog({ principal: ref, channels, changed, close }: EditPrincipalDialogProps) {
  const { id, revision, ...stored } = readFragment(EditPrincipalDialog_Principal, ref);
  const [draft, setDraft] = useState<PrincipalDraft>({
    name: stored.name,
    roles: stored.roles,
    channels: stored.channels ?? [],
  });
  const update = useChange(EditPrincipalDialog_Update);
  const mistakes = update.data?.updatePrincipal?.userErrors ?? [];
  const mistakeOf = (field: string) => mistakes.find(({ path }) => path.includes(field))?.message;
  const other = mistakes.find(({ path }) => !path.some((part) => FIELDS.has(part)))?.message;
  const problem = update.error?.message ?? other;
  const send = async () => {
    const input = {
      ...draft,
      channels: draft.channels.length > 0 ? draft.channels : null,
      expectedRevision: revision,
    };
    const { updatePrincipal } = await update.mutateAsync({ id, input });
    if (!updatePrincipal?.principal) return;
    changed();
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={`Change ${stored.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send().catch(() => {});
        }}
      >
        <Stack>
          <Text size="sm">
            The new rights are those of all its keys and sessions within 5 seconds. Its open subscriptions end
            then, and its clients subscribe again.
          </Text>
          <PrincipalFields
            draft={draft}
            change={(values) => setDraft({ ...draft, ...values })}
            channels={channels}
            mistakeOf={mistakeOf}
          />
          <DialogFoot problem={problem} close={close}>
            <Button type="submit" loading={update.isPending}>
              Save
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}

type EditPrincipalDialogProps = {
  principal: FragmentType<typeof EditPrincipalDialog_Principal>;
  channels: readonly string[];
  changed: () => void;
  close: () => void;
};

const FIELDS = new Set(['name', 'roles', 'channels']);

const EditPrincipalDialog_Principal = graphql(`
  fragment EditPrincipalDialog_Principal on Principal {
    id
    revision
    name
    roles
    channels
  }
`);

const EditPrincipalDialog_Update = graphql(`
  mutation EditPrincipalDialog_Update($id: ID!, $input: UpdatePrincipalInput!) {
    updatePrincipal(id: $id, input: $input) {
      principal {
        id
      }
      userErrors {
        message
        path
      }
    }
  }
`);
