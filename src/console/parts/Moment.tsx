import { Tooltip } from '@mantine/core';
import { useDisclosure, useTimeout, useWindowEvent } from '@mantine/hooks';
import { type SyntheticEvent, useState } from 'react';
import { formatDistance, formatExactly, formatMoment } from './format.ts';
import { useTimeZone } from './time-zone.ts';

/** A moment in the zone that the viewer chose; hovering or focusing it shows it exactly, with the name of the zone. */
export function Moment({ at }: { at: string }) {
  const timeZone = useTimeZone();
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const date = new Date(at);
  const now = new Date();
  const exactly = `${formatExactly(date, timeZone)} · ${formatDistance(date.getTime(), now.getTime())}`;
  const show = ({ currentTarget }: SyntheticEvent<HTMLElement>) => setTarget(currentTarget);
  const hide = () => setTarget(null);
  return (
    <>
      <time
        dateTime={at}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact moment is shown on focus too.
        tabIndex={0}
        aria-description={exactly}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
      >
        {formatMoment(date, now, timeZone)}
      </time>
      {target && <ExactMoment target={target} text={exactly} hide={hide} />}
    </>
  );
}

/** The tooltip of a moment that is hovered or has the focus. One for each row would take a tenth of the time of a list. */
function ExactMoment({ target, text, hide }: { target: HTMLElement; text: string; hide: () => void }) {
  const [isOpen, { open }] = useDisclosure();
  useTimeout(open, OPEN_DELAY_MS, { autoInvoke: true });
  useWindowEvent('keydown', ({ key }) => key === 'Escape' && hide());
  return <Tooltip target={target} label={text} opened={isOpen} />;
}

const OPEN_DELAY_MS = 250;
