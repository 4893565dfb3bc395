import pg from 'pg';
import { beginWith, type Settings } from './session-settings.ts';

type Statement = pg.QueryConfig | string;

/**
 * Returns a function that runs a statement in its own transaction, with settings that end with it, and releases the
 * client.
 */
export function statementWith(
  settings: Settings,
): (client: pg.PoolClient, statement: Statement, values?: unknown[]) => Promise<pg.QueryResult> {
  const begin = beginWith(settings);
  return async (client, statement, values) => {
    // Sent together (PIPELINED): after a failure the server skips the rest, and the commit rolls back.
    const sent = [client.query(begin), client.query(statement, values), client.query('commit')] as const;
    const answers = await Promise.allSettled(sent);
    const failed = answers.find((answer) => answer.status === 'rejected');
    client.release(failed && !(failed.reason instanceof pg.DatabaseError) ? failed.reason : undefined);
    if (failed) throw failed.reason;
    return (answers[1] as PromiseFulfilledResult<pg.QueryResult>).value;
  };
}

/** The options of clients for statementWith: its three statements take one round trip. */
export const PIPELINED = { pipeline: true };

/** Makes each statement of the pool run with settings that end with the statement. */
export function withLocalSettings(pool: pg.Pool, settings: Settings): pg.Pool {
  const run = statementWith(settings);
  const query = async (statement: Statement, values?: unknown[]) =>
    run(await pool.connect(), statement, values);
  return Object.assign(pool, { query });
}
