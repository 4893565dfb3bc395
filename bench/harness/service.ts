import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/postgres/embedded/server-address.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const READY_TIMEOUT_MS = 30_000;

export type Service = {
  pid: number;
  /** Of GraphQL over HTTP. */
  url: string;
  stop(): Promise<void>;
};

export type ServiceSettings = Record<string, string>;

/** `node src/main.ts serve`, as users run it, without a worker unless `settings` say otherwise. Returns when it is ready. */
export async function startService(databaseUrl: string, settings: ServiceSettings = {}): Promise<Service> {
  const port = await freePort();
  const child = start('serve', {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
    ...settings,
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(`${url}/readyz`, child);
  return { pid: child.pid!, url: `${url}/graphql`, stop: () => stop(child) };
}

/** `node src/main.ts worker`, as users run it. Returns at once. */
export function startWorker(databaseUrl: string, settings: ServiceSettings = {}): Omit<Service, 'url'> {
  const child = start('worker', { DATABASE_URL: databaseUrl, ...settings });
  return { pid: child.pid!, stop: () => stop(child) };
}

function start(command: string, settings: ServiceSettings): ChildProcess {
  const env = { ...process.env, LOG_LEVEL: 'error', JOURNEY_RUNTIME_CONSOLE_ENABLED: 'false', ...settings };
  const args = [...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []), MAIN, command];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await pause(10);
  }
  throw new Error(`the service was not ready (${url}, exit code ${child.exitCode})`);
}
