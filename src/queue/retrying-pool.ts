import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { applicationName, connectionConfig, poolModeOf } from '../postgres/connection-config.ts';
import { type Database, openPool } from '../postgres/database.ts';
import { PIPELINED, statementWith } from '../postgres/local-settings.ts';
import { isOutage } from '../postgres/outage.ts';
import { PLANNED_BY_INDEX, type Settings } from '../postgres/session-settings.ts';

type OnConnected = Parameters<pg.Pool['connect']>[0];
type DatabaseUrls = Pick<Database, 'url' | 'listenUrl'>;

const AGAIN_MS = 200;

/**
 * Opens the pool for graphile-worker. Its statements are planned by index: with its statistics, the planner would
 * sort the whole queue to find the first jobs. Its commits do not wait for the disk: a completed job that comes back
 * after a server crash wakes a run that was executed already, and does nothing. Both settings apply to a statement
 * and never to its connection, because a pooler may give the connection to a client whose commits must be durable.
 */
export function openRetryingPool({ url, listenUrl }: DatabaseUrls, max: number): RetryingPool {
  const planned = poolModeOf(url) === 'transaction' ? PLANNED_BY_INDEX : {};
  const listening = listenUrl === url ? null : openPool(listenUrl, { max: 1 });
  const config = {
    ...connectionConfig(url, PLANNED_BY_INDEX),
    ...PIPELINED,
    application_name: applicationName('jobs'),
    max: listening ? max - 1 : max,
  };
  const pool = new RetryingPool(config, { ...planned, synchronous_commit: 'off' }, listening);
  // Broken connections are replaced. graphile-worker requires error listeners on idle and on busy connections.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * A pool for graphile-worker whose statements are retried while the database is unreachable. Without retries,
 * graphile-worker stops all of its work when one of its own statements fails, and may crash. Each statement can be
 * repeated, because it names its jobs and the pool that must hold them. When the response to a fetch is lost, the sweep
 * picks up its jobs. Statements of one transaction would run on different connections, but only graphile-worker's
 * migrations use a transaction, and migrate.ts runs them earlier.
 */
export class RetryingPool extends pg.Pool {
  #isRetrying = true;
  readonly #listening: pg.Pool | null;
  readonly #run: ReturnType<typeof statementWith>;

  /** Connections that listen are taken from `listening` where it is given, and it is closed together with this pool. */
  constructor(config: pg.PoolConfig, settings: Settings, listening: pg.Pool | null) {
    super(config);
    this.#listening = listening;
    this.#run = statementWith(settings);
  }

  override end(): Promise<void>;
  override end(onEnded: () => void): void;
  override end(onEnded?: () => void): Promise<void> | undefined {
    const ended = Promise.all([super.end(), this.#listening?.end()]).then(() => {});
    if (!onEnded) return ended;
    void ended.then(onEnded);
    return undefined;
  }

  /** Stops retrying, so that shutdown does not wait for an unreachable database. */
  stopRetrying(): void {
    this.#isRetrying = false;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(onConnected: OnConnected): void;
  override connect(onConnected?: OnConnected): Promise<pg.PoolClient> | undefined {
    // A caller that passes a callback holds the connection, to listen on it.
    if (!onConnected)
      return Promise.resolve({ query: this.#query, release() {} } as unknown as pg.PoolClient);
    this.#retrying(() => this.#listening?.connect() ?? super.connect()).then(
      (client) => onConnected(undefined, client, (error) => client.release(error)),
      (error) => onConnected(error, undefined, () => {}),
    );
    return undefined;
  }

  #query = (statement: pg.QueryConfig | string, values?: unknown[]): Promise<pg.QueryResult> =>
    this.#retrying(async () => this.#run(await super.connect(), statement, values));

  async #retrying<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!this.#isRetrying || !isOutage(error)) throw error;
        await sleep(AGAIN_MS);
      }
    }
  }
}
