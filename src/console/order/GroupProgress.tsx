import { Group, Progress, Text } from '@mantine/core';
import type { RunStatus } from '../api/generated/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { plural } from '../parts/format.ts';
import { StatusCount, solvedOf } from '../parts/StatusCount.tsx';

/** How far the runs of a group are: a bar by status, and the number of each. */
export function GroupProgress({ group: ref }: { group: FragmentType<typeof GroupProgress_RunGroup> }) {
  const { counts, unsuccessful } = readFragment(GroupProgress_RunGroup, ref);
  const isAtLeast = counts.failed.count + counts.canceled.count > unsuccessful.nodes.length;
  const parts = PARTS.map(([status, field, color]) => ({
    status,
    color,
    count: counts[field].count,
    solved: solvedOf(unsuccessful.nodes, status),
  }));
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const share = (count: number) => (total === 0 ? 0 : (count / total) * 100);
  return (
    <>
      <Progress.Root size="sm" aria-hidden>
        {parts.flatMap(({ status, color, count, solved }) => [
          <Progress.Section key={`${status} solved`} value={share(solved)} color="green.4" />,
          <Progress.Section key={status} value={share(count - solved)} color={color} />,
        ])}
      </Progress.Root>
      <Group gap={6} mt="xs" role="status">
        <Text size="sm">{plural(total, 'run')}:</Text>
        {parts.map(
          ({ status, count, solved }) =>
            count > 0 && (
              <StatusCount key={status} status={status} count={count} solved={solved} isAtLeast={isAtLeast} />
            ),
        )}
        {total === 0 && <Text size="sm">everything was skipped</Text>}
      </Group>
    </>
  );
}

type CountField = 'completed' | 'failed' | 'canceled' | 'running' | 'queued';

const PARTS: readonly [status: RunStatus, field: CountField, color: string][] = [
  ['COMPLETED', 'completed', 'green'],
  ['FAILED', 'failed', 'red'],
  ['CANCELED', 'canceled', 'gray'],
  ['RUNNING', 'running', 'blue'],
  ['QUEUED', 'queued', 'gray.4'],
];

const GroupProgress_RunGroup = graphql(`
  fragment GroupProgress_RunGroup on RunGroup {
    counts {
      completed {
        count
      }
      failed {
        count
      }
      canceled {
        count
      }
      running {
        count
      }
      queued {
        count
      }
    }
    unsuccessful: runs(first: 100, where: { status: [FAILED, CANCELED] }) {
      nodes {
        status
        latestReplay {
          status
        }
      }
    }
  }
`);
