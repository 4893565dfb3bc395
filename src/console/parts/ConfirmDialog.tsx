import { Button, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { DialogFoot } from './DialogFoot.tsx';

/** Confirms a change that cannot be undone: what it does, and the button that does it. */
export function ConfirmDialog({
  title,
  children,
  action,
  act,
  isPending,
  problem,
  close,
}: ConfirmDialogProps) {
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Text size="sm">{children}</Text>
        <DialogFoot problem={problem} close={close}>
          <Button color="red" loading={isPending} onClick={act}>
            {action}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}

type ConfirmDialogProps = {
  title: string;
  children: ReactNode;
  /** The words of the button. */
  action: string;
  act: () => void;
  isPending: boolean;
  problem?: string;
  close: () => void;
};
