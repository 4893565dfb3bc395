import { Group, Stack, Title } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { StatusBadge } from '../parts/StatusBadge.tsx';
import { AttemptLanes } from './AttemptLanes.tsx';
import { RunActions } from './RunActions.tsx';
import classes from './RunBody.module.css';
import { RunContents } from './RunContents.tsx';
import { RunFacts } from './RunFacts.tsx';
import { RunLink } from './RunLink.tsx';
import { RunVerdict } from './RunVerdict.tsx';

/** A run from top to bottom: what happened, when, with what, and by what it was caused. */
export function RunBody({ run: ref }: { run: FragmentType<typeof RunBody_Run> }) {
  const run = readFragment(RunBody_Run, ref);
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2}>
          <Group gap="sm">
            <Title order={1}>{run.component.name}</Title>
            <StatusBadge run={run} />
          </Group>
          <Group gap={4} className={classes.id}>
            <span className="mono">{run.id}</span>
            <CopyButton text={run.id} label="Copy the id" />
            {run.replayOf && (
              <span>
                Replay of <RunLink id={run.replayOf.id} />
              </span>
            )}
          </Group>
        </Stack>
        <RunActions run={run} />
      </Group>
      <RunVerdict run={run} />
      <AttemptLanes run={run} />
      <RunFacts run={run} />
      <RunContents run={run} />
    </>
  );
}

export const RunBody_Run = graphql(`
  fragment RunBody_Run on Run {
    id
    component {
      name
    }
    replayOf {
      id
    }
    ...StatusBadge_Run
    ...RunActions_Run
    ...RunVerdict_Run
    ...AttemptLanes_Run
    ...RunFacts_Run
    ...RunContents_Run
  }
`);
