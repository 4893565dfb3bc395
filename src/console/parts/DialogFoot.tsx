import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** The foot of a dialog: why its change was rejected, the button that leaves it, and the button that does it. */
export function DialogFoot({ problem, close, children }: DialogFootProps) {
  return (
    <>
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          Close
        </Button>
        {children}
      </Group>
    </>
  );
}

type DialogFootProps = {
  problem: string | null | undefined;
  close: () => void;
  /** The button that does it. */
  children: ReactNode;
};
