import type pg from 'pg';
import type { EventFeed } from '../feed/live/event-feed.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import { queueDepths } from '../reads/queue-depths.ts';
import type { ReadDatabases } from '../reads/replicas/read-databases.ts';
import { liveWorkers } from '../reads/workers.ts';
import { gauge } from '../telemetry/instruments.ts';
import type { Readiness } from './readiness.ts';

export type ApiGauges = {
  pool: pg.Pool;
  feed: EventFeed;
  reads: ReadDatabases;
  readiness: () => Promise<Readiness>;
};

/** Registers the gauges of an API process, and of the database's state, which every API process reports. */
export function addApiGauges({ pool, feed, reads, readiness }: ApiGauges): void {
  gauge('journey_ready', 'Whether each check of /readyz is ok.', async () => {
    const { checks } = await readiness();
    return Object.entries(checks).map(([check, state]) => ({
      value: state === 'ok' ? 1 : 0,
      attributes: { check },
    }));
  });
  gauge('journey_feed_held_seconds', 'How long a transaction in progress has held events back.', () => [
    { value: (feed.figures().held?.ms ?? 0) / 1_000 },
  ]);
  gauge('journey_feed_lag_seconds', 'How late subscribers get events at the worst.', () => {
    const { held, unreadMs } = feed.figures();
    return [{ value: Math.max(held?.ms ?? 0, unreadMs) / 1_000 }];
  });
  gauge('journey_feed_listening', 'Whether the feed hears of new events at once.', () => [
    { value: feed.figures().isListening ? 1 : 0 },
  ]);
  gauge('journey_replica_used', 'Whether queries are sent to a replica.', () =>
    reads.replicas().map(({ name, state }) => ({
      value: state === 'ok' ? 1 : 0,
      attributes: { replica: name },
    })),
  );
  gauge('journey_replica_behind_bytes', "How much of the primary's log a replica has not replayed.", () =>
    reads
      .replicas()
      .flatMap(({ name, behindBytes }) =>
        behindBytes === null ? [] : [{ value: behindBytes, attributes: { replica: name } }],
      ),
  );
  gauge('journey_queue_depth', `Runs that wait in a queue, counted up to ${DEPTH_AT_MOST}.`, async () =>
    (await queueDepths(pool, DEPTH_AT_MOST)).map(({ name, queued }) => ({
      value: queued,
      attributes: { queue: name ?? '' },
    })),
  );
  gauge('journey_queue_oldest_due_seconds', 'How long the oldest due run of a queue has waited.', async () =>
    (await queueDepths(pool, 1)).map(({ name, oldestDueSeconds }) => ({
      value: Math.max(oldestDueSeconds ?? 0, 0),
      attributes: { queue: name ?? '' },
    })),
  );
  gauge('journey_workers_alive', 'Workers with a live heartbeat.', async () => [
    { value: (await liveWorkers(pool)).length },
  ]);
  gauge('journey_database_bytes', 'The size of the database.', async () => [
    { value: (await rowsOf(pool, SIZE))[0]!.bytes },
  ]);
}

const DEPTH_AT_MOST = 100_000;

const SIZE = statement({
  name: 'database-size',
  text: 'select pg_database_size(current_database())::float8 as bytes',
  columns: { bytes: 'float8' },
});
