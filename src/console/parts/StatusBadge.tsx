import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import classes from './StatusBadge.module.css';
import { lookOf, type StatusLook } from './status-looks.ts';

/** The status of a run, by word, icon and colour. */
export function StatusBadge({
  run,
  compact,
}: {
  run: FragmentType<typeof StatusBadge_Run>;
  compact?: boolean;
}) {
  return <StatusMark look={lookOf(readFragment(StatusBadge_Run, run), Date.now())} compact={compact} />;
}

function StatusMark({ look, compact }: { look: StatusLook; compact?: boolean }) {
  const { icon: Icon, label, tone } = look;
  return (
    <span className={classes.badge} data-tone={tone} data-compact={compact}>
      <Icon size={14} aria-hidden className={tone === 'running' ? classes.turning : undefined} />
      <span className={compact ? 'visually-hidden' : undefined}>{label}</span>
    </span>
  );
}

const StatusBadge_Run = graphql(`
  fragment StatusBadge_Run on Run {
    status
    runAt
    attempt
    cancelRequestedAt
  }
`);
