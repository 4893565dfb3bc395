import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { applicationName } from '../../postgres/connection-config.ts';
import { type Database, openFairPool, openPool, prismaOver } from '../../postgres/database.ts';
import { withFallback } from '../../postgres/fallback-pool.ts';
import { missingSettings } from '../../postgres/server-settings.ts';
import { replayedPosition, type WalPosition } from './wal-position.ts';

/** Why a replica is not used, or 'ok'. */
export type ReplicaState =
  | 'ok'
  | 'it does not respond'
  | 'it is behind the primary'
  | 'it has not confirmed the latest failover yet'
  | 'it is no streaming replica of the primary'
  | 'a pooler drops the settings of its connections';

/** A streaming replica of the primary. */
export class Replica {
  /** Its host and port. */
  readonly name: string;
  /** For statements that only read. While the replica is not usable, the primary executes them. */
  readonly db: Database;
  /** One connection of its own, so that a check waits for no query. */
  readonly #checks: pg.Pool;
  #state: ReplicaState = 'it does not respond';
  #seen: WalPosition | null = null;
  #reading: Promise<WalPosition | null> | null = null;

  constructor(url: string, primary: Database, maxConnections: number) {
    this.name = new URL(url).host;
    const queries = openFairPool(url, maxConnections);
    this.#checks = openPool(url, { max: 1, application_name: applicationName('replica check') });
    const onFailure = () => {
      this.#state = 'it does not respond';
    };
    // After a crash a replica may be further behind than it was.
    for (const own of [queries, this.#checks]) own.on('error', onFailure);
    const isUsable = () => this.isUsable;
    const pool = withFallback(queries, { instead: primary.pool, isUsable, onFailure });
    const prisma = prismaOver(pool);
    const close = async () => {
      await prisma.$disconnect();
      await Promise.all([queries.end(), this.#checks.end()]);
    };
    this.db = { ...primary, pool, prisma, close };
  }

  get state(): ReplicaState {
    return this.#state;
  }

  get isUsable(): boolean {
    return this.#state === 'ok';
  }

  /** The bytes of the primary's log that the replica lacked when it was last read; null if unknown. */
  behindBytes(written: WalPosition): number | null {
    return this.#seen && Math.max(0, Number(written.position - this.#seen.position));
  }

  /**
   * Whether a usable replica shows everything up to the position, now or within WAIT_MS. If not, it is not usable until
   * check() succeeds, so that later reads do not wait for it.
   */
  async shows(written: WalPosition): Promise<boolean> {
    if (!this.isUsable) return false;
    if (this.#seen && reaches(this.#seen, written)) return true;
    const isShown = await Promise.race([this.check(written), pause(WAIT_MS, false)]);
    if (!isShown && this.isUsable) this.#state = 'it does not respond';
    return isShown;
  }

  /** Finds out whether the replica is usable: it must show everything up to the position within WAIT_MS. */
  async check(written: WalPosition): Promise<boolean> {
    try {
      this.#state = await this.#stateAt(written);
    } catch {
      this.#state = 'it does not respond';
    }
    return this.isUsable;
  }

  async #stateAt(written: WalPosition): Promise<ReplicaState> {
    const deadline = performance.now() + WAIT_MS;
    if (!this.isUsable && (await missingSettings(this.#checks)).length > 0)
      return 'a pooler drops the settings of its connections';
    for (;;) {
      this.#seen = await this.#read();
      if (this.#seen?.database !== written.database) return 'it is no streaming replica of the primary';
      if (reaches(this.#seen, written)) return 'ok';
      if (performance.now() > deadline)
        return this.#seen.timeline === written.timeline
          ? 'it is behind the primary'
          : 'it has not confirmed the latest failover yet';
      await pause(POLL_MS);
    }
  }

  /** Reads that wait for the replica at the same time share its answers. */
  #read(): Promise<WalPosition | null> {
    this.#reading ??= replayedPosition(this.#checks, ANSWER_WITHIN_MS).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }
}

const reaches = (seen: WalPosition, written: WalPosition): boolean =>
  seen.database === written.database &&
  seen.timeline === written.timeline &&
  seen.position >= written.position;

/** How long a read waits for the replica before it goes to the primary. */
const WAIT_MS = 100;
const POLL_MS = 5;
const ANSWER_WITHIN_MS = 1_000;
