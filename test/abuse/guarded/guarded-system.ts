import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { migrate } from '../../../src/postgres/migrations/migrate.ts';
import { runCommand } from '../../support/command.ts';
import { type ApiProcess, type ServiceProcess, startApi, startWorker } from '../api-process.ts';

const canary = (name: string) => `canary${name}${randomBytes(12).toString('hex')}`;

/** The secrets that nobody may find outside of the calls to the script host. */
export const CANARIES = {
  stored: canary('stored'),
  literal: canary('literal'),
  runnerKey: canary('runner'),
  signing: randomBytes(32).toString('base64'),
  secretKey: randomBytes(32).toString('base64'),
};

type Role = 'ADMIN' | 'VIEWER' | 'CHECKOUT';

// biome-ignore lint/suspicious/noExplicitAny: an attack says by its checks what an answer holds.
export type Answer = { data?: any; errors?: { message: string; extensions?: { code?: string } }[] };

/** The service with identity, a worker and a script host that gives back what it gets. */
export type GuardedSystem = {
  api: ApiProcess;
  worker: ServiceProcess;
  keys: Record<Role, string>;
  principals: Record<Role, string>;
  database: pg.Pool;
  databasePassword: string;
  /** Sends an operation, and returns its only result, or the first one as an event stream has it. */
  ask(credential: string, query: string, variables?: object, isStream?: boolean): Promise<Answer>;
  /** All that the service has answered to `ask`. */
  answers: string[];
  stop(): Promise<void>;
};

/** How the script host answers, by the mode that a run names in its metadata. */
const MODES: Record<string, (request: IncomingMessage, body: string, response: ServerResponse) => void> = {
  body: (_, body, response) => response.end(body),
  headers: ({ rawHeaders }, _, response) => response.end(JSON.stringify(rawHeaders)),
  base64: (_, body, response) =>
    response.end(
      JSON.stringify(['', 'x', 'xx'].map((before) => Buffer.from(before + body).toString('base64'))),
    ),
  hex: (_, body, response) => response.end(JSON.stringify(Buffer.from(body).toString('hex'))),
  upper: (_, body, response) => response.end(JSON.stringify(body.toUpperCase())),
  keys: (_, body, response) => response.end(JSON.stringify(withKeys(JSON.parse(body).inputs))),
  url: (_, body, response) => response.end(JSON.stringify(`/?q=${encodeURIComponent(body)}`)),
  failure: ({ rawHeaders }, body, response) => response.writeHead(500).end(rawHeaders.join('\n') + body),
  rejection: ({ rawHeaders }, body, response) => response.writeHead(422).end(rawHeaders.join('\n') + body),
  broken: ({ rawHeaders }, body, response) => response.end(`{"a": ${rawHeaders.join()}${body}`),
  encoding: ({ headers }, _, response) =>
    response.writeHead(200, { 'content-encoding': String(headers.authorization) }).end('{}'),
};
export const HOST_MODES = Object.keys(MODES);

const withKeys = (inputs: Record<string, unknown>) =>
  Object.fromEntries(Object.values(inputs).map((value) => [String(value), true]));

export async function startGuardedSystem(ownerUrl: string, heapMiB: number): Promise<GuardedSystem> {
  const admin = new pg.Client({ connectionString: ownerUrl });
  await admin.connect();
  await admin.query('create database guarded');
  await admin.end();
  const databaseUrl = Object.assign(new URL(ownerUrl), { pathname: 'guarded' }).href;
  await migrate(databaseUrl);
  const host = await startHost();
  const env = {
    NODE_OPTIONS: `--max-old-space-size=${heapMiB}`,
    JOURNEY_RUNTIME_RUNNER_URL: host.url,
    JOURNEY_RUNTIME_RUNNER_API_KEY: CANARIES.runnerKey,
    JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET: `whsec_${CANARIES.signing}`,
    JOURNEY_RUNTIME_SECRET_KEYS: `key-1:${CANARIES.secretKey}`,
    LOG_LEVEL: 'debug',
  };
  const keys = {} as Record<Role, string>;
  const principals = {} as Record<Role, string>;
  const database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  for (const role of ['ADMIN', 'VIEWER', 'CHECKOUT'] as const) {
    const args = ['key', 'create', '--name', `abuse ${role}`, '--role', role];
    const { stdout, stderr } = await runCommand(args, { DATABASE_URL: databaseUrl });
    keys[role] = /jrk_\w+/.exec(stdout)?.[0] ?? '';
    if (keys[role] === '') throw new Error(`no key was made: ${stderr}`);
    const { rows } = await database.query('select id from journey_principals where name = $1', [
      `abuse ${role}`,
    ]);
    principals[role] = rows[0].id;
  }
  const api = await startApi(databaseUrl, env);
  const worker = await startWorker(databaseUrl, env);
  const answers: string[] = [];
  return {
    api,
    worker,
    keys,
    principals,
    database,
    databasePassword: decodeURIComponent(new URL(ownerUrl).password),
    answers,
    async ask(credential, query, variables = {}, isStream = false) {
      const response = await fetch(api.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: isStream ? 'text/event-stream' : 'application/json',
          authorization: `Bearer ${credential}`,
        },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      if (response.status >= 500 || text.includes('"INTERNAL"'))
        throw new Error(`status ${response.status}: ${text.slice(0, 200)}`);
      answers.push(text);
      return JSON.parse(isStream ? (/^data: ?(\{.*\})$/m.exec(text)?.[1] ?? '{}') : text);
    },
    async stop() {
      await Promise.all([api.stop(), worker.stop()]);
      await database.end();
      await host.stop();
    },
  };
}

async function startHost() {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const mode = JSON.parse(body).metadata?.mode;
    (MODES[mode] ?? MODES.body!)(request, body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/run`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
