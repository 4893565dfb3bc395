import { z } from 'zod';
import {
  boolean,
  flag,
  list,
  matching,
  number,
  originOf,
  proxy,
  type SecretKey,
  secretKeysOf,
  text,
  url,
  wholeNumber,
} from './config-values.ts';
import { databaseUrl } from './database-url.ts';
import { jwtIssuersSetting, oidcSetting } from './issuer-config.ts';
import { signingKeyOf } from './signing-secret.ts';
import { telemetryVariables } from './telemetry-config.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The environment variables that configure the service: their form, their defaults, and what an invalid one must be. */
export const variables = z.object({
  DATABASE_URL: databaseUrl('for the embedded PostgreSQL').optional(),
  DATABASE_REPLICA_URLS: list(
    url(/^postgres(ql)?$/, ''),
    'must be URLs of one server each with commas between them, such as postgresql://user:password@replica:5432/database',
  ),
  JOURNEY_RUNTIME_LISTEN_DATABASE_URL: databaseUrl('to listen by DATABASE_URL').optional(),
  JOURNEY_RUNTIME_MIGRATE: boolean(true),
  JOURNEY_RUNTIME_DATA_DIR: text.optional(),
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: matching(/^[\w.:-]+$/, 'must be a host name or an IP address, such as 127.0.0.1').default(
    '127.0.0.1',
  ),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  JOURNEY_RUNTIME_CORS_ORIGINS: list(
    z.string().transform(originOf).pipe(z.string()),
    'must be origins with commas between them, such as https://admin.example,http://localhost:3000',
  ),
  JOURNEY_RUNTIME_HOSTS: list(
    z
      .string()
      .toLowerCase()
      .regex(/^[\w-]+(\.[\w-]+)*$/),
    'must be host names without ports, with commas between them, such as journeys.example,api.internal',
  ),
  JOURNEY_RUNTIME_TRUSTED_PROXIES: list(
    z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]),
    'must be IP addresses or CIDR ranges with commas between them, such as 10.0.0.0/8,192.168.1.5',
  ),
  JOURNEY_RUNTIME_METRICS_PORT: wholeNumber(0, 65_535).optional(),
  ...telemetryVariables,
  JOURNEY_RUNTIME_DRAIN_SECONDS: number(0, 300).default(0),
  JOURNEY_RUNTIME_TRUSTED_DOCUMENTS: text.optional(),
  JOURNEY_RUNTIME_INTROSPECTION: boolean(true),
  JOURNEY_RUNTIME_GRAPHIQL: flag.optional(),
  // An address may use a 50th of it, which must suffice for the most expensive operation.
  JOURNEY_RUNTIME_CLIENT_COST_PER_MINUTE: wholeNumber(2_000_000, 1_000_000_000).default(20_000_000),
  // With fewer, a pool would have a single connection, which one statement could occupy.
  JOURNEY_RUNTIME_API_CONNECTIONS: wholeNumber(9, 500).default(18),
  JOURNEY_RUNTIME_WORKER_CONNECTIONS: wholeNumber(9, 500).default(19),
  JOURNEY_RUNTIME_WORKER_ENABLED: boolean(true),
  JOURNEY_RUNTIME_WORKER_PORT: wholeNumber(0, 65_535).optional(),
  JOURNEY_RUNTIME_CONSOLE_ENABLED: boolean(true),
  JOURNEY_RUNTIME_TASK_QUEUE: matching(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'must be up to 64 letters, digits, dots, dashes and underscores, such as journey-runtime',
  ).default('journey-runtime'),
  JOURNEY_RUNTIME_POLL_INTERVAL_SECONDS: number(0.1, 3600).default(5),
  JOURNEY_RUNTIME_BATCH_SIZE: wholeNumber(1, 1000).default(10),
  JOURNEY_RUNTIME_RUNNER_URL: url(
    /^https?$/,
    'must be an http or https URL, or unset for the echo runner',
  ).optional(),
  JOURNEY_RUNTIME_RUNNER_API_KEY: matching(
    /^[\x21-\x7e]+$/,
    'must be printable ASCII without spaces, as a bearer token is',
  ).optional(),
  JOURNEY_RUNTIME_RUNNER_TIMEOUT_SECONDS: number(0.1, 3600).default(30),
  JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET: text
    .transform((value) => value.split(/[,\s]+/).filter(Boolean))
    .refine((secrets) => secrets.every((secret) => signingKeyOf(secret) !== null), {
      error:
        'must be whsec_ followed by 24 to 64 random bytes in base64, or whsk_ followed by an ed25519 private key and its public key in base64, as Standard Webhooks requires; several have commas between them',
    })
    .default([]),
  JOURNEY_RUNTIME_SECRET_KEYS: text
    .transform(secretKeysOf)
    .pipe(
      z.array(z.custom<SecretKey>(), {
        error:
          'must be keys with commas between them, each an id, a colon and 32 bytes in base64, such as key-1: followed by the output of "openssl rand -base64 32"; no id may repeat',
      }),
    )
    .default([]),
  JOURNEY_RUNTIME_RETENTION_DAYS: number(0.01, 36_500).optional(),
  JOURNEY_RUNTIME_AUDIT_RETENTION_DAYS: wholeNumber(30, 36_500).default(400),
  JOURNEY_RUNTIME_ENVIRONMENT: matching(
    /^[a-z0-9]{1,16}$/,
    'must be 1 to 16 lower-case letters and digits, such as live or test',
  ).default('live'),
  JOURNEY_RUNTIME_JWT_ISSUERS: jwtIssuersSetting,
  JOURNEY_RUNTIME_OIDC: oidcSetting,
  HTTP_PROXY: proxy,
  http_proxy: proxy,
  HTTPS_PROXY: proxy,
  https_proxy: proxy,
  NO_PROXY: text.optional(),
  no_proxy: text.optional(),
  npm_lifecycle_event: text.optional(),
});
