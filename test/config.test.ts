import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../src/config/config.ts';
import { StartupError } from '../src/errors.ts';
import { signingKeys } from './support/signing-keys.ts';

const DEFAULTS = {
  databaseUrl: null,
  replicaDatabaseUrls: [],
  listenDatabaseUrl: null,
  migrates: true,
  dataDir: null,
  port: 4000,
  host: '127.0.0.1',
  metricsPort: null,
  sendsMetrics: false,
  traces: null,
  drainSeconds: 0,
  logLevel: 'info',
  corsOrigins: [],
  hosts: [],
  trustedProxies: [],
  clientCostPerMinute: 20_000_000,
  trustedDocuments: null,
  introspection: true,
  graphiql: null,
  apiConnections: 18,
  workerConnections: 19,
  workerEnabled: true,
  workerPort: null,
  consoleEnabled: true,
  taskQueue: 'journey-runtime',
  pollIntervalSeconds: 5,
  batchSize: 10,
  runnerUrl: null,
  runnerApiKey: null,
  proxyEnv: {},
  runnerTimeoutSeconds: 30,
  runnerSigningSecrets: [],
  secretKeys: [],
  retentionDays: null,
  auditRetentionDays: 400,
  environment: 'live',
  jwtIssuers: [],
  oidc: null,
  startedByNpm: false,
};

test('an empty environment gives the defaults', () => {
  expect(loadConfig({})).toEqual(DEFAULTS);
});

test('an empty or blank variable counts as unset', () => {
  expect(loadConfig({ DATABASE_URL: '', PORT: ' ', JOURNEY_RUNTIME_RETENTION_DAYS: '' })).toEqual(DEFAULTS);
});

const ISSUER = {
  issuer: 'https://id.example',
  audience: 'journeys',
  jwksUrl: 'https://id.example/keys',
  rolesClaim: ['roles'],
};
const PROVIDER = {
  issuer: 'https://id.example',
  clientId: 'journeys',
  redirectUrl: 'https://journeys.example/auth/callback',
  rolesClaim: ['roles'],
};
const KEY = Buffer.alloc(32, 9).toString('base64');

test('every variable is read', () => {
  const { privateKey } = signingKeys();
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const config = loadConfig({
    DATABASE_URL: 'postgresql://shop:secret@db.example:6432/journeys?sslmode=require',
    DATABASE_REPLICA_URLS:
      'postgresql://shop:secret@r1.example/journeys, postgres://r2/journeys?sslmode=require',
    JOURNEY_RUNTIME_LISTEN_DATABASE_URL: 'postgresql://shop:secret@db.example/journeys',
    JOURNEY_RUNTIME_MIGRATE: '0',
    JOURNEY_RUNTIME_DATA_DIR: '/srv/journeys',
    PORT: '8080',
    HOST: '::1',
    LOG_LEVEL: 'debug',
    JOURNEY_RUNTIME_CORS_ORIGINS: 'https://Admin.example/, http://localhost:3000',
    JOURNEY_RUNTIME_HOSTS: 'Journeys.example,api',
    JOURNEY_RUNTIME_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    JOURNEY_RUNTIME_METRICS_PORT: '9464',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.1',
    JOURNEY_RUNTIME_DRAIN_SECONDS: '12',
    JOURNEY_RUNTIME_CLIENT_COST_PER_MINUTE: '2000000',
    JOURNEY_RUNTIME_TRUSTED_DOCUMENTS: '/etc/documents.json',
    JOURNEY_RUNTIME_INTROSPECTION: 'false',
    JOURNEY_RUNTIME_GRAPHIQL: '1',
    JOURNEY_RUNTIME_API_CONNECTIONS: '30',
    JOURNEY_RUNTIME_WORKER_CONNECTIONS: '9',
    JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
    JOURNEY_RUNTIME_WORKER_PORT: '9090',
    JOURNEY_RUNTIME_CONSOLE_ENABLED: 'false',
    JOURNEY_RUNTIME_TASK_QUEUE: 'backfill',
    JOURNEY_RUNTIME_POLL_INTERVAL_SECONDS: '0.5',
    JOURNEY_RUNTIME_BATCH_SIZE: '40',
    JOURNEY_RUNTIME_RUNNER_URL: 'https://scripts.example/run',
    JOURNEY_RUNTIME_RUNNER_API_KEY: 'key-1',
    JOURNEY_RUNTIME_RUNNER_TIMEOUT_SECONDS: '12.5',
    JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET: `${secret}, ${privateKey}`,
    JOURNEY_RUNTIME_SECRET_KEYS: `new:${KEY}, old-1:${KEY}`,
    JOURNEY_RUNTIME_RETENTION_DAYS: '90',
    JOURNEY_RUNTIME_ENVIRONMENT: 'test',
    JOURNEY_RUNTIME_JWT_ISSUERS: JSON.stringify([ISSUER]),
    JOURNEY_RUNTIME_OIDC: JSON.stringify(PROVIDER),
    HTTP_PROXY: 'http://overruled.example',
    http_proxy: 'proxy.example:3128',
    HTTPS_PROXY: 'https://user:pass@proxy.example',
    no_proxy: '.internal,127.0.0.1',
    npm_lifecycle_event: 'start',
    UNRELATED: 'kept out',
  });
  expect(config).toEqual({
    databaseUrl: 'postgresql://shop:secret@db.example:6432/journeys?sslmode=require',
    replicaDatabaseUrls: [
      'postgresql://shop:secret@r1.example/journeys',
      'postgres://r2/journeys?sslmode=require',
    ],
    listenDatabaseUrl: 'postgresql://shop:secret@db.example/journeys',
    migrates: false,
    dataDir: '/srv/journeys',
    port: 8080,
    host: '::1',
    metricsPort: 9464,
    sendsMetrics: true,
    traces: { share: 0.1, parentBased: true },
    drainSeconds: 12,
    logLevel: 'debug',
    corsOrigins: ['https://admin.example', 'http://localhost:3000'],
    hosts: ['journeys.example', 'api'],
    trustedProxies: ['10.0.0.0/8', '::1'],
    clientCostPerMinute: 2_000_000,
    trustedDocuments: '/etc/documents.json',
    introspection: false,
    graphiql: true,
    apiConnections: 30,
    workerConnections: 9,
    workerEnabled: false,
    workerPort: 9090,
    consoleEnabled: false,
    taskQueue: 'backfill',
    pollIntervalSeconds: 0.5,
    batchSize: 40,
    runnerUrl: 'https://scripts.example/run',
    runnerApiKey: 'key-1',
    proxyEnv: {
      HTTP_PROXY: 'http://proxy.example:3128',
      HTTPS_PROXY: 'https://user:pass@proxy.example',
      NO_PROXY: '.internal,127.0.0.1',
    },
    runnerTimeoutSeconds: 12.5,
    runnerSigningSecrets: [secret, privateKey],
    secretKeys: [
      { id: 'new', bytes: Buffer.alloc(32, 9) },
      { id: 'old-1', bytes: Buffer.alloc(32, 9) },
    ],
    retentionDays: 90,
    auditRetentionDays: 400,
    environment: 'test',
    jwtIssuers: [{ ...ISSUER, typ: 'at+jwt' }],
    oidc: { ...PROVIDER, scope: 'openid profile' },
    startedByNpm: true,
  });
});

test.each([
  [{}, null],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, { share: null, parentBased: true }],
  [
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/t', OTEL_TRACES_SAMPLER: 'always_off' },
    { share: 0, parentBased: false },
  ],
  [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://c:4318/m' }, null],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_TRACES_EXPORTER: 'none' }, null],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }, null],
])('traces of %j are recorded as %j', (env, traces) => {
  expect(loadConfig(env).traces).toEqual(traces);
});

test.each([
  ['DATABASE_URL', 'mysql://localhost/shop', /must be a URL such as postgresql:/],
  ['DATABASE_URL', 'localhost:5432', /must be a URL such as postgresql:/],
  ['JOURNEY_RUNTIME_LISTEN_DATABASE_URL', 'h1:5432', /must be a URL such as postgresql:/],
  ['JOURNEY_RUNTIME_LISTEN_DATABASE_URL', 'postgresql://db/x', /set without DATABASE_URL; set both or none/],
  ['DATABASE_REPLICA_URLS', 'postgresql://h1:5432,h2:5432/db', /must be URLs of one server each/],
  ['DATABASE_REPLICA_URLS', 'postgresql://db/x', /set without DATABASE_URL; set both or none/],
  ['JOURNEY_RUNTIME_MIGRATE', 'never', /must be true or false/],
  ['PORT', '65536', /must be a whole number from 0 to 65535/],
  ['PORT', 'http', /must be a whole number from 0 to 65535/],
  ['PORT', '80.5', /must be a whole number from 0 to 65535/],
  ['HOST', 'not a host', /must be a host name or an IP address/],
  ['LOG_LEVEL', 'loud', /must be one of trace, debug, info/],
  ['JOURNEY_RUNTIME_CORS_ORIGINS', '*', /must be origins with commas/],
  ['JOURNEY_RUNTIME_HOSTS', 'https://journeys.example', /must be host names without ports/],
  ['JOURNEY_RUNTIME_TRUSTED_PROXIES', '10.0.0.0/33', /must be IP addresses or CIDR ranges/],
  ['JOURNEY_RUNTIME_CLIENT_COST_PER_MINUTE', '1000', /must be a whole number from 2000000/],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', /must be http\/protobuf, or unset/],
  ['OTEL_TRACES_EXPORTER', 'zipkin', /must be otlp or none/],
  ['OTEL_TRACES_SAMPLER', 'sometimes', /must be one of always_on, always_off, traceidratio/],
  ['OTEL_TRACES_SAMPLER_ARG', '2', /must be a number from 0 to 1/],
  ['JOURNEY_RUNTIME_API_CONNECTIONS', '8', /must be a whole number from 9 to 500/],
  ['JOURNEY_RUNTIME_WORKER_ENABLED', 'maybe', /must be true or false/],
  ['JOURNEY_RUNTIME_TASK_QUEUE', 'a b', /must be up to 64 letters/],
  ['JOURNEY_RUNTIME_POLL_INTERVAL_SECONDS', '0', /must be a number from 0.1 to 3600/],
  ['JOURNEY_RUNTIME_BATCH_SIZE', '-1', /must be a whole number from 1 to 1000/],
  ['JOURNEY_RUNTIME_RUNNER_URL', 'ftp://scripts.example', /must be an http or https URL/],
  ['JOURNEY_RUNTIME_RUNNER_API_KEY', 'two words', /must be printable ASCII without spaces/],
  ['JOURNEY_RUNTIME_RUNNER_TIMEOUT_SECONDS', 'Infinity', /must be a number from 0.1 to 3600/],
  ['JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET', 'whsec_c2hvcnQ=', /must be whsec_ followed by 24 to 64/],
  [
    'JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET',
    `whsk_${Buffer.alloc(64, 1).toString('base64')}`,
    /whsk_ followed by an ed25519 private key/,
  ],
  ['JOURNEY_RUNTIME_SECRET_KEYS', KEY, /each an id, a colon and 32 bytes in base64/],
  ['JOURNEY_RUNTIME_SECRET_KEYS', 'short:c2hvcnQ=', /32 bytes in base64/],
  ['JOURNEY_RUNTIME_SECRET_KEYS', `same:${KEY},same:${KEY}`, /no id may repeat/],
  ['JOURNEY_RUNTIME_RETENTION_DAYS', 'forever', /must be a number from/],
  ['https_proxy', 'socks5://proxy.example', /must be an http or https URL/],
])('%s=%s is refused with what would be right', (name, value, fix) => {
  const load = () => loadConfig({ [name]: value });
  expect(load).toThrow(StartupError);
  expect(load).toThrow(name);
  expect(load).toThrow(fix);
});

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-config-'));
  const path = join(folder, 'url');
  const url = 'postgresql://shop:secret@db.example/journeys';
  writeFileSync(path, `${url}\n`);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read as if it were in the variable', () => {
    expect(loadConfig({ DATABASE_URL_FILE: path })).toEqual(loadConfig({ DATABASE_URL: url }));
    writeFileSync(join(folder, 'other'), 'mysql://hidden');
    const load = () => loadConfig({ DATABASE_URL_FILE: join(folder, 'other') });
    expect(load).toThrow(/DATABASE_URL must be a URL such as postgresql:/);
    expect(load).not.toThrow('hidden');
  });

  test.each([
    [{ DATABASE_URL_FILE: path, DATABASE_URL: url }, /DATABASE_URL_FILE is set beside DATABASE_URL; set one/],
    [
      { DATABASE_URL_FILE: `${path}-missing` },
      /DATABASE_URL_FILE names a file that cannot be read \(ENOENT\)/,
    ],
  ])('is refused where it is unclear: %j', (env, message) => {
    expect(() => loadConfig(env)).toThrow(message);
  });
});

test('all mistakes are named at once, in one line that repeats no value', () => {
  const load = () => loadConfig({ PORT: 'x', LOG_LEVEL: 'y', JOURNEY_RUNTIME_RUNNER_API_KEY: 'top secret' });
  expect(load).toThrow(/^Invalid environment: PORT .*; LOG_LEVEL .*; JOURNEY_RUNTIME_RUNNER_API_KEY [^\n]*$/);
  expect(load).not.toThrow('top secret');
});

test('a runner URL with credentials is refused beside an API key, for both are sent as authorization', () => {
  const url = { JOURNEY_RUNTIME_RUNNER_URL: 'https://user:hidden@scripts.example/run' };
  expect(loadConfig(url).runnerUrl).toBe(url.JOURNEY_RUNTIME_RUNNER_URL);
  const load = () => loadConfig({ ...url, JOURNEY_RUNTIME_RUNNER_API_KEY: 'key-1' });
  expect(load).toThrow(/set one of them/);
  expect(load).not.toThrow('hidden');
});
