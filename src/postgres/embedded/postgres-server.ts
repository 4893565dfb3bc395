import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, fchownSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Cluster } from './cluster.ts';

/**
 * Starts PostgreSQL on the cluster, on loopback alone. In a session of its own no Ctrl-C reaches it, so that it ends last;
 * where this process exits without stopping it, it is told to end at once.
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
  // Its words go to a file and not to a pipe, so that it can be stopped in good order even when we were killed.
  const child = spawn(cluster.program, args, {
    ...cluster.user,
    cwd: cluster.dataDir,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const stopWithUs = () => child.kill(IMMEDIATE_SHUTDOWN);
  process.once('exit', stopWithUs);
  child.once('exit', () => process.off('exit', stopWithUs));
  child.on('error', (error) => appendFileSync(cluster.logFile, `FATAL:  ${error.message}\n`));
  return child;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Statements carry payloads, and error details carry values: neither belongs into a log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** Also true of a process that could not be started at all. */
export const hasExited = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Ends PostgreSQL, connections and all; by force if it takes longer than `graceMs`. */
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

/** The process and port that PostgreSQL notes in its folder while it runs; null when it does not, or is just starting. */
export function runningServer(cluster: Cluster): { pid: number; port: number } | null {
  try {
    const [pid, , , port] = readFileSync(join(cluster.directory, 'postmaster.pid'), 'utf8').split('\n');
    return Number(pid) > 0 && Number(port) > 0 ? { pid: Number(pid), port: Number(port) } : null;
  } catch {
    return null;
  }
}

/** Stops a server that is no child of ours. Returns once it is gone, or after `timeoutMs`. */
export async function stopStray(cluster: Cluster, pid: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  process.kill(pid, FAST_SHUTDOWN);
  while (runningServer(cluster)?.pid === pid && performance.now() < deadline) await pause(20);
}

export function clusterUrl(cluster: Cluster, port: number, database: string): string {
  return `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${database}`;
}

export type Claim = { client: pg.Client } | 'taken' | 'unreachable' | 'busy';

/**
 * The process that holds this lock owns the cluster. PostgreSQL itself gives it back the moment that process is gone,
 * which no file can do. 'busy': the server is starting or stopping.
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

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('A listening TCP server has no port.');
  return address.port;
}

/** What PostgreSQL said last when it would not start. */
export function lastWords(cluster: Cluster): string {
  const lines = readFileSync(cluster.logFile, 'utf8').trim().split('\n');
  const line = lines.findLast((candidate) => /FATAL|PANIC/.test(candidate)) ?? lines.at(-1) ?? '';
  return line.replace(/^.*?(FATAL|PANIC): */, '');
}
