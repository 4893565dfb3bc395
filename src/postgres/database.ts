import pg from 'pg';
import { connectionConfig } from './connection-config.ts';
import { unmarkJson } from './exact-json.ts';
import { PrismaClient } from './generated/prisma/client.ts';
import { PoolAdapter } from './prisma-adapter.ts';

/** One process's way to PostgreSQL: named statements go through `pool`, everything else through `prisma`, on the same connections. */
export type Database = { pool: pg.Pool; prisma: PrismaClient; url: string; close(): Promise<void> };

export type DatabaseOptions = { url: string; maxConnections: number };

/** Opens no connection yet: while PostgreSQL is away each query fails after CONNECT_TIMEOUT_MS, and all comes back by itself. */
export function openDatabase({ url, maxConnections }: DatabaseOptions): Database {
  const pool = openPool(url, { max: maxConnections });
  const prisma = unmarkJson(new PrismaClient({ adapter: new PoolAdapter(pool), errorFormat: 'minimal' }));
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { pool, prisma, url, close };
}

/** A pool of connections, opened as they are needed. */
export function openPool(url: string, config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...connectionConfig(url), ...config });
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  // One that is checked out, as for a transaction, has no listener either: what is asked of it next rejects.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
