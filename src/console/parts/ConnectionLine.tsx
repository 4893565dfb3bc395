import type { ConnectionStatus } from 'journey-runtime-client';
import { useConnection } from '../live/journey-client.ts';
import classes from './ConnectionLine.module.css';
import { formatMoment } from './format.ts';
import { useTimeZone } from './time-zone.ts';

/** Whether what the page shows is live, and if not, since when. Screen readers announce each change. */
export function ConnectionLine() {
  const status = useConnection();
  const timeZone = useTimeZone();
  return (
    <div className={classes.line} data-state={status.state} role="status">
      <span className={classes.dot} aria-hidden />
      <span>{describe(status, timeZone)}</span>
    </div>
  );
}

function describe(status: ConnectionStatus, timeZone: string): string {
  if (status.state !== 'interrupted') return TEXTS[status.state];
  return `Interrupted since ${formatMoment(status.since, new Date(), timeZone)}; trying again`;
}

const TEXTS = { idle: 'Not live', connecting: 'Connecting…', live: 'Live', closed: 'Closed' };
