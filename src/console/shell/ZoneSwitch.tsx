import { Button, Tooltip } from '@mantine/core';
import { showUtc, useTimeZone, VIEWERS_ZONE } from '../parts/time-zone.ts';

/** Shows all times in the viewer's zone or in UTC. The button names the zone that is shown. */
export function ZoneSwitch() {
  const zone = useTimeZone();
  if (VIEWERS_ZONE === 'UTC') return <ZoneLabel />;
  const isUtc = zone === 'UTC';
  return (
    <Tooltip label={`Times are in ${zone}. Show ${isUtc ? VIEWERS_ZONE : 'UTC'}`}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        fw={500}
        aria-pressed={isUtc}
        onClick={() => showUtc(!isUtc)}
      >
        {isUtc ? 'UTC' : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')}
      </Button>
    </Tooltip>
  );
}

function ZoneLabel() {
  return (
    <Tooltip label="All times are in UTC, the zone of this computer">
      <Button variant="subtle" color="gray" size="compact-sm" fw={500}>
        UTC
      </Button>
    </Tooltip>
  );
}
