import type { z } from 'zod';
import { StartupError } from '../errors.ts';
import type { SecretKey } from './config-values.ts';
import type { JwtIssuer, OidcSettings } from './issuer-config.ts';
import { withSecretFiles } from './secret-files.ts';
import { type TelemetrySettings, telemetrySettings } from './telemetry-config.ts';
import { type LOG_LEVELS, variables } from './variables.ts';

/** The configuration from environment variables; null where a variable is unset and has no default. */
export type Config = TelemetrySettings & {
  /** The URL of the database; null: an embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | null;
  /** The URLs of streaming replicas for operations that only read. */
  replicaDatabaseUrls: readonly string[];
  /** The URL of the same database for connections that receive notifications; null: databaseUrl. */
  listenDatabaseUrl: string | null;
  /** Whether a start applies pending migrations; otherwise it fails when there are any. */
  migrates: boolean;
  /** The folder of the embedded PostgreSQL; null: the folder that data-dir.ts chooses. */
  dataDir: string | null;
  /** The port of the HTTP server; 0: any free port. */
  port: number;
  host: string;
  /** The port of the API's own /metrics; null: it has none. */
  metricsPort: number | null;
  /** How long a stopping API goes on serving while /readyz says so, for load balancers to notice. */
  drainSeconds: number;
  logLevel: LogLevel;
  /** Pages of these origins may call the API, such as https://admin.example. */
  corsOrigins: readonly string[];
  /** The names by which clients reach the service, besides localhost and IP addresses. */
  hosts: readonly string[];
  /** The IP addresses and CIDR ranges of proxies whose X-Forwarded-For, -Host and -Proto are used. */
  trustedProxies: readonly string[];
  /** The cost of the operations that a principal may send in a minute; an address without one, a 50th. */
  clientCostPerMinute: number;
  /** A file with the only documents that clients may send, by their hashes; null: clients may send any. */
  trustedDocuments: string | null;
  /** Whether clients with the right to read the catalogue may read the schema: by introspection and at /schema.graphql. */
  introspection: boolean;
  /** Whether browsers get GraphiQL; null: only while the service is open. */
  graphiql: boolean | null;
  /** The most connections to PostgreSQL that an API process opens. */
  apiConnections: number;
  /** The most connections to PostgreSQL that a worker process opens. */
  workerConnections: number;
  workerEnabled: boolean;
  /** The port of a worker's own /livez, /readyz and /metrics; null: it has none. */
  workerPort: number | null;
  /** Whether this process serves the console, and builds it when it is missing. */
  consoleEnabled: boolean;
  /** Part of the task's name, so that a worker serves only its own queue. */
  taskQueue: string;
  pollIntervalSeconds: number;
  /** Runs that a worker process executes at once, at most. */
  batchSize: number;
  /** The URL of the script runner; null: the echo runner. */
  runnerUrl: string | null;
  runnerApiKey: string | null;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, if set, for calls of the runner. */
  proxyEnv: Record<string, string>;
  /** The time limit of an attempt, for components that set none. */
  runnerTimeoutSeconds: number;
  /** Each of them signs requests to the script runner. */
  runnerSigningSecrets: readonly string[];
  /** The keys of stored secrets: the first encrypts, all of them decrypt. */
  secretKeys: readonly SecretKey[];
  /** Terminal runs older than this are deleted; null: runs are never deleted. */
  retentionDays: number | null;
  /** Entries of the audit log older than this are deleted. */
  auditRetentionDays: number;
  /** The environment that is part of API keys. Keys of other environments are rejected. */
  environment: string;
  /** The issuers whose tokens authenticate clients. */
  jwtIssuers: readonly JwtIssuer[];
  /** The provider at which people sign in; null: they sign in with an API key. */
  oidc: OidcSettings | null;
  /** Whether npm started the process. npm does not pass on every signal. */
  startedByNpm: boolean;
};

export type LogLevel = (typeof LOG_LEVELS)[number];

/** @throws StartupError that names every invalid variable at once, without values, since they may be secret. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  // Compose files and CI systems set variables to the empty string for "unset".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const files = withSecretFiles(given);
  const parsed = variables.safeParse(files.env);
  const found = parsed.success
    ? [...credentialMistakes(parsed.data), ...furtherUrlMistakes(parsed.data)]
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const mistakes = [...files.mistakes, ...found];
  if (mistakes.length > 0 || !parsed.success)
    throw new StartupError(`Invalid environment: ${mistakes.join('; ')}.`);
  const value = parsed.data;
  return {
    databaseUrl: value.DATABASE_URL ?? null,
    replicaDatabaseUrls: value.DATABASE_REPLICA_URLS,
    listenDatabaseUrl: value.JOURNEY_RUNTIME_LISTEN_DATABASE_URL ?? null,
    migrates: value.JOURNEY_RUNTIME_MIGRATE,
    dataDir: value.JOURNEY_RUNTIME_DATA_DIR ?? null,
    port: value.PORT,
    host: value.HOST,
    metricsPort: value.JOURNEY_RUNTIME_METRICS_PORT ?? null,
    ...telemetrySettings(value),
    drainSeconds: value.JOURNEY_RUNTIME_DRAIN_SECONDS,
    logLevel: value.LOG_LEVEL,
    corsOrigins: value.JOURNEY_RUNTIME_CORS_ORIGINS,
    hosts: value.JOURNEY_RUNTIME_HOSTS,
    trustedProxies: value.JOURNEY_RUNTIME_TRUSTED_PROXIES,
    clientCostPerMinute: value.JOURNEY_RUNTIME_CLIENT_COST_PER_MINUTE,
    trustedDocuments: value.JOURNEY_RUNTIME_TRUSTED_DOCUMENTS ?? null,
    introspection: value.JOURNEY_RUNTIME_INTROSPECTION,
    graphiql: value.JOURNEY_RUNTIME_GRAPHIQL ?? null,
    apiConnections: value.JOURNEY_RUNTIME_API_CONNECTIONS,
    workerConnections: value.JOURNEY_RUNTIME_WORKER_CONNECTIONS,
    workerEnabled: value.JOURNEY_RUNTIME_WORKER_ENABLED,
    workerPort: value.JOURNEY_RUNTIME_WORKER_PORT ?? null,
    consoleEnabled: value.JOURNEY_RUNTIME_CONSOLE_ENABLED,
    taskQueue: value.JOURNEY_RUNTIME_TASK_QUEUE,
    pollIntervalSeconds: value.JOURNEY_RUNTIME_POLL_INTERVAL_SECONDS,
    batchSize: value.JOURNEY_RUNTIME_BATCH_SIZE,
    runnerUrl: value.JOURNEY_RUNTIME_RUNNER_URL ?? null,
    runnerApiKey: value.JOURNEY_RUNTIME_RUNNER_API_KEY ?? null,
    proxyEnv: proxyEnv(value),
    runnerTimeoutSeconds: value.JOURNEY_RUNTIME_RUNNER_TIMEOUT_SECONDS,
    runnerSigningSecrets: value.JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET,
    secretKeys: value.JOURNEY_RUNTIME_SECRET_KEYS,
    retentionDays: value.JOURNEY_RUNTIME_RETENTION_DAYS ?? null,
    auditRetentionDays: value.JOURNEY_RUNTIME_AUDIT_RETENTION_DAYS,
    environment: value.JOURNEY_RUNTIME_ENVIRONMENT,
    jwtIssuers: value.JOURNEY_RUNTIME_JWT_ISSUERS,
    oidc: value.JOURNEY_RUNTIME_OIDC ?? null,
    startedByNpm: value.npm_lifecycle_event !== undefined,
  };
}

function credentialMistakes(value: z.infer<typeof variables>): string[] {
  const url = URL.parse(value.JOURNEY_RUNTIME_RUNNER_URL ?? '');
  if (!url || !(url.username || url.password) || value.JOURNEY_RUNTIME_RUNNER_API_KEY === undefined)
    return [];
  return [
    'JOURNEY_RUNTIME_RUNNER_URL has credentials, and JOURNEY_RUNTIME_RUNNER_API_KEY is set as well; both are sent as authorization, so set one of them',
  ];
}

function furtherUrlMistakes(value: z.infer<typeof variables>): string[] {
  if (value.DATABASE_URL !== undefined) return [];
  const further = {
    JOURNEY_RUNTIME_LISTEN_DATABASE_URL: value.JOURNEY_RUNTIME_LISTEN_DATABASE_URL !== undefined,
    DATABASE_REPLICA_URLS: value.DATABASE_REPLICA_URLS.length > 0,
  };
  return Object.entries(further).flatMap(([name, isSet]) =>
    isSet ? [`${name} is set without DATABASE_URL; set both or none`] : [],
  );
}

/** The proxy variables; as with curl, the lower-case name takes precedence. */
function proxyEnv(value: z.infer<typeof variables>): Record<string, string> {
  const named = {
    HTTP_PROXY: value.http_proxy ?? value.HTTP_PROXY,
    HTTPS_PROXY: value.https_proxy ?? value.HTTPS_PROXY,
    NO_PROXY: value.no_proxy ?? value.NO_PROXY,
  };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, string] => !!entry[1]));
}
