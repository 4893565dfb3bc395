import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Cluster } from './cluster.ts';
import { listenSettings, runningServer, type ServerAddress, urlAt } from './server-address.ts';
import { openLog } from './server-log.ts';

/**
 * Starts PostgreSQL on the cluster, at the address only. It runs in its own session, so that Ctrl-C does not reach it
 * and it ends last. If this process exits without stopping it, it is sent the signal for an immediate shutdown.
 */
export function spawnPostgres(
  cluster: Cluster,
  address: ServerAddress,
  settings: Record<string, string>,
): ChildProcess {
  const log = openLog(cluster);
  const options = Object.entries({ ...SETTINGS, ...listenSettings(address), ...settings });
  const args = ['-D', cluster.directory, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // The output goes to a file instead of a pipe, so that PostgreSQL can shut down cleanly even after this process was
  // killed.
  const child = spawn(cluster.program, args, {
    ...cluster.user,
    cwd: cluster.dataDir,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const killChild = () => child.kill(IMMEDIATE_SHUTDOWN);
  process.once('exit', killChild);
  child.once('exit', () => process.off('exit', killChild));
  child.on('error', (error) => appendFileSync(cluster.logFile, `FATAL:  ${error.message}\n`));
  return child;
}

const SETTINGS = {
  // Logs must not contain statements or error details, since those contain payloads and values.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** Whether the process has exited, or could not be started. */
export const hasExited = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Stops PostgreSQL and its connections; kills it after `graceMs`. */
export async function stopPostgres(child: ChildProcess, graceMs: number): Promise<void> {
  if (hasExited(child)) return;
  const exited = once(child, 'exit');
  child.kill(FAST_SHUTDOWN);
  const force = setTimeout(() => child.kill(IMMEDIATE_SHUTDOWN), graceMs);
  await exited;
  clearTimeout(force);
}

const FAST_SHUTDOWN = 'SIGINT';
const IMMEDIATE_SHUTDOWN = 'SIGQUIT';

/** Stops a server that is not a child of this process. Resolves when it has ended, or after `timeoutMs`. */
export async function stopForeign(cluster: Cluster, pid: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  process.kill(pid, FAST_SHUTDOWN);
  while (runningServer(cluster)?.pid === pid && performance.now() < deadline) await pause(20);
}

/** The URL of a database for the owner of everything in the cluster. */
export const ownerUrl = ({ password }: Cluster, address: ServerAddress, database: string): string =>
  urlAt(address, { user: 'postgres', password }, database);

export type Claim = { client: pg.Client } | 'taken' | 'unreachable' | 'busy';

/**
 * Claims the cluster by a lock in PostgreSQL; its holder owns the cluster. PostgreSQL releases the lock when that
 * process ends, which a lock file cannot do. 'busy': the server is starting or stopping.
 */
export async function claimCluster(cluster: Cluster, address: ServerAddress): Promise<Claim> {
  const client = new pg.Client({
    connectionString: ownerUrl(cluster, address, 'postgres'),
    application_name: 'journey-runtime owner',
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('select pg_try_advisory_lock($1) as held', [OWNER_LOCK]);
    if (rows[0].held) return { client };
    await client.end();
    return 'taken';
  } catch (error) {
    return (error as pg.DatabaseError).code === CANNOT_CONNECT_NOW ? 'busy' : 'unreachable';
  }
}

const OWNER_LOCK = 6_021_961;
const CANNOT_CONNECT_NOW = '57P03';

/** The last lines of PostgreSQL's log, for a failed start. */
export function lastLogLines(cluster: Cluster): string {
  const lines = readFileSync(cluster.logFile, 'utf8').trim().split('\n');
  const line = lines.findLast((candidate) => /FATAL|PANIC/.test(candidate)) ?? lines.at(-1) ?? '';
  return line.replace(/^.*?(FATAL|PANIC): */, '');
}
