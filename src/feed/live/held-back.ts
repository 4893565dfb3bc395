import type pg from 'pg';
import type { Logger } from '../../logger.ts';
import { type RowColumns, type RowOf, rowsOf, statement } from '../../postgres/statement.ts';

/** The oldest transaction in progress in this database. Fields that the database does not reveal are null. */
export type Holder = RowOf<typeof HOLDER_COLUMNS>;

const HOLDER_COLUMNS = {
  /** Null for a prepared transaction, which has no process. */
  pid: 'int4?',
  database: 'text?',
  /** Its application_name, or the name of a prepared transaction. */
  application: 'text?',
  /** How long the transaction has lasted; null where this role may not see it. */
  seconds: 'float8?',
} as const satisfies RowColumns;

export type HeldBack = { ms: number; by: Holder | null };

/**
 * Watches how long a transaction in progress holds events back. Events are released in the order of transaction ids, and
 * the oldest transaction may still write events. Transactions of other databases cannot: the watch finds them, and they
 * hold nothing back from then on. It logs once which transaction of this database does.
 */
export class HeldBackWatch {
  readonly #pool: pg.Pool;
  readonly #logger: Logger;
  #held: HeldBack | null = null;
  #logged: string | null = null;
  #foreign: readonly string[] = [];
  #isLooking = false;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(pool: pg.Pool, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  get held(): HeldBack | null {
    return this.#held;
  }

  /** Ids of transactions in progress that belong to other databases of the server. */
  get foreign(): readonly string[] {
    return this.#foreign;
  }

  /** Called after each read of the log with the age of the oldest event that is held back; null when there is none. */
  update(heldMs: number | null): void {
    if (heldMs === null) {
      if (this.#logged !== null) this.#logger.info('run events are no longer held back');
      this.#held = null;
      this.#logged = null;
      return;
    }
    this.#held = { ms: heldMs, by: this.#held?.by ?? null };
    const isDue = performance.now() - this.#lookedAt > LOOK_EVERY_MS;
    if (heldMs >= LOOK_FROM_MS && isDue && !this.#isLooking) void this.#look();
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    this.#lookedAt = performance.now();
    try {
      this.#foreign = (await rowsOf(this.#pool, FOREIGN)).map(({ xid }) => xid);
      if (!this.#held || this.#held.ms < LONG_MS) return;
      const [holder] = await rowsOf(this.#pool, HOLDER);
      this.#held = { ...this.#held, by: holder ?? null };
      this.#log(this.#held);
    } catch {
      // The feed reader already reports an unreachable database.
    } finally {
      this.#isLooking = false;
    }
  }

  #log({ ms, by }: HeldBack): void {
    const holder = by ? `${by.pid} ${by.application}` : 'unknown';
    if (holder === this.#logged) return;
    this.#logged = holder;
    this.#logger.warn(
      { heldMs: Math.round(ms), ...by },
      `run events are held back: ${describeHolder(by)} has to end before subscribers get them`,
    );
  }
}

/** Describes the transaction to operators, as a part of a sentence. */
export function describeHolder(by: Holder | null): string {
  if (!by) return 'a transaction in progress';
  const age = by.seconds === null ? '' : ` that began ${Math.round(by.seconds)} s ago`;
  const process = by.pid === null ? 'a prepared transaction' : `the transaction of process ${by.pid}`;
  return `${process} (${by.application || 'no application name'}) in database ${by.database}${age}`;
}

/** Events must be held back this long before it is logged: writes take milliseconds. */
const LONG_MS = 5_000;
/** Reading the locks of the server costs more than reading the log, so it is not done for an ordinary write. */
const LOOK_FROM_MS = 200;
const LOOK_EVERY_MS = 1_000;

/** Every role may read which transaction a process has locked, and in which database it works. */
const FOREIGN = statement({
  name: 'feed-foreign',
  text: `
  select x as xid from pg_snapshot_xip(pg_current_snapshot()) x
  where exists (
    select from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'transactionid' and l.transactionid = x::xid and l.granted and a.datname <> current_database()
  ) or exists (
    select from pg_prepared_xacts p where p.transaction = x::xid and p.database <> current_database()
  )`,
  columns: { xid: 'xid8' },
});

const HOLDER = statement({
  name: 'feed-holder',
  text: `
  select pid, database, application, seconds from (
    select pid, datname::text as database, application_name as application, backend_xid as xid,
      extract(epoch from clock_timestamp() - xact_start)::float8 as seconds
    from pg_stat_activity
    where backend_xid is not null and pid <> pg_backend_pid() and datname = current_database()
    union all
    select null, database::text, gid, transaction, extract(epoch from clock_timestamp() - prepared)::float8
    from pg_prepared_xacts where database = current_database()
  ) holder order by age(xid) desc limit 1`,
  columns: HOLDER_COLUMNS,
});
