import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

/** Confirms that a page with changes is left, unless they have just been saved. */
export function LeaveGuard({ isChanged, thing }: { isChanged: () => boolean; thing: string }) {
  const { status, reset, proceed } = useBlocker({
    shouldBlockFn: isChanged,
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Modal opened onClose={reset} title="Leave without saving?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Text size="sm">
          Your changes stay in this browser, and are here again when you open the {thing}. Nobody else sees
          them until they are saved.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={proceed}>
            Leave
          </Button>
          <Button onClick={reset} data-autofocus>
            Stay
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
