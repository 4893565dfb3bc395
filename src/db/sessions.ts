import pg from 'pg';
import { StartupError } from '../errors.ts';
import { connectionConfig } from './database.ts';

/**
 * Makes sure that connections keep what is laid into them: the time zone that they are opened with, without which moments
 * would be misread, and prepared statements. A pooler between may refuse the one, and lose both.
 *
 * @throws StartupError that says how to mend it
 */
export async function checkSessions(url: string): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const connect = async () => {
    const client = new pg.Client(connectionConfig(url));
    client.on('error', () => {});
    opened.defer(() => client.end());
    await client.connect();
    return client;
  };
  try {
    const client = await connect();
    const { rows } = await client.query<{ zone: string }>(TIME_ZONE);
    const { zone } = rows[0]!;
    if (zone !== 'UTC' && zone !== 'Etc/UTC') throw new StartupError(zoneLost(zone, client.user));
    // In a pooler's transaction mode the next statement is done by another connection, now that the last one's is taken.
    const other = await connect();
    await other.query('begin');
    await client.query(TIME_ZONE);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(refusal(error as pg.DatabaseError), { cause: error });
  }
}

/** Named: done a second time, it is not prepared again. */
const TIME_ZONE: pg.QueryConfig = {
  name: 'time-zone',
  text: `select current_setting('TimeZone') as zone`,
};

const zoneLost = (zone: string, user: string | undefined) =>
  `Connections by DATABASE_URL are in the time zone ${zone} and not in UTC, as where a pooler ignores what they are opened with. Connect past it, or give the role that setting: alter role "${user}" set TimeZone = 'UTC'.`;

function refusal({ code, message }: pg.DatabaseError): string {
  if (code === STATEMENT_UNKNOWN)
    return `Connections by DATABASE_URL lose what they have prepared (${message}), as with a pooler in transaction mode. Use its session mode, or connect past it; PgBouncer keeps prepared statements from 1.21 on, with max_prepared_statements.`;
  if (message.includes('unsupported startup parameter'))
    return `A pooler refuses what connections by DATABASE_URL are opened with (${message}). Connect past it, or let it ignore that: PgBouncer's ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout, options.`;
  return `Connections by DATABASE_URL cannot be used (${message}): see that the server has connections left.`;
}

const STATEMENT_UNKNOWN = '26000';
