import type { RunStatus } from '../api/generated/graphql.ts';
import classes from './StatusBadge.module.css';
import { STATUS_LOOKS } from './status-looks.ts';

/** How many runs have a status, by icon, number and colour; its word is for screen readers and on hover. */
export function StatusCount({ status, count }: { status: RunStatus; count: number }) {
  const { icon: Icon, label, tone } = STATUS_LOOKS[status];
  return (
    <span className={classes.badge} data-tone={tone} title={`${count} ${label.toLowerCase()}`}>
      <Icon size={14} aria-hidden /> {count}
      <span className="visually-hidden">{label.toLowerCase()}</span>
    </span>
  );
}
