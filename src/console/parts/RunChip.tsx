import { Link } from '@tanstack/react-router';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import classes from './RunChip.module.css';
import { StatusBadge } from './StatusBadge.tsx';

/** A run as a link of one word: its status, and its error if it failed. */
export function RunChip({ run: ref }: { run: FragmentType<typeof RunChip_Run> }) {
  const run = readFragment(RunChip_Run, ref);
  return (
    <Link to="/admin/runs/$id" params={{ id: run.id }} className={classes.chip}>
      <StatusBadge run={run} />
      {run.status === 'FAILED' && run.error && <span className={classes.error}>{run.error.code}</span>}
    </Link>
  );
}

const RunChip_Run = graphql(`
  fragment RunChip_Run on Run {
    id
    status
    error {
      code
    }
    ...StatusBadge_Run
  }
`);
