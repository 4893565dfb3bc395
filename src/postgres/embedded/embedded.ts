import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StartupError } from '../../errors.ts';
import { isOutage } from '../outage.ts';
import { type Cluster, openCluster } from './cluster.ts';
import {
  claimCluster,
  hasExited,
  lastLogLines,
  ownerUrl,
  spawnPostgres,
  stopForeign,
  stopPostgres,
} from './postgres-server.ts';
import { newAddress, runningServer, type ServerAddress } from './server-address.ts';
import { rotateLog } from './server-log.ts';
import { createServiceRole, serviceUrl } from './service-role.ts';

export type EmbeddedPostgres = {
  /** For the service, as a role that owns nothing. */
  url: string;
  /** For migrations, as the owner of everything. */
  ownerUrl: string;
  dataDir: string;
  /** Whether another process of the service runs the server. */
  isShared: boolean;
  stop(): Promise<void>;
};

export type EmbeddedOptions = { dataDir: string | null; settings?: Record<string, string> };

/**
 * Runs an embedded PostgreSQL on the data folder, and creates the folder at the first start. A server left over from
 * a killed process is stopped first; a server that exits is restarted at the same address. `stop` takes 3 seconds at
 * most.
 *
 * @throws StartupError when the folder cannot be used, or is in use by another process of the service
 */
export async function startEmbedded({ dataDir, settings = {} }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(dataDir);
  await stopOrphan(cluster);
  const server = await start(cluster, settings);

  let stopping = false;
  const supervise = async () => {
    while (!stopping) {
      await ended(server);
      while (!stopping) {
        if (hasExited(server.child)) server.child = spawnPostgres(cluster, server.address, settings);
        const owner = await claimWhenReady(cluster, server);
        if (owner) {
          server.owner = owner;
          break;
        }
        await pause(RESTART_DELAY_MS);
      }
    }
  };
  const supervision = supervise();
  const rotation = setInterval(() => rotateLog(cluster), ROTATE_MS).unref();
  const stop = async () => {
    stopping = true;
    clearInterval(rotation);
    await stopPostgres(server.child, STOP_GRACE_MS);
    await supervision;
  };
  return { ...urlsOf(cluster, server.address), isShared: false, stop };
}

/**
 * Like startEmbedded, but if another process of the service runs the server already, that one is used, and `stop`
 * does not stop it.
 */
export async function joinEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(options.dataDir);
  const running = runningServer(cluster);
  const claim = running && (await claimCluster(cluster, running.address));
  if (!running || claim !== 'taken') {
    if (claim && typeof claim === 'object') await claim.client.end();
    return startEmbedded(options);
  }
  const urls = urlsOf(cluster, running.address);
  const owner = new pg.Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  // The other process may be of an earlier version.
  await createServiceRole(owner, cluster).finally(() => owner.end());
  return { ...urls, isShared: true, stop: async () => {} };
}

const urlsOf = (cluster: Cluster, address: ServerAddress) => ({
  url: serviceUrl(cluster, address, DATABASE),
  ownerUrl: ownerUrl(cluster, address, DATABASE),
  dataDir: cluster.dataDir,
});

type Server = { child: ChildProcess; address: ServerAddress; owner: pg.Client };

const DATABASE = 'journey_runtime';
const START_ATTEMPTS = 6;
/**
 * Multiplied by the number of the attempt, so that two first starts at once do not stop each other's server forever.
 */
const NEXT_ATTEMPT_MS = 200;
const READY_TIMEOUT_MS = 60_000;
const RESTART_DELAY_MS = 250;
const STOP_GRACE_MS = 2_500;
const ROTATE_MS = 60_000;
const ORPHAN_TIMEOUT_MS = 10_000;
/** The time PostgreSQL has to notice that the process which held the cluster has ended. */
const TAKEN_TIMEOUT_MS = 1_500;

async function start(cluster: Cluster, settings: Record<string, string>): Promise<Server> {
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const address = await newAddress(cluster, settings.port ? Number(settings.port) : undefined);
    const child = spawnPostgres(cluster, address, settings);
    const owner = await claimWhenReady(cluster, { child, address });
    // Another first start may have taken this server for an orphan just before the claim, and be stopping it.
    if (owner && (await isPrepared(owner, cluster))) return { child, address, owner };
    await stopPostgres(child, STOP_GRACE_MS);
    // The address was taken meanwhile, or another start of the service was faster and has the cluster now.
    await pause(Math.random() * attempt * NEXT_ATTEMPT_MS);
    await stopOrphan(cluster);
  }
  const fix = `see ${cluster.logFile}, or set DATABASE_URL to a PostgreSQL server`;
  throw new StartupError(`The embedded PostgreSQL does not start (${lastLogLines(cluster)}): ${fix}.`);
}

/** Returns null when PostgreSQL ended before it could be claimed, or is not ready in time. */
async function claimWhenReady(
  cluster: Cluster,
  { child, address }: Pick<Server, 'child' | 'address'>,
): Promise<pg.Client | null> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (!hasExited(child) && performance.now() < deadline) {
    const claim = await claimCluster(cluster, address);
    if (typeof claim === 'object') {
      // The server of another start may have the address.
      if (runningServer(cluster)?.pid === child.pid) return claim.client;
      await claim.client.end();
    }
    await pause(20);
  }
  return null;
}

async function stopOrphan(cluster: Cluster): Promise<void> {
  const started = performance.now();
  const waited = () => performance.now() - started;
  for (let running = runningServer(cluster); running; running = runningServer(cluster)) {
    const claim = await claimCluster(cluster, running.address);
    if (typeof claim === 'object') {
      await claim.client.end();
      return stopForeign(cluster, running.pid, ORPHAN_TIMEOUT_MS);
    }
    if (claim === 'unreachable' || waited() > ORPHAN_TIMEOUT_MS) return;
    if (claim === 'taken' && waited() > TAKEN_TIMEOUT_MS) {
      const fix = 'stop that one, or set JOURNEY_RUNTIME_DATA_DIR to another folder';
      throw new StartupError(
        `The data folder ${cluster.dataDir} is in use by another Journey Runtime: ${fix}.`,
      );
    }
    await pause(50);
  }
}

function ended({ child, owner }: Server): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    owner.once('end', () => resolve());
  });
}

/** Creates the database and the service's role if they are missing. Returns false if the connection was cut meanwhile. */
async function isPrepared(client: pg.Client, cluster: Cluster): Promise<boolean> {
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    await createServiceRole(client, cluster);
    return true;
  } catch (error) {
    if (isOutage(error)) return false;
    throw error;
  }
}
