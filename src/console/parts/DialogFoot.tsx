import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DialogFoot.module.css';

/** The foot of a dialog: why its change was rejected, the button that leaves it, and the button that does it. */
export function DialogFoot({ problem, close, leave = 'Close', children }: DialogFootProps) {
  return (
    <Stack gap="sm" className={classes.foot}>
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {leave}
        </Button>
        {children}
      </Group>
    </Stack>
  );
}

type DialogFootProps = {
  problem: string | null | undefined;
  close: () => void;
  /** The text of the button that leaves it. */
  leave?: string;
  /** The button that does it. */
  children: ReactNode;
};
