import { Rejections, recordRejections } from '../audit/rejections.ts';
import { createBulkWatch } from '../bulk/watch.ts';
import type { Config } from '../config/config.ts';
import { createDoorbell, thenRing } from '../feed/live/doorbell.ts';
import { createEventFeed } from '../feed/live/event-feed.ts';
import type { Services } from '../graphql/context.ts';
import { COUNT_AT_MOST } from '../graphql/selection/page.ts';
import { Proxies } from '../http/proxies.ts';
import { startIdentity } from '../identity/login/identity.ts';
import { Clients } from '../limits/clients.ts';
import type { Logger } from '../logger.ts';
import { syncClock } from '../postgres/clock.ts';
import { apiConnections } from '../postgres/connection-budget.ts';
import { applicationName } from '../postgres/connection-config.ts';
import { type Database, openPool } from '../postgres/database.ts';
import { openStatementPool } from '../postgres/statement-pool.ts';
import { createReadRun } from '../reads/read-run.ts';
import { openReadDatabases } from '../reads/replicas/read-databases.ts';
import { watchedCounts } from '../reads/run-counts.ts';
import { watchedStats } from '../reads/run-stats.ts';
import { createFiguresWatch } from '../reads/watch-figures.ts';
import { createEnqueue } from '../runs/enqueue/enqueue-batch.ts';
import { addPoolGauges } from '../telemetry/pool-gauges.ts';
import { addApiGauges } from './api-gauges.ts';
import { apiReadiness } from './health.ts';
import { measured } from './measured-enqueue.ts';
import type { Readiness } from './readiness.ts';
import { watchSettings } from './settings-watch.ts';
import { createWriteCheck } from './write-check.ts';

/**
 * Starts the services that the API's resolvers and its health checks use, for one process. `stop` ends the feed and closes the connections
 * that it opened.
 */
export async function startServices(
  config: Config,
  db: Database,
  logger: Logger,
): Promise<Services & { readiness: () => Promise<Readiness>; stop: () => Promise<void> }> {
  const connections = apiConnections(config.apiConnections);
  const statementPool = openStatementPool(db.url, connections.enqueue);
  const ring = createDoorbell(db.pool, logger);
  const enqueue = measured(createEnqueue(statementPool, config.taskQueue), config.taskQueue);
  const pool = openPool(db.url, {
    max: connections.subscriptions,
    application_name: applicationName('subscriptions'),
  });
  const clock = await syncClock(pool, logger);
  const settings = watchSettings(pool, logger);
  const feed = createEventFeed({ url: db.listenUrl, pool, logger });
  await feed.start();
  // The first query compiles the engine of Prisma, which delays all clients by 100 ms or more.
  await db.prisma.feed.findFirst({ select: { era: true } });
  const watch = createFiguresWatch(feed);
  const writes = createWriteCheck(db.pool, config.taskQueue);
  const rejections = new Rejections(db.pool);
  const recording = recordRejections(rejections, logger);
  const identity = await startIdentity(config, db.pool, logger);
  const proxies = new Proxies(config.trustedProxies);
  const reads = openReadDatabases({
    primary: db,
    pool,
    urls: config.replicaDatabaseUrls,
    maxConnections: connections.main,
    logger,
  });
  const readiness = () => apiReadiness({ pool: db.pool, feed, writes, reads, config });
  addApiGauges({ pool, feed, reads, readiness });
  addPoolGauges({ api: db.pool, enqueue: statementPool, subscriptions: pool });
  return {
    config,
    db,
    watchDb: { ...db, pool },
    reads,
    identity,
    rejections,
    clients: new Clients(config.clientCostPerMinute),
    addressOf: (req) => proxies.addressOf(req),
    enqueue: (request) =>
      thenRing(ring, writes.watch(enqueue(request)), (result) => result.ok && !result.value.deduplicated),
    readRun: createReadRun(statementPool),
    watchBulkOperation: createBulkWatch(pool),
    feed,
    watchStats: watch(watchedStats(pool)),
    watchCounts: watch(watchedCounts(pool, COUNT_AT_MOST + 1)),
    ring,
    readiness,
    async stop() {
      await identity.stop();
      await recording.stop();
      await rejections.record().catch((err) => logger.warn({ err }, 'the last rejections were not recorded'));
      await feed.stop();
      await Promise.all([clock.stop(), settings.stop(), reads.stop()]);
      await statementPool.end();
      await pool.end();
    },
  };
}
