import { Button, Skeleton, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
import { useWatch } from '../live/use-watch.ts';
import { useWhenLiveAgain } from '../live/use-when-live-again.ts';
import { formatCount, formatDuration } from '../parts/format.ts';
import { Moment } from '../parts/Moment.tsx';
import { Card, Page } from '../parts/Page.tsx';
import { Problem } from '../parts/Problem.tsx';
import { QueueTable } from './QueueTable.tsx';
import classes from './SystemPage.module.css';
import { systemWarnings } from './system-warnings.ts';
import { WarningList } from './WarningList.tsx';
import { WorkerTable } from './WorkerTable.tsx';

/** The parts of the installation: its version, its script host, its workers and its queues. */
export function SystemPage() {
  const { data, error, refetch, dataUpdatedAt } = useOperation(SystemPage_Query, {}, { staleTime: 0 });
  useRunChanges({}, data?.feedCursor, refetch);
  // No run changes when a worker ends that executes none, or when a queue gets its worker.
  const { data: live } = useWatch(SystemPage_Watch, {});
  const unserved = live?.runStats.unservedQueues.map(({ queue }) => queue).join(' ');
  useEffect(() => {
    if (unserved !== undefined) void refetch();
  }, [unserved, refetch]);
  useWhenLiveAgain(() => void refetch());
  const system = data?.system;
  return (
    <Page
      title="System"
      actions={
        <Button size="xs" variant="default" onClick={() => void refetch()}>
          Reload
        </Button>
      }
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!system && !error && <Skeleton height={240} />}
      {system && (
        <>
          <WarningList warnings={systemWarnings(system, dataUpdatedAt)} />
          <dl className={classes.facts}>
            <Fact name="Version">{system.version}</Fact>
            <Fact name="Script host">
              {system.runner.kind === 'ECHO'
                ? 'none: the echo runner returns the inputs'
                : system.runner.host}
            </Fact>
            <Fact name="Workers">{formatCount(system.workers.length)}</Fact>
            <Fact name="Feed">
              {system.feedLagMs === 0
                ? 'nothing is held back'
                : `held back for ${formatDuration(system.feedLagMs)}`}
            </Fact>
            <Fact name="Retention">
              {system.retentionDays
                ? `runs are deleted after ${system.retentionDays} days`
                : 'runs are never deleted'}
            </Fact>
            <Fact name="Read at">
              <Moment at={system.now} /> by the clock of the database
            </Fact>
          </dl>
          <Card label="Queues">
            <Title order={2} p="md" pb="xs">
              Queues
            </Title>
            <QueueTable queues={system.queues} />
          </Card>
          <Card label="Workers">
            <Title order={2} p="md" pb="xs">
              Workers
            </Title>
            <WorkerTable workers={system.workers} />
          </Card>
          <Text size="xs" c="dimmed">
            These figures are read again when a run changes, when a queue loses or gets its workers, and by
            the button Reload.
          </Text>
        </>
      )}
    </Page>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const SystemPage_Watch = graphql(`
  subscription SystemPage_Watch {
    runStats {
      unservedQueues {
        queue
      }
    }
  }
`);

const SystemPage_Query = graphql(`
  query SystemPage_Query {
    feedCursor
    system {
      version
      now
      feedLagMs
      retentionDays
      runner {
        kind
        host
      }
      workers {
        ...WorkerTable_Worker
      }
      queues {
        name
        isServed
        oldestDueSeconds
        ...QueueTable_Queue
      }
    }
  }
`);
