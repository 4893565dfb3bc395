import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import { until } from '../chaos/until.ts';
import { type LoopDelay, NO_DELAY } from './loop-probe.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const PROBE = new URL('./loop-probe.ts', import.meta.url).href;
const READY_WITHIN_MS = 60_000;

/** A process of the service as users start it, of which the harness watches memory, log, delays and exit. */
export type ServiceProcess = {
  /** The origin of its own port for metrics. */
  metricsUrl: string;
  /** How it ended; null while it runs. */
  exit(): string | null;
  log(): string;
  /** Lines that report errors of the service itself. */
  errorLines(): string[];
  rssMiB(): number;
  /** The longest delays of its event loop since the last call. */
  loopDelay(): Promise<LoopDelay>;
  stop(): Promise<void>;
};

export type ApiProcess = ServiceProcess & {
  /** The URL of GraphQL over HTTP. */
  url: string;
  port: number;
};

/** @param env what sets it apart from others, such as the heap with which it must do */
export async function startApi(databaseUrl: string, env: Record<string, string>): Promise<ApiProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = await start('serve', 'JOURNEY_RUNTIME_METRICS_PORT', `${url}/readyz`, {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
    JOURNEY_RUNTIME_CONSOLE_ENABLED: 'false',
    // The attackers and the calm client come from addresses of their own.
    JOURNEY_RUNTIME_TRUSTED_PROXIES: '127.0.0.1',
    ...env,
  });
  return { ...started, url: `${url}/graphql`, port };
}

export const startWorker = (databaseUrl: string, env: Record<string, string>): Promise<ServiceProcess> =>
  start('worker', 'JOURNEY_RUNTIME_WORKER_PORT', null, { DATABASE_URL: databaseUrl, ...env });

async function start(
  command: string,
  metricsVariable: string,
  readyUrl: string | null,
  env: Record<string, string>,
): Promise<ServiceProcess> {
  const metricsPort = await freePort();
  const metricsUrl = `http://127.0.0.1:${metricsPort}`;
  const flags = ['--disable-warning=ExperimentalWarning', '--import', PROBE];
  const child = spawn(process.execPath, [...flags, MAIN, command], {
    env: { ...process.env, LOG_LEVEL: 'warn', [metricsVariable]: String(metricsPort), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => {
      log += chunk;
    });
  let exit: string | null = null;
  const ended = new AbortController();
  child.once('exit', (code, signal) => {
    ended.abort();
    exit = signal ?? `exit code ${code}`;
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const isUp = () => isReady(readyUrl ?? `${metricsUrl}/readyz`, child);
  await until(isUp, `the ${command} to be ready`, READY_WITHIN_MS).catch((error) => {
    throw new Error(`${error.message}: ${log.slice(-1_000)}`);
  });
  return {
    metricsUrl,
    exit: () => exit,
    log: () => log,
    errorLines: () =>
      log.split('\n').filter((line) => /"level":"(error|fatal)"|FATAL ERROR|^\s+at /.test(line)),
    rssMiB: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async loopDelay() {
      if (!child.connected) return NO_DELAY;
      const answer = once(child, 'message', { signal: ended.signal });
      child.send('report');
      return answer.then(
        ([delay]) => delay as LoopDelay,
        () => NO_DELAY,
      );
    },
    async stop() {
      process.off('exit', endWithUs);
      if (exit !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function isReady(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error('it ended');
  return (await fetch(url).catch(() => null))?.ok ?? false;
}
