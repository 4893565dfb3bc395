import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, openCluster } from '../../src/postgres/embedded/cluster.ts';
import { hasExited, ownerUrl, spawnPostgres } from '../../src/postgres/embedded/postgres-server.ts';
import type { Machine } from './network.ts';
import { claimPort } from './ports.ts';

/** A PostgreSQL of the harness's own, that can be taken away and brought back at the same address. */
export type Postgres = {
  url: string;
  port: number;
  cluster: Cluster;
  start(): Promise<void>;
  /** fast: as an administrator stops it; immediate: as a crash, to be recovered from at the next start. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
};

const DATABASE = 'chaos';
const STOP_WITHIN_MS = 10_000;
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Starts one on the folder, with a database of its own. What it acknowledges is on disk: fsync stays on. */
export async function startPostgres(
  folder: string,
  settings: Record<string, string>,
  machine?: Machine,
): Promise<Postgres> {
  const server = await startCluster(await openCluster(folder), settings, machine);
  await asOwner(Object.assign(new URL(server.url), { pathname: 'postgres' }).href, (owner) =>
    owner.query(`create database ${DATABASE}`),
  );
  return server;
}

/** Starts a streaming replica on an empty folder. The primary is stopped while its files are copied. */
export async function startStandby(
  primary: Postgres,
  folder: string,
  settings: Record<string, string>,
): Promise<Postgres> {
  await primary.stop('fast');
  execFileSync('cp', ['-a', `${primary.cluster.dataDir}/.`, folder]);
  await primary.start();
  const cluster = await openCluster(folder);
  writeFileSync(join(cluster.directory, 'standby.signal'), '');
  const { port, username, password } = new URL(primary.url);
  const source = `host=127.0.0.1 port=${port} user=${username} password=${password}`;
  return startCluster(cluster, { primary_conninfo: source, ...settings });
}

async function startCluster(
  cluster: Cluster,
  settings: Record<string, string>,
  machine?: Machine,
): Promise<Postgres> {
  const port = await claimPort();
  const address = { socketFolder: null, port };
  const all = { max_connections: '200', ...settings };
  const spawned = machine ? onMachine(cluster, machine) : cluster;
  const urlOf = (database: string) => {
    const url = new URL(ownerUrl(cluster, address, database));
    return Object.assign(url, machine && { hostname: machine.address }).href;
  };
  let child = spawnPostgres(spawned, address, all);
  await machine?.expose(port);

  const start = async () => {
    if (hasExited(child)) child = spawnPostgres(spawned, address, all);
    await untilReady(urlOf('postgres'));
  };
  const stop = async (mode: keyof typeof SIGNALS) => {
    if (hasExited(child)) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(SIGNALS[mode]);
    const force = setTimeout(() => child.kill(SIGNALS.immediate), STOP_WITHIN_MS);
    await exited;
    clearTimeout(force);
  };
  await start();
  return { url: urlOf(DATABASE), port, cluster, start, stop };
}

/** The cluster with a program that root starts, which becomes PostgreSQL as its user in the machine. */
function onMachine(cluster: Cluster, machine: Machine): Cluster {
  const { dataDir, program, user } = cluster;
  // Only root makes machines, and PostgreSQL does not run as root.
  const { uid, gid } = user!;
  const asUser = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', program];
  const [command, args] = machine.command('setpriv', asUser);
  const script = join(dataDir, 'on-machine.sh');
  writeFileSync(script, `#!/bin/sh\nexec ${[command, ...args].join(' ')} "$@"\n`, { mode: 0o755 });
  return { ...cluster, program: script, user: undefined };
}

/** On a connection of its own. */
export async function asOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECTED_WITHIN_MS,
    query_timeout: ANSWERED_WITHIN_MS,
  });
  owner.on('error', () => {});
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => {});
  }
}

/** With every processor busy, and with the server just back. */
const CONNECTED_WITHIN_MS = 10_000;
/** Of the longest statement of the harness, which reads all events. */
const ANSWERED_WITHIN_MS = 60_000;
const READY_WITHIN_MS = 30_000;

async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      await asOwner(url, (owner) => owner.query('select'));
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(25);
    }
  }
}
