import type { RunStatus } from '../api/generated/graphql.ts';
import classes from './StatusBadge.module.css';
import { STATUS_LOOKS } from './status-looks.ts';

/**
 * How many runs have a status, by icon, number and colour; its word is for screen readers and on hover. `solved` of them were
 * replayed with success; there may be more if the count `isAtLeast`.
 */
export function StatusCount({ status, count, solved = 0, isAtLeast = false }: StatusCountProps) {
  const { icon: Icon, label, tone } = STATUS_LOOKS[status];
  const isSolved = solved === count;
  return (
    <span
      className={classes.badge}
      data-tone={isSolved ? undefined : tone}
      title={`${count} ${label.toLowerCase()}`}
    >
      <Icon size={14} aria-hidden /> {count}
      <span className="visually-hidden"> {label.toLowerCase()} </span>
      {solved > 0 && (
        <small>
          ({isAtLeast ? 'at least ' : ''}
          {solved} replayed with success)
        </small>
      )}
    </span>
  );
}

type StatusCountProps = { status: RunStatus; count: number; solved?: number; isAtLeast?: boolean };

/** How many runs of a status were replayed with success. */
export const solvedOf = (runs: readonly ReplayedRun[], status: RunStatus): number =>
  runs.filter((run) => run.status === status && run.latestReplay?.status === 'COMPLETED').length;

type ReplayedRun = { status: RunStatus; latestReplay?: { status: RunStatus } | null };
