import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../src/postgres/migrations/migrate.ts';
import { type Caller, createCaller } from './load.ts';
import { type ManagedProcess, startProcess } from './managed-process.ts';
import type { Machine } from './network.ts';
import { claimPort } from './ports.ts';
import { asOwner, type Postgres, startPostgres } from './postgres.ts';
import { type DatabaseProxy, startProxy } from './proxy.ts';
import { installRecorder, readTables } from './recorder.ts';
import type { EnqueueRecord, Records } from './records.ts';
import { type Behaviour, type ScriptHost, startScriptHost } from './script-host.ts';
import {
  type SubscribeOptions,
  type Subscriber,
  type Subscription,
  subscribeByClient,
  subscribeOverWebSocket,
} from './subscribers.ts';
import { until } from './until.ts';

export type SystemOptions = {
  seed: number;
  apis?: number;
  workers?: number;
  /** Runs in flight a worker. */
  batchSize?: number;
  runner?: Partial<Behaviour>;
  /** Lays a proxy between each of these and PostgreSQL. */
  proxied?: 'apis' | 'workers' | 'all';
  postgres?: Record<string, string>;
  /** One of several systems, whose name is in those of its processes, and whose script host is that of all of them. */
  cell?: { name: string; host: ScriptHost; machine?: Machine };
};

/** All that a scenario plays with: PostgreSQL, processes of ours, the script host, callers and subscribers, and their records. */
export type System = {
  folder: string;
  postgres: Postgres;
  apis: ManagedProcess[];
  apiUrls: string[];
  workers: ManagedProcess[];
  /** By the name of the process. */
  proxies: Map<string, DatabaseProxy>;
  host: ScriptHost;
  caller: Caller;
  enqueues: EnqueueRecord[];
  /** One more worker, which environment and Node's options may set apart. */
  addWorker(name: string, more?: Apart): Promise<ManagedProcess>;
  addApi(name: string, more?: Apart): Promise<ManagedProcess>;
  /** Its URL is called no more. */
  removeApi(api: ManagedProcess): void;
  registerComponent(key: string, options: ComponentOptions): Promise<string>;
  subscribe(
    options: Omit<SubscribeOptions, 'urls' | 'after'> & { api: number; over?: ClientTransport },
  ): Promise<Subscription>;
  /** Asks PostgreSQL on a connection of the harness's own. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** Resolves when no run is QUEUED or RUNNING any more; throws after `withinMs`. */
  drained(withinMs: number): Promise<void>;
  /** Waits until the subscribers have the last event, ends all processes, and reads what is there to be judged. */
  finish(): Promise<Records>;
  /** `keeps`: leaves the folder with the logs and the data. */
  close(keeps: boolean): Promise<void>;
};

/** That our own client subscribes over; unless given, many subscribers share a socket. */
type ClientTransport = 'event stream' | 'socket';

/** What sets a process apart from the others of its kind. */
type Apart = {
  nodeArgs?: string[];
  env?: Record<string, string>;
  restarts?: boolean;
  mayEnd?: boolean;
};

export type ComponentOptions = {
  maxAttempts: number;
  initialDelaySeconds?: number;
  maxDelaySeconds?: number;
  timeoutSeconds?: number;
  shop?: string;
};

export const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What was started by then is stopped again where something does not start. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const started = new AsyncDisposableStack();
  try {
    return await start(options, started);
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

async function start(options: SystemOptions, started: AsyncDisposableStack): Promise<System> {
  const { seed, apis: apiCount = 2, workers: workerCount = 3, batchSize = 10, proxied, cell } = options;
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-chaos-'));
  const postgres = await startPostgres(folder, options.postgres ?? {}, cell?.machine);
  started.defer(() => postgres.stop('fast'));
  await migrate(postgres.url);
  await asOwner(postgres.url, installRecorder);
  const host = cell?.host ?? (await startScriptHost(seed, { delayMs: 100, failing: 0, ...options.runner }));
  const stopHost = cell ? async () => {} : host.stop;
  const prefix = cell ? `${cell.name}-` : '';
  const proxies = new Map<string, DatabaseProxy>();
  const processes: ManagedProcess[] = [];
  const apiUrls: string[] = [];
  const urlsByName = new Map<string, string>();
  const enqueues: EnqueueRecord[] = [];
  const subscriptions: Subscription[] = [];
  let isClosed = false;

  async function databaseUrl(name: string, isProxied: boolean): Promise<string> {
    if (!isProxied) return postgres.url;
    const proxy = await startProxy(postgres.port);
    proxies.set(name, proxy);
    return postgres.url.replace(`:${postgres.port}/`, `:${proxy.port}/`);
  }
  function launch(
    name: string,
    command: string,
    readyLine: string,
    env: Record<string, string>,
    { nodeArgs = [], restarts = true, mayEnd }: Apart = {},
  ): ManagedProcess {
    if (isClosed) throw new Error(`${name} is to be started in a system that is closed`);
    const process = startProcess({
      name,
      args: [...nodeArgs, MAIN, command],
      env: { ...baseEnv(), ...env },
      readyLine,
      logFile: join(folder, `${name}.log`),
      restarts,
      mayEnd,
      machine: cell?.machine,
    });
    processes.push(process);
    return process;
  }
  async function launchApi(name: string, more: Apart = {}): Promise<ManagedProcess> {
    const port = await claimPort();
    const env = {
      DATABASE_URL: await databaseUrl(name, proxied === 'apis' || proxied === 'all'),
      PORT: String(port),
      JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
    };
    await cell?.machine?.expose(port);
    const url = `http://${cell?.machine?.address ?? '127.0.0.1'}:${port}`;
    apiUrls.push(url);
    urlsByName.set(name, url);
    return launch(name, 'serve', 'Journey Runtime is running', { ...env, ...more.env }, more);
  }
  async function launchWorker(name: string, more: Apart = {}): Promise<ManagedProcess> {
    const env = {
      DATABASE_URL: await databaseUrl(name, proxied === 'workers' || proxied === 'all'),
      JOURNEY_RUNTIME_RUNNER_URL: host.urlFor(name),
      JOURNEY_RUNTIME_BATCH_SIZE: String(batchSize),
    };
    return launch(name, 'worker', 'worker ready', { ...env, ...more.env }, more);
  }

  started.defer(stopHost);
  started.defer(async () => void (await Promise.all(processes.map((process) => process.stop()))));
  const apis: ManagedProcess[] = [];
  for (let n = 1; n <= apiCount; n += 1) apis.push(await launchApi(`${prefix}api-${n}`));
  const workers: ManagedProcess[] = [];
  for (let n = 1; n <= workerCount; n += 1) workers.push(await launchWorker(`${prefix}worker-${n}`));
  const caller = createCaller(apiUrls, enqueues);
  await Promise.all(processes.map((process) => process.ready()));

  const sql: System['sql'] = (text, values = []) =>
    asOwner(postgres.url, async (owner) => (await owner.query(text, values)).rows);

  async function stopProcesses(): Promise<void> {
    for (const subscription of subscriptions) subscription.close();
    await Promise.all(processes.map((process) => process.stop()));
  }

  return {
    folder,
    postgres,
    apis,
    apiUrls,
    workers,
    proxies,
    host,
    caller,
    enqueues,
    sql,
    addWorker: launchWorker,
    addApi: launchApi,
    removeApi({ name }) {
      apiUrls.splice(apiUrls.indexOf(urlsByName.get(name) ?? ''), 1);
    },
    registerComponent: (key, options) => registerComponent(caller, key, options),
    async subscribe({ api, over, ...rest }) {
      const { feedCursor } = await caller.ask<{ feedCursor: string }>('{ feedCursor }');
      const own = apiUrls[api]!;
      const others = apiUrls.filter((url) => url !== own);
      const all = { ...rest, urls: [own, ...others] as const, after: feedCursor };
      const subscription = over ? subscribeByClient({ ...all, over }) : subscribeOverWebSocket(all);
      subscriptions.push(subscription);
      return subscription;
    },
    async drained(withinMs) {
      const isDrained = () =>
        sql(OPEN).then(
          (open) => open.length === 0,
          () => false,
        );
      await until(isDrained, 'all runs to be over', withinMs, 200);
    },
    async finish() {
      const subscribers = subscriptions.flatMap((subscription) => subscription.subscribers);
      const [last] = await sql<{ position: number }>(LAST_EVENT);
      const hasAll = ({ record }: Subscriber) =>
        record.error !== null || record.positions.at(-1) === last?.position;
      // Who does not catch up is found out by what is judged.
      if (last)
        await until(() => subscribers.every(hasAll), 'the subscribers', CAUGHT_UP_WITHIN_MS).catch(() => {});
      await stopProcesses();
      const tables = await asOwner(postgres.url, readTables);
      return {
        ...tables,
        calls: host.calls,
        enqueues,
        subscribers: subscribers.map(({ record }) => record),
        processes: processes.flatMap(({ lives }) => lives),
      };
    },
    async close(keeps) {
      isClosed = true;
      await stopProcesses();
      await caller.close();
      await stopHost();
      for (const proxy of proxies.values()) await proxy.close();
      await postgres.stop('fast');
      if (!keeps) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A socket that could not be written to for a minute is looked at again by TCP's own timer: every 27 s, then every 54 s. */
const CAUGHT_UP_WITHIN_MS = 90_000;
const OPEN = '(select 1 from journey_run_queue limit 1) union all (select 1 from journey_running limit 1)';
const LAST_EVENT = `
  select position::float8 as position from journey_run_events order by xid desc, journey_run_events.position desc limit 1`;

export function baseEnv(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  // Hundreds of starts are most of what a small run costs: what was compiled once is kept.
  const NODE_COMPILE_CACHE = join(tmpdir(), 'journey-runtime-chaos-cache');
  return {
    PATH,
    HOME,
    ...(TMPDIR && { TMPDIR }),
    NODE_COMPILE_CACHE,
    LOG_LEVEL: 'info',
    JOURNEY_RUNTIME_CONSOLE_ENABLED: 'false',
  };
}

/** Registers a component whose delays are fixed; returns its id. */
export async function registerComponent(
  caller: Caller,
  key: string,
  { timeoutSeconds, shop, ...retryPolicy }: ComponentOptions,
): Promise<string> {
  const input = {
    key,
    shop,
    name: key,
    triggers: ['OPERATOR'],
    script: { slug: key, runtime: 'node' },
    retryPolicy: { backoff: 'FIXED', initialDelaySeconds: 1, ...retryPolicy },
    timeoutSeconds,
  };
  const answer = await caller.ask<{ registerComponent: { component: { id: string } } }>(
    'mutation ($input: RegisterComponentInput!) { registerComponent(input: $input) { component { id } } }',
    { input },
  );
  return answer.registerComponent.component.id;
}
