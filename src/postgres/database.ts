import pg from 'pg';
import { connectionConfig } from './connection-config.ts';
import { unmarkJson } from './exact-json.ts';
import { FairPool } from './fair-pool.ts';
import { PrismaClient } from './generated/prisma/client.ts';
import { PoolAdapter } from './prisma-adapter.ts';

/**
 * The PostgreSQL connections of one process: `pool` for named statements and `prisma` for all others, over the same
 * connections. Connections that receive notifications are opened with `listenUrl`, all others with `url`.
 */
export type Database = {
  pool: pg.Pool;
  prisma: PrismaClient;
  url: string;
  listenUrl: string;
  close(): Promise<void>;
};

export type DatabaseOptions = { url: string; listenUrl?: string; maxConnections: number };

/**
 * Creates the pool without opening a connection. While PostgreSQL is unreachable each query fails after
 * CONNECT_TIMEOUT_MS; later queries reconnect.
 */
export function openDatabase({ url, listenUrl = url, maxConnections }: DatabaseOptions): Database {
  const pool = openFairPool(url, maxConnections);
  const prisma = prismaOver(pool);
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { pool, prisma, url, listenUrl, close };
}

export const prismaOver = (pool: pg.Pool): PrismaClient =>
  unmarkJson(new PrismaClient({ adapter: new PoolAdapter(pool), errorFormat: 'minimal' }));

export const openFairPool = (url: string, maxConnections: number): pg.Pool =>
  quiet(new FairPool({ ...connectionConfig(url), max: maxConnections }));

/** Creates a pool that opens connections when they are needed. */
export const openPool = (url: string, config: pg.PoolConfig): pg.Pool =>
  quiet(new pg.Pool({ ...connectionConfig(url), ...config }));

function quiet(pool: pg.Pool): pg.Pool {
  // The next query replaces a broken idle connection; without a listener it would end the process.
  pool.on('error', () => {});
  // A checked-out connection, as in a transaction, has no listener either. If it is broken, its next query rejects.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
