import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

/** A button that can be focused while it is disabled, and then says why. `type="submit"` submits its form instead. */
export function ActionButton({ reason, act, type = 'button', children, ...look }: ActionButtonProps) {
  return (
    <Tooltip
      label={reason}
      disabled={!reason}
      multiline
      maw={320}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        {...look}
        type={type}
        data-disabled={reason ? true : undefined}
        aria-disabled={reason ? true : undefined}
        aria-description={reason ?? undefined}
        onClick={(event) => (reason ? event.preventDefault() : act?.())}
      >
        {children}
      </Button>
    </Tooltip>
  );
}

type ActionButtonProps = ButtonProps & {
  /** Why it cannot be done now, such as a missing permission; null when it can. */
  reason: string | null;
  act?: () => void;
  type?: 'button' | 'submit';
  children: ReactNode;
};
