import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { Address } from '../address.ts';

/** The page of an address. Its other parameters are the state of the page. */
const placeOf = ({ pathname, search }: { pathname: string; search: Address }) =>
  `${search.shop ?? ''} ${pathname}`;

/** Confirms that a page with changes is left, unless they have just been saved. */
export function LeaveGuard({ isChanged, thing, lost }: LeaveGuardProps) {
  const { status, reset, proceed } = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged() && placeOf(current) !== placeOf(next),
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Modal opened onClose={reset} title="Leave without saving?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Text size="sm">
          Your changes stay in this browser, and are here again when you open the {thing}. Nobody else sees
          them until they are saved.{lost && ` ${lost}`}
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

type LeaveGuardProps = {
  isChanged: () => boolean;
  /** The noun of what is edited. */
  thing: string;
  /** A sentence about changes that the browser does not store. */
  lost?: string | false;
};
