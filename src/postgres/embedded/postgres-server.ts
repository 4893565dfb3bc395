import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, fchownSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Cluster } from './cluster.ts';

/**
 * Starts PostgreSQL on the cluster, on loopback only. It runs in its own session, so that Ctrl-C does not reach it
 * and it ends last. If this process exits without stopping it, it is sent the signal for an immediate shutdown.
 */
export function spawnPostgres(
  cluster: Cluster,
  port: number,
  settings: Record<string, string>,
): ChildProcess {
  const log = openSync(cluster.logFile, 'w', 0o600);
  if (cluster.user) fchownSync(log, cluster.user.uid, cluster.user.gid);
  const options = Object.entries({ ...SETTINGS, port: String(port), ...settings });
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
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
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

/**
 * The process id and port that PostgreSQL writes to its folder while it runs; null if it does not run, or is just
 * starting.
 */
export function runningServer(cluster: Cluster): { pid: number; port: number } | null {
  try {
    const [pid, , , port] = readFileSync(join(cluster.directory, 'postmaster.pid'), 'utf8').split('\n');
    return Number(pid) > 0 && Number(port) > 0 ? { pid: Number(pid), port: Number(port) } : null;
  } catch {
    return null;
  }
}

/** Stops a server that is not a child of this process. Resolves when it has ended, or after `timeoutMs`. */
export async function stopForeign(cluster: Cluster, pid: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  process.kill(pid, FAST_SHUTDOWN);
  while (runningServer(cluster)?.pid === pid && performance.now() < deadline) await pause(20);
}

export function clusterUrl(cluster: Cluster, port: number, database: string): string {
  return `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${database}`;
}

export type Claim = { client: pg.Client } | 'taken' | 'unreachable' | 'busy';

/**
 * Claims the cluster by a lock in PostgreSQL; its holder owns the cluster. PostgreSQL releases the lock when that
 * process ends, which a lock file cannot do. 'busy': the server is starting or stopping.
 */
export async function claimCluster(cluster: Cluster, port: number): Promise<Claim> {
  const client = new pg.Client({
    connectionString: clusterUrl(cluster, port, 'postgres'),
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

/** Returns a loopback port that was free when checked. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('A listening TCP server has no port.');
  return address.port;
}

/** The last lines of PostgreSQL's log, for a failed start. */
export function lastLogLines(cluster: Cluster): string {
  const lines = readFileSync(cluster.logFile, 'utf8').trim().split('\n');
  const line = lines.findLast((candidate) => /FATAL|PANIC/.test(candidate)) ?? lines.at(-1) ?? '';
  return line.replace(/^.*?(FATAL|PANIC): */, '');
}
