import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';

/**
 * Where a server of a cluster listens: at a Unix socket in a folder of the cluster's user, whose name contains the
 * port, or on loopback.
 */
export type ServerAddress = { socketFolder: string | null; port: number };

/**
 * The address for the next server. It listens on loopback where Node cannot connect to Unix sockets (Windows), and
 * where the path of the data folder is too long for one.
 */
export async function newAddress({ dataDir, user }: Cluster, port?: number): Promise<ServerAddress> {
  const socketFolder = join(dataDir, 'socket');
  if (platform() === 'win32' || Buffer.byteLength(socketFolder) > LONGEST_FOLDER)
    return { socketFolder: null, port: port ?? (await freePort()) };
  mkdirSync(socketFolder, { recursive: true });
  chmodSync(socketFolder, 0o700);
  if (user) chownSync(socketFolder, user.uid, user.gid);
  return { socketFolder, port: port ?? SOCKET_PORT };
}

/** The path of a socket has at most 103 bytes on macOS, and 107 on Linux; its name takes up to 15 of them. */
const LONGEST_FOLDER = 88;
const SOCKET_PORT = 5432;

/** The settings by which PostgreSQL listens at the address only. */
export const listenSettings = ({ socketFolder, port }: ServerAddress): Record<string, string> => ({
  listen_addresses: socketFolder === null ? '127.0.0.1' : '',
  // In quotes, because the setting is a list.
  unix_socket_directories: socketFolder === null ? '' : `"${socketFolder.replaceAll('"', '""')}"`,
  port: String(port),
});

/** The URL of a database at the address. */
export function urlAt(
  { socketFolder, port }: ServerAddress,
  { user, password }: { user: string; password: string },
  database: string,
): string {
  const url = new URL(`postgresql://${user}:${password}@127.0.0.1:${port}/${database}`);
  if (socketFolder !== null) url.searchParams.set('host', socketFolder);
  return url.href;
}

/**
 * The process id and the address that PostgreSQL writes to its folder while it runs; null if it does not run, or is
 * just starting.
 */
export function runningServer({ directory }: Cluster): { pid: number; address: ServerAddress } | null {
  try {
    const lines = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, , , port, socketFolder, host] = lines;
    if (!(Number(pid) > 0) || !(socketFolder || host)) return null;
    return { pid: Number(pid), address: { socketFolder: socketFolder || null, port: Number(port) } };
  } catch {
    return null;
  }
}

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
