import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine } from '../command-line.ts';
import type { Config } from '../config/config.ts';
import { isEmpty, seedDemo } from '../demo/seed.ts';
import { checkIdentity } from '../identity/login/identity.ts';
import type { Logger } from '../logger.ts';
import { apiConnections, freeConnections } from '../postgres/connection-budget.ts';
import { type Database, openDatabase } from '../postgres/database.ts';
import { startEmbedded } from '../postgres/embedded/embedded.ts';
import { serverOf } from '../postgres/unusable.ts';
import { startTelemetry } from '../telemetry/start-telemetry.ts';
import { buildConsole } from './console-build.ts';
import { prepareDatabase } from './prepare-database.ts';
import { startServices } from './services.ts';
import { answerWhileStarting } from './starting-server.ts';
import { metricsRoute, startStatusServer } from './status-server.ts';
import { superviseWorker } from './supervisor.ts';

/** The started parts and their addresses, by label. */
type Facts = {
  console?: string;
  graphql: string;
  postgresql: string;
  worker: string;
  access: string;
  try: string;
};

export type Serving = {
  facts: Facts;
  /** Stops the API and the worker, then the embedded PostgreSQL. Takes 9 seconds at most. */
  stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL if no database is configured, the API, and the worker in its own process, which gets
 * `env`.
 *
 * @throws StartupError when something cannot be started; everything started until then is stopped
 */
export async function serve(config: Config, env: NodeJS.ProcessEnv, logger: Logger): Promise<Serving> {
  const started = new AsyncDisposableStack();
  try {
    const embedded = config.databaseUrl === null ? await startEmbedded(config) : null;
    if (embedded) started.defer(embedded.stop);
    const starting = answerWhileStarting(config.host, config.port);
    started.defer(starting.stop);
    const { url, listenUrl, applied } = await prepareDatabase(config, embedded, logger, starting.report);
    if (applied.length > 0) logger.info({ applied }, 'migrated the database');

    const db = openDatabase({ url, listenUrl, maxConnections: apiConnections(config.apiConnections).main });
    started.defer(db.close);
    await checkConnections(db, config, logger);
    await checkIdentity(config, db.pool);
    const worker = config.workerEnabled
      ? superviseWorker({
          modulePath: MAIN,
          args: ['worker'],
          env: embedded ? { ...env, DATABASE_URL: embedded.url, JOURNEY_RUNTIME_MIGRATE: 'false' } : env,
          logger,
        })
      : null;
    const stopWorker = async () => worker?.stop(WORKER_GRACE_MS);
    started.defer(stopWorker);
    // Loading GraphQL takes a second; the worker loads its own modules meanwhile.
    const { startServer } = await import('./http-server.ts');

    const { host, metricsPort } = config;
    const telemetry = await startTelemetry(config, { isScraped: metricsPort !== null });
    started.defer(telemetry.stop);
    const services = await startServices(config, db, logger);
    started.defer(services.stop);
    if (telemetry.scrape && metricsPort !== null) {
      const variables = { host: 'HOST', port: 'JOURNEY_RUNTIME_METRICS_PORT' };
      const routes = { '/metrics': metricsRoute(telemetry.scrape) };
      const status = await startStatusServer({ host, port: metricsPort, variables }, routes, logger);
      started.defer(status.stop);
      logger.info({ address: `${status.url}/metrics` }, 'the API reports metrics');
    }
    const isNew = embedded !== null && (await isEmpty(db));
    if (isNew) await seedDemo(db, config.taskQueue, services.enqueue);

    await starting.stop();
    const server = await startServer(config, services, logger);
    started.defer(async () => {
      await Promise.all([server.stop(), stopWorker()]);
    });

    if (config.consoleEnabled) {
      const building = new AbortController();
      started.defer(async () => building.abort());
      void buildConsole(logger, building.signal);
    }

    const database = embedded ? `embedded, in ${embedded.dataDir}` : serverOf(url);
    const isOpen = services.identity.isOpen();
    return {
      facts: describe(config, server.url, { database, isNew, isOpen }),
      stop: () => started.disposeAsync(),
    };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

/** The program's file: main.ts in a clone, main.js in the package. */
const MAIN = fileURLToPath(new URL(`../main${extname(import.meta.url)}`, import.meta.url));
/** The worker's share of the ten seconds of a stop; the rest is for the embedded PostgreSQL. */
const WORKER_GRACE_MS = 6_500;

async function checkConnections(db: Database, config: Config, logger: Logger): Promise<void> {
  const needed = config.apiConnections + (config.workerEnabled ? config.workerConnections : 0);
  const free = await freeConnections(db.pool);
  if (free >= needed) return;
  logger.warn(
    { free, needed },
    "PostgreSQL has too few connections left for this process at full load; raise the server's max_connections, end other clients, or lower JOURNEY_RUNTIME_API_CONNECTIONS and JOURNEY_RUNTIME_WORKER_CONNECTIONS",
  );
}

type Started = { database: string; isNew: boolean; isOpen: boolean };

function describe(config: Config, url: string, { database, isNew, isOpen }: Started): Facts {
  const runner = config.runnerUrl
    ? withoutCredentials(config.runnerUrl)
    : 'echo, which returns its inputs (JOURNEY_RUNTIME_RUNNER_URL is not set)';
  const query = '{"query":"{ products { nodes { sku title recentRuns { status } } } }"}';
  return {
    ...(config.consoleEnabled ? { console: `${url}/` } : {}),
    graphql: `${url}/graphql (HTTP, WebSocket, SSE${(config.graphiql ?? isOpen) ? '; open it in a browser for GraphiQL' : ''})`,
    postgresql: `${database}${isNew ? ', with a demo catalogue' : ''}`,
    worker: `${config.workerEnabled ? `a process of its own, runner: ${runner}` : 'not here (JOURNEY_RUNTIME_WORKER_ENABLED is false)'}`,
    access: isOpen
      ? `open: every program on this machine may do everything, until \`${commandLine('key create')}\` makes the first key`
      : `by API key (${commandLine('key list')})`,
    try: `curl -s ${url}/graphql ${isOpen ? '' : "-H 'authorization: Bearer jrk_…' "}-H 'content-type: application/json' -d '${query}'`,
  };
}

/** The lines for a terminal. */
export const bannerOf = (facts: Facts): string[] => [
  'Journey Runtime is running.',
  ...Object.entries(facts).map(([label, fact]) => `  ${(LABELS[label] ?? label).padEnd(10)}  ${fact}`),
  'Press Ctrl-C to stop.',
];
const LABELS: Record<string, string> = {
  console: 'Console',
  graphql: 'GraphQL',
  postgresql: 'PostgreSQL',
  worker: 'Worker',
  access: 'Access',
  try: 'Try',
};

/** The URL without credentials, which may be before the host or in the query. */
function withoutCredentials(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
