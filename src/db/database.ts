import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/prisma/client.ts';
import { TYPES } from './moment.ts';

/** One process's way to PostgreSQL: named statements go through `pool`, everything else through `prisma`, on the same connections. */
export type Database = { pool: pg.Pool; prisma: PrismaClient; url: string; close(): Promise<void> };

export type DatabaseOptions = { url: string; maxConnections: number };

/** Opens no connection yet: while PostgreSQL is away each query fails after CONNECT_TIMEOUT_MS, and all comes back by itself. */
export function openDatabase({ url, maxConnections }: DatabaseOptions): Database {
  const pool = new pg.Pool({ ...connectionConfig(url), max: maxConnections });
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  // One that is checked out, as for a transaction, has no listener either: what is asked of it next rejects.
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { pool, prisma, url, close };
}

const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * What every connection of ours is opened with; parameters in the URL win. The server's limits bound how long a write of
 * ours can hold the feed's tail back; the client's limit is for connections on which nothing comes back any more.
 * A transaction that may wait longer for a row than `lock_timeout` sets it locally.
 */
export function connectionConfig(url: string): pg.PoolConfig {
  return {
    connectionString: withOptions(url),
    types: TYPES,
    application_name: 'journey-runtime',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 2_000,
    lock_timeout: 500,
    idle_in_transaction_session_timeout: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  };
}

/**
 * PrismaPg takes every timestamptz for UTC, whatever offset PostgreSQL writes it with. Rows nested in rows look expensive to
 * the planner, and compiling a statement costs more than it could save.
 */
function withOptions(url: string): string {
  const parsed = new URL(url);
  const options = [parsed.searchParams.get('options') ?? '', '-c TimeZone=UTC', '-c jit=off'];
  parsed.searchParams.set('options', options.join(' ').trim());
  return parsed.href;
}
