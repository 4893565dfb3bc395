import { Group, Progress, Text } from '@mantine/core';
import type { RunStatus } from '../api/generated/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { plural } from '../parts/format.ts';
import { StatusCount } from '../parts/StatusCount.tsx';

/** How far the runs of a group are: a bar by status, and the number of each. */
export function GroupProgress({ counts: ref }: { counts: FragmentType<typeof GroupProgress_RunCounts> }) {
  const counts = readFragment(GroupProgress_RunCounts, ref);
  const parts = PARTS.map(([status, field, color]) => ({ status, color, count: counts[field].count }));
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Progress.Root size="sm" aria-hidden>
        {parts.map(({ status, color, count }) => (
          <Progress.Section key={status} value={total === 0 ? 0 : (count / total) * 100} color={color} />
        ))}
      </Progress.Root>
      <Group gap={6} mt="xs" role="status">
        <Text size="sm">{plural(total, 'run')}:</Text>
        {parts.map(
          ({ status, count }) => count > 0 && <StatusCount key={status} status={status} count={count} />,
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

const GroupProgress_RunCounts = graphql(`
  fragment GroupProgress_RunCounts on RunCounts {
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
`);
