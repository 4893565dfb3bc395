import { Skeleton, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useReplayChanges } from '../live/use-replay-changes.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { Problem } from '../parts/Problem.tsx';
import { StackedTable } from '../parts/StackedTable.tsx';
import { ErrorGroupRow } from './ErrorGroupRow.tsx';
import classes from './ErrorGroups.module.css';
import { lastingPart } from './run-query.ts';
import { useApiFilter } from './use-api-filter.ts';

/** Whether a person left the groups open, to look at a run and come back. */
let wasOpen = false;

/** The failed runs by their causes, with all filters but those on status and error. Nothing is read while it is closed. */
export function ErrorGroups({ address, goTo }: ErrorGroupsProps) {
  const [isOpen, setOpen] = useState(wasOpen);
  useEffect(() => {
    wasOpen = isOpen;
  }, [isOpen]);
  return (
    <details
      className={classes.panel}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className={classes.summary}>Errors by cause</summary>
      {isOpen && <Groups address={address} goTo={goTo} />}
    </details>
  );
}

type ErrorGroupsProps = { address: Address; goTo: (address: Address) => void };

/** How often the groups are read again at most, while runs fail. */
const AT_MOST_EVERY_MS = 5_000;

function Groups({ address, goTo }: ErrorGroupsProps) {
  const { status: _, error: __, ...others } = address;
  const where = useApiFilter(others);
  const { data, error, refetch } = useOperation(
    ErrorGroups_Query,
    { where: where ?? {} },
    { enabled: where !== null, staleTime: 0 },
  );
  const failed = { ...lastingPart(where ?? {}), status: ['FAILED' as const] };
  useRunChanges(failed, data?.feedCursor, refetch, AT_MOST_EVERY_MS);
  const groups = data?.runErrors;
  useReplayChanges(groups?.flatMap(({ latestRun }) => latestRun ?? []) ?? [], data?.feedCursor, refetch);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!groups) return <Skeleton height={72} />;
  if (groups.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No run has failed.
      </Text>
    );
  return (
    <StackedTable label="Errors by cause" columns={COLUMNS} maxHeight={220} verticalSpacing={4} stickyHeader>
      {groups.map((group) => (
        <ErrorGroupRow
          key={`${group.code} ${group.component.key} ${group.message}`}
          group={group}
          choose={(filter) => goTo({ ...address, ...filter })}
        />
      ))}
    </StackedTable>
  );
}

const COLUMNS = ['Runs', 'Error', 'Component', 'Message', 'First', 'Last'];

const ErrorGroups_Query = graphql(`
  query ErrorGroups_Query($where: RunFilter!) {
    feedCursor
    runErrors(where: $where, first: 50) {
      code
      message
      component {
        key
      }
      latestRun {
        ...ReplayChanges_Run
      }
      ...ErrorGroupRow_RunErrorGroup
    }
  }
`);
