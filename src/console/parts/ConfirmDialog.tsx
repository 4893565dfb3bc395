import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

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
        {problem && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Close
          </Button>
          <Button color="red" loading={isPending} onClick={act}>
            {action}
          </Button>
        </Group>
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
