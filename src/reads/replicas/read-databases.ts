import type pg from 'pg';
import { repeatedly } from '../../async/repeatedly.ts';
import type { Logger } from '../../logger.ts';
import { createBatch } from '../../postgres/batch.ts';
import type { Database } from '../../postgres/database.ts';
import { Replica, type ReplicaState } from './replica.ts';
import { type WalPosition, writtenPosition } from './wal-position.ts';

/** The databases for operations that only read: the replicas in turns, or the primary. */
export type ReadDatabases = {
  /**
   * Returns a database that shows everything that any process committed before the call. Replicas that do not within a
   * bound are left out.
   */
  choose(): Promise<Database>;
  replicas(): readonly ReplicaFigures[];
  stop(): Promise<void>;
};

export type ReplicaFigures = { name: string; state: ReplicaState; behindBytes: number | null };

export type ReadDatabasesOptions = {
  primary: Database;
  /** For reading the primary's position, which all clients share. */
  pool: pg.Pool;
  /** The URLs of the replicas. */
  urls: readonly string[];
  /** The most connections to each replica. */
  maxConnections: number;
  logger: Logger;
};

export function openReadDatabases(options: ReadDatabasesOptions): ReadDatabases {
  const { primary, pool, urls, maxConnections, logger } = options;
  const replicas = urls.map((url) => new Replica(url, primary, maxConnections));
  // A position is read after all calls that share it began.
  const position = createBatch<null, WalPosition>({
    bytesOf: () => 0,
    async run(calls) {
      const written = await writtenPosition(pool);
      return calls.map(() => written);
    },
  });
  let written: WalPosition | null = null;
  let turn = 0;

  const logged = new Map<Replica, ReplicaState>();
  async function check(replica: Replica, now: WalPosition): Promise<void> {
    await replica.check(now);
    const { name, state } = replica;
    if (state === logged.get(replica)) return;
    logged.set(replica, state);
    if (state === 'ok') logger.info({ replica: name }, 'the replica is used for reads');
    else logger.warn({ replica: name }, `the replica is not used for reads: ${state}`);
  }

  const checking =
    replicas.length > 0
      ? repeatedly({ what: 'checking the replicas', logger, afterFailureMs: CHECK_EVERY_MS }, async () => {
          const now = await position.submit(null);
          written = now;
          await Promise.all(replicas.map((replica) => check(replica, now)));
          return CHECK_EVERY_MS;
        })
      : null;

  return {
    async choose() {
      const usable = replicas.filter(({ isUsable }) => isUsable);
      turn += 1;
      const replica = usable[turn % usable.length];
      if (!replica) return primary;
      const now = await position.submit(null).catch(() => null);
      return now && (await replica.shows(now)) ? replica.db : primary;
    },
    replicas: () =>
      replicas.map((replica) => ({
        name: replica.name,
        state: replica.state,
        behindBytes: written && replica.behindBytes(written),
      })),
    async stop() {
      await checking?.stop();
      await Promise.all(replicas.map(({ db }) => db.close()));
    },
  };
}

const CHECK_EVERY_MS = 1_000;
