import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { DialogFoot } from '../parts/DialogFoot.tsx';

/** Cancels a run. The reason is stored with the event, for those who look at the run later. */
export function CancelDialog({ run: ref, isOpen, close }: CancelDialogProps) {
  const { id, status } = readFragment(CancelDialog_Run, ref);
  const [reason, setReason] = useState('');
  const cancel = useChange(CancelDialog_Cancel);
  const problem = cancel.error?.message ?? cancel.data?.cancelRun?.userErrors[0]?.message;
  const send = async () => {
    const { cancelRun } = await cancel.mutateAsync({ id, reason: reason || null });
    if (cancelRun?.userErrors.length === 0) close();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title="Cancel this run?"
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
            {status === 'QUEUED'
              ? 'The run ends at once, and is not executed.'
              : 'The call of the script host is aborted within two seconds. What the script has done until then stays done.'}
          </Text>
          <TextInput
            label="Reason"
            description="Optional. It is shown in the history of the run"
            maxLength={500}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            error={problem}
            data-autofocus
          />
          <DialogFoot
            problem={null}
            close={close}
            leave={status === 'QUEUED' ? 'Leave it queued' : 'Leave it running'}
          >
            <Button type="submit" color="red" loading={cancel.isPending}>
              Cancel the run
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}

type CancelDialogProps = {
  run: FragmentType<typeof CancelDialog_Run>;
  isOpen: boolean;
  close: () => void;
};

const CancelDialog_Run = graphql(`
  fragment CancelDialog_Run on Run {
    id
    status
  }
`);

const CancelDialog_Cancel = graphql(`
  mutation CancelDialog_Cancel($id: ID!, $reason: String) {
    cancelRun(id: $id, reason: $reason) {
      run {
        id
      }
      userErrors {
        message
      }
    }
  }
`);
