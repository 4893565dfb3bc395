import { Button, Skeleton, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useRunChanges } from '../live/use-run-changes.ts';
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
            <Fact name="Time of the database">
              <Moment at={system.now} />
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
            These figures are read again when a run changes, and by the button Reload.
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
