import { Group, Text } from '@mantine/core';
import { graphql } from '../api/generated/index.ts';
import { useWatch } from '../live/use-watch.ts';
import { useMay } from '../parts/permissions.ts';
import { StatusBadge } from '../parts/StatusBadge.tsx';

/** A run as it is now, until it ends, with its result or its error in one line. */
export function WatchedRun({ id }: { id: string }) {
  const { data, error } = useWatch(WatchedRun_Run, { id, payloads: useMay('READ_PAYLOADS') });
  if (error) return <Text size="sm">{error.message}</Text>;
  if (!data) return null;
  const { runUpdated: run } = data;
  const text = run.error?.message ?? (run.status === 'COMPLETED' ? JSON.stringify(run.resultPayload) : null);
  return (
    <Group gap="xs">
      <StatusBadge run={run} />
      {text && (
        <Text size="sm" className={run.error ? undefined : 'mono'} style={{ overflowWrap: 'anywhere' }}>
          {text.length > 200 ? `${text.slice(0, 200)}…` : text}
        </Text>
      )}
    </Group>
  );
}

const WatchedRun_Run = graphql(`
  subscription WatchedRun_Run($id: ID!, $payloads: Boolean!) {
    runUpdated(id: $id) {
      status
      resultPayload @include(if: $payloads)
      error {
        message
      }
      ...StatusBadge_Run
    }
  }
`);
