import type { RunOutcome_RunFragment } from '../api/generated/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useConnection } from '../live/journey-client.ts';
import { formatDistance, formatDuration } from '../parts/format.ts';
import { useNow } from '../parts/now.ts';
import type { OpenCell } from './CellMenu.tsx';
import { FilterValue } from './FilterValue.tsx';
import classes from './RunTable.module.css';

/** How far a run is: how long it took, its error, or its next attempt. */
export function RunOutcome({ run: ref, openCell }: RunOutcomeProps) {
  const run = readFragment(RunOutcome_Run, ref);
  return (
    <>
      <span className={classes.line}>
        <Progress run={run} />
      </span>
      {run.error && (
        <span className={`${classes.line} ${classes.sub}`} title={run.error.message}>
          <FilterValue
            field="error"
            value={run.error.code}
            openCell={openCell}
            className={run.status === 'FAILED' ? classes.failed : undefined}
          />
        </span>
      )}
      {!run.error && run.attempt > 1 && (
        <span className={`${classes.line} ${classes.sub}`}>
          attempt {run.attempt} of {run.maxAttempts}
        </span>
      )}
    </>
  );
}

type RunOutcomeProps = { run: FragmentType<typeof RunOutcome_Run>; openCell: (cell: OpenCell) => void };

function Progress({ run }: { run: RunOutcome_RunFragment }) {
  const { status, startedAt, completedAt, runAt, attempt, maxAttempts } = run;
  const isLive = useConnection().state === 'live';
  const hasEnded = completedAt !== null && completedAt !== undefined;
  const now = useNow(hasEnded || !isLive);
  if (hasEnded && startedAt) return `took ${formatDuration(Date.parse(completedAt) - Date.parse(startedAt))}`;
  if (hasEnded) return 'never started';
  if (status === 'RUNNING')
    return startedAt ? `for ${formatDuration(now - Date.parse(startedAt))}` : 'starting';
  if (Date.parse(runAt) > now)
    return `${attempt > 0 ? `attempt ${attempt + 1} of ${maxAttempts} ` : 'due '}${formatDistance(Date.parse(runAt), now)}`;
  return `due for ${formatDuration(now - Date.parse(runAt))}`;
}

const RunOutcome_Run = graphql(`
  fragment RunOutcome_Run on Run {
    status
    attempt
    maxAttempts
    runAt
    startedAt
    completedAt
    error {
      code
      message
    }
  }
`);
