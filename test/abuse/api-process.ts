import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import { until } from '../chaos/until.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** An API process as users start it, of which the harness watches memory, log and exit. */
export type ApiProcess = {
  /** The URL of GraphQL over HTTP. */
  url: string;
  port: number;
  pid: number;
  /** How it ended; null while it runs. */
  exit(): string | null;
  /** Lines that report errors of the service itself. */
  errorLines(): string[];
  rssMiB(): number;
  stop(): Promise<void>;
};

/** @param heapMiB the heap with which it must do */
export async function startApi(databaseUrl: string, heapMiB: number): Promise<ApiProcess> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMiB}`, '--disable-warning=ExperimentalWarning', MAIN, 'serve'],
    {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        LOG_LEVEL: 'warn',
        JOURNEY_RUNTIME_WORKER_ENABLED: 'false',
        // The attackers and the calm client come from addresses of their own.
        JOURNEY_RUNTIME_TRUSTED_PROXIES: '127.0.0.1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk;
    });
  let exit: string | null = null;
  child.once('exit', (code, signal) => {
    exit = signal ?? `exit code ${code}`;
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const url = `http://127.0.0.1:${port}`;
  await until(() => isReady(url, child), 'the API to be ready', READY_WITHIN_MS).catch((error) => {
    throw new Error(`${error.message}: ${log.slice(-1_000)}`);
  });
  return {
    url: `${url}/graphql`,
    port,
    pid: child.pid!,
    exit: () => exit,
    errorLines: () => log.split('\n').filter((line) => /"level":(50|60)|FATAL ERROR|^\s+at /.test(line)),
    rssMiB: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      process.off('exit', endWithUs);
      if (exit !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function isReady(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error('the API ended');
  return (await fetch(`${url}/readyz`).catch(() => null))?.ok ?? false;
}
