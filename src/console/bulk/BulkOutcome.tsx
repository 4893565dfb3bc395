import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { BulkOperationKind, RunStatus } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useWatch } from '../live/use-watch.ts';
import { StatusCount } from '../parts/StatusCount.tsx';
import { readChangedRuns, readFailedRuns } from './changed-runs.ts';

/** The statuses of the runs that an operation queued, live: a replay that was made is not one that completed. */
export function BulkOutcome({ id, kind, done }: BulkOutcomeProps) {
  const { data, refetch } = useQuery({
    queryKey: ['the runs that an operation queued', id],
    queryFn: () => readChangedRuns(id, kind),
    staleTime: 0,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each further run is a reason to read them again.
  useEffect(() => void refetch(), [done]);
  const runId = data?.runIds ?? [];
  const { data: live } = useWatch(BulkOutcome_Counts, { where: { runId } }, runId.length === 0);
  const counts = live?.runCounts;
  const navigate = useNavigate();
  const showFailed = async () => {
    const failed = await readFailedRuns(id, kind);
    void navigate({ to: '/admin/runs', search: { run: failed.runIds.slice(0, LISTED).join(',') } as never });
  };
  if (!counts || runId.length === 0) return null;
  return (
    <Group gap={6} mt="xs" role="status">
      <Text size="sm">
        {data?.isComplete ? 'The' : 'The first 1,000'} {kind === 'REPLAY' ? 'new' : 'retried'} runs now:
      </Text>
      {PARTS.map(([status, field]) => {
        const { count } = counts[field];
        return count > 0 && <StatusCount key={status} status={status} count={count} />;
      })}
      {counts.failed.count > 0 && (
        <Anchor component="button" type="button" size="sm" onClick={() => void showFailed().catch(() => {})}>
          Show what failed
        </Anchor>
      )}
    </Group>
  );
}

/** An address holds some 100 ids. */
const LISTED = 100;

type BulkOutcomeProps = { id: string; kind: BulkOperationKind; done: number };

const PARTS = [
  ['COMPLETED', 'completed'],
  ['FAILED', 'failed'],
  ['CANCELED', 'canceled'],
  ['RUNNING', 'running'],
  ['QUEUED', 'queued'],
] as const satisfies readonly [RunStatus, string][];

const BulkOutcome_Counts = graphql(`
  subscription BulkOutcome_Counts($where: RunFilter!) {
    runCounts(where: $where) {
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
  }
`);
