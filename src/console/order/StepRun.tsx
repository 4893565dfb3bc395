import { Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { PageLink } from '../parts/PageLink.tsx';
import { RunChip } from '../parts/RunChip.tsx';
import { STATUS_LOOKS } from '../parts/status-looks.ts';

/** A run of a step, as it stands now: if it was replayed, its latest replay. */
export function StepRun({ run: ref }: { run: FragmentType<typeof StepRun_Run> }) {
  const run = readFragment(StepRun_Run, ref);
  const latest = run.latestReplay ?? run;
  return (
    <span>
      <RunChip run={latest} />
      {latest.status === 'FAILED' && latest.error && (
        <Text size="xs" c="dimmed" mt={2}>
          {latest.error.message} <RunLink id={latest.id}>See why, or replay it</RunLink>
        </Text>
      )}
      {run.latestReplay && (
        <Text size="xs" c="dimmed" mt={2}>
          Replay of <RunLink id={run.id}>an earlier run</RunLink> (
          {STATUS_LOOKS[run.status].label.toLowerCase()})
        </Text>
      )}
    </span>
  );
}

const RunLink = ({ id, children }: { id: string; children: string }) => (
  <PageLink to="/admin/runs/$id" params={{ id }} size="xs" underline="always">
    {children}
  </PageLink>
);

const StepRun_Run = graphql(`
  fragment StepRun_Run on Run {
    id
    status
    error {
      message
    }
    ...RunChip_Run
    latestReplay {
      id
      status
      error {
        message
      }
      ...RunChip_Run
    }
  }
`);
