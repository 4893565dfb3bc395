import { Button, Group, Modal, Stack, Text } from '@mantine/core';

/** Confirms that a page with changes is left. */
export const LeaveDialog = ({ stay, leave }: { stay: () => void; leave: () => void }) => (
  <Modal opened onClose={stay} title="Leave without saving?" closeButtonProps={{ 'aria-label': 'Close' }}>
    <Stack>
      <Text size="sm">
        Your changes stay in this browser, and are here again when you open the product. Nobody else sees them
        until they are saved.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={leave}>
          Leave
        </Button>
        <Button onClick={stay} data-autofocus>
          Stay
        </Button>
      </Group>
    </Stack>
  </Modal>
);
