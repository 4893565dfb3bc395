import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { StartupError } from '../errors.ts';
import { createClient, type PoolMode, withPoolMode, withSettings } from './connection-config.ts';
import { checkDatabase, checkRole, conflictingSettings } from './server-settings.ts';
import { rowsOf, statement } from './statement.ts';
import { unusableDatabase } from './unusable.ts';

export type Sessions = {
  /**
   * The database's URL with the pool mode and the settings that the service's connections need in addition to the
   * usual ones.
   */
  url: string;
  /** A log message with what a pooler drops of a session; null without a pooler. */
  lost: string | null;
};

/** The URLs of a database's connections, after settleSessions. */
export type Settled = {
  /** For all connections but those that listen. */
  url: string;
  /** For connections that receive notifications. */
  listenUrl: string;
  /** A log message with what a pooler drops of a session; null if nothing. */
  lost: string | null;
};

/**
 * Settles the sessions of DATABASE_URL and of the URL for connections that listen, which is the same one if null.
 *
 * @throws StartupError that names the fix, when connections cannot preserve what the service relies on
 */
export async function settleConnections(databaseUrl: string, listenUrl: string | null): Promise<Settled> {
  const { url, lost } = await settleSessions(databaseUrl);
  if (listenUrl === null) return { url, listenUrl: url, lost };
  const settled = await settleSessions(listenUrl, LISTEN_VARIABLE);
  const [server, listened] = await Promise.all([databaseAt(url), databaseAt(settled.url)]);
  if (server === listened) return { url, listenUrl: settled.url, lost: null };
  throw new StartupError(
    `${LISTEN_VARIABLE} leads to another database than DATABASE_URL, where no notification arrives: set it to a direct way to the same database of the same server.`,
  );
}

const LISTEN_VARIABLE = 'JOURNEY_RUNTIME_LISTEN_DATABASE_URL';

/** Identifies the database that a URL leads to; a restart of its server changes the answer. */
async function databaseAt(url: string): Promise<string> {
  const client = createClient(url);
  try {
    await client.connect();
    return (await rowsOf(client, DATABASE_ID))[0]!.id;
  } catch (error) {
    throw unusableDatabase(url, error);
  } finally {
    await client.end().catch(() => {});
  }
}

const DATABASE_ID = statement({
  text: `
  select oid || ' ' || extract(epoch from pg_postmaster_start_time()) as id
  from pg_database where datname = current_database()`,
  columns: { id: 'text' },
});

/**
 * Detects whether there is a pooler before PostgreSQL and what it preserves of a session, and makes the settings
 * accordingly: when a connection opens, or by the role. `variable` is where the URL is configured; if only connections
 * that listen use it, its sessions must not be shared. With sslmode=prefer, connections have TLS if the server has it now.
 *
 * @throws StartupError that names the fix, when connections cannot preserve what the service relies on
 */
export async function settleSessions(url: string, variable = 'DATABASE_URL'): Promise<Sessions> {
  const parsed = new URL(url);
  try {
    return await settleWithTls(url, variable);
  } catch (error) {
    const isPlain = (error as Error).message.includes('The server does not support SSL connections');
    if (parsed.searchParams.get('sslmode') !== 'prefer' || !isPlain) throw error;
    parsed.searchParams.set('sslmode', 'disable');
    return settleWithTls(parsed.href, variable);
  }
}

async function settleWithTls(url: string, variable: string): Promise<Sessions> {
  await using opened = new AsyncDisposableStack();
  const connect = async (mode: PoolMode, settings = {}) => {
    const client = createClient(withPoolMode(url, mode), {}, settings);
    await client.connect();
    opened.defer(() => client.end());
    return client;
  };
  try {
    const { client, reaches } = await firstConnection(connect);
    const settings = await conflictingSettings(client);
    const other = await connect(reaches ? 'direct' : 'transaction', settings);
    const mode = await poolMode(client, other, reaches);
    if (mode === 'transaction' && variable === LISTEN_VARIABLE) throw new StartupError(NOT_HEARD);
    await checkDatabase(client);
    if (mode === 'transaction') await checkRole(client);
    return { url: withPoolMode(withSettings(url, settings), mode), lost: LOST[mode] };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw startupError(error as pg.DatabaseError, url, variable);
  }
}

const NOT_HEARD = `${LISTEN_VARIABLE} leads through a pooler in transaction mode, where LISTEN is not heard: set it to the address of PostgreSQL itself, or of a pooler in session mode.`;

const LOST: Record<PoolMode, string | null> = {
  direct: null,
  session: null,
  transaction:
    'PostgreSQL is behind a pooler in transaction mode: LISTEN does not work through it, so workers look for runs only at each poll and every second, and events arrive up to a second late; set JOURNEY_RUNTIME_LISTEN_DATABASE_URL to a way past the pooler, or use its session mode, to be notified at once',
};

type Connect = (mode: PoolMode, settings?: Record<string, string>) => Promise<pg.Client>;

/** Opens a connection and checks whether its settings reach PostgreSQL; a pooler rejects or drops them. */
async function firstConnection(connect: Connect): Promise<{ client: pg.Client; reaches: boolean }> {
  const token = randomUUID();
  try {
    const client = await connect('direct', { [TOKEN]: token });
    const { rows } = await client.query('select current_setting($1, true) as token', [TOKEN]);
    return { client, reaches: rows[0].token === token };
  } catch (error) {
    if (!(error as Error).message.includes('unsupported startup parameter')) throw error;
    return { client: await connect('transaction'), reaches: false };
  }
}

const TOKEN = 'journey_runtime.session';

/**
 * Detects the pool mode. A session is exclusive if it stays with one server process while another connection holds a
 * transaction.
 */
async function poolMode(client: pg.Client, other: pg.Client, reaches: boolean): Promise<PoolMode> {
  const processes = new Set<number>();
  // A named statement, so that it is prepared only once.
  const look = async () =>
    processes.add((await client.query({ name: 'session-process', text: PROCESS })).rows[0].pid);
  for (let turn = 0; turn < TURNS; turn += 1) {
    await look();
    // Meanwhile a pooler would assign the server process that was just released, or a different one at each statement.
    await other.query('begin');
    const { rows } = await other.query(PROCESS);
    await look();
    await other.query('rollback');
    if (processes.has(rows[0].pid)) return 'transaction';
  }
  if (processes.size > 1) return 'transaction';
  return reaches ? 'direct' : 'session';
}

const TURNS = 3;
const PROCESS = 'select pg_backend_pid() as pid';

function startupError(error: pg.DatabaseError, url: string, variable: string): StartupError {
  if (/statement pooling mode/.test(error.message))
    return new StartupError(
      `${variable} leads through a pooler in statement mode, which has no transactions (${error.message}). Use its session or transaction mode, or connect past it.`,
      { cause: error },
    );
  if (!STATEMENT_LOST.has(error.code ?? '')) return unusableDatabase(url, error);
  return new StartupError(
    `Connections by ${variable} lose what they have prepared (${error.message}), as with a pooler in transaction mode. Use its session mode, or connect past it; PgBouncer keeps prepared statements from 1.21 on, with max_prepared_statements.`,
    { cause: error },
  );
}

/** SQLSTATEs of a prepared statement that is unknown, or was already prepared by another client. */
const STATEMENT_LOST = new Set(['26000', '42P05']);
