import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connectionConfig, poolModeOf } from '../postgres/connection-config.ts';
import { PIPELINED, statementWith } from '../postgres/local-settings.ts';
import { isOutage } from '../postgres/outage.ts';
import { PLANNED_BY_INDEX, type Settings } from '../postgres/session-settings.ts';

type OnConnected = Parameters<pg.Pool['connect']>[0];

const AGAIN_MS = 200;

/**
 * Planned by index: left to its statistics, the planner would sort the whole queue for the first jobs of it. Its commits do
 * not wait for the disk: a job that comes back after the server crashed wakes for what has been done, and finds nothing to do.
 * That holds for a statement and never for its connection, for a pooler may give that to one whose commits must last.
 */
export function openPatientPool(url: string, max: number): PatientPool {
  const planned = poolModeOf(url) === 'transaction' ? PLANNED_BY_INDEX : {};
  const config = { ...connectionConfig(url, PLANNED_BY_INDEX), ...PIPELINED, max };
  const pool = new PatientPool(config, { ...planned, synchronous_commit: 'off' });
  // Connections that break are replaced; graphile-worker asks for listeners on both the idle and the busy ones.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * Connections for graphile-worker, which gives all of its work up when one statement of its own breaks off, and may crash
 * over it while the database is away. So its statements wait for the database: each can be repeated, for it says which
 * jobs it is about and which pool must hold them, and jobs that were fetched unheard are left to the net. Statements of one
 * transaction would be torn apart: only graphile-worker's migrations are such, and ours run them before (migrate.ts).
 */
export class PatientPool extends pg.Pool {
  #isPatient = true;
  readonly #run: ReturnType<typeof statementWith>;

  constructor(config: pg.PoolConfig, settings: Settings) {
    super(config);
    this.#run = statementWith(settings);
  }

  /** From now on what breaks off rejects: who stops does not wait for a database that is away. */
  hurry(): void {
    this.#isPatient = false;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(onConnected: OnConnected): void;
  override connect(onConnected?: OnConnected): Promise<pg.PoolClient> | undefined {
    // Whoever gives a callback keeps the connection, to listen on it.
    if (!onConnected)
      return Promise.resolve({ query: this.#query, release() {} } as unknown as pg.PoolClient);
    this.#patiently(() => super.connect()).then(
      (client) => onConnected(undefined, client, (error) => client.release(error)),
      (error) => onConnected(error, undefined, () => {}),
    );
    return undefined;
  }

  #query = (statement: pg.QueryConfig | string, values?: unknown[]): Promise<pg.QueryResult> =>
    this.#patiently(async () => this.#run(await super.connect(), statement, values));

  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!this.#isPatient || !isOutage(error)) throw error;
        await sleep(AGAIN_MS);
      }
    }
  }
}
