import { Tooltip } from '@mantine/core';
import { formatDistance, formatExactly, formatMoment } from './format.ts';
import { useTimeZone } from './time-zone.ts';

/** A moment in the zone that the viewer chose; hovering or focusing it shows it exactly, with the name of the zone. */
export function Moment({ at }: { at: string }) {
  const timeZone = useTimeZone();
  const date = new Date(at);
  const now = new Date();
  return (
    <Tooltip
      label={`${formatExactly(date, timeZone)} · ${formatDistance(date.getTime(), now.getTime())}`}
      events={{ hover: true, focus: true, touch: true }}
      openDelay={250}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact moment is shown on focus too. */}
      <time dateTime={at} tabIndex={0}>
        {formatMoment(date, now, timeZone)}
      </time>
    </Tooltip>
  );
}
