import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import type { Logger } from '../logger.ts';

/** The client of a rejected operation: its principal or, if it has none, its address. */
export type RejectedClient = { principal: string; address: string | null };

/**
 * Counts rejected operations in memory, so that a stranger cannot write to the database at will. One entry for each client
 * and minute is added to the audit log.
 */
export class Rejections {
  readonly #pool: pg.Pool;
  readonly #counted = new Map<string, RejectedClient & { times: number; actions: Set<string> }>();
  #total = 0;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** The number of rejected operations since the process started. */
  get total(): number {
    return this.#total;
  }

  /** @param action the field that was rejected, such as `Mutation.cancelRun` */
  count({ principal, address }: RejectedClient, action: string): void {
    this.#total += 1;
    const own = principal === '' ? `address ${address}` : `principal ${principal}`;
    const isFull = this.#counted.size >= CLIENTS_AT_MOST && !this.#counted.has(own);
    const key = isFull ? OTHERS : own;
    const known = this.#counted.get(key);
    const entry = known ?? {
      principal: isFull ? '' : principal,
      address: isFull ? OTHERS : address,
      times: 0,
      actions: new Set<string>(),
    };
    entry.times += 1;
    if (entry.actions.size < ACTIONS_AT_MOST) entry.actions.add(action);
    this.#counted.set(key, entry);
  }

  /** Adds the rejections since the last call to the audit log. They stay in memory while that fails. */
  async record(): Promise<void> {
    const entries = [...this.#counted.values()];
    if (entries.length === 0) return;
    this.#counted.clear();
    const rows = entries.map(({ actions, ...entry }) => ({ ...entry, action: [...actions].join(', ') }));
    try {
      await this.#pool.query(RECORD, [JSON.stringify(rows)]);
    } catch (error) {
      for (const entry of entries) this.#restore(entry);
      throw error;
    }
  }

  #restore(entry: RejectedClient & { times: number; actions: Set<string> }): void {
    const key = entry.principal === '' ? `address ${entry.address}` : `principal ${entry.principal}`;
    const known = this.#counted.get(key);
    if (known) known.times += entry.times;
    else this.#counted.set(key, entry);
  }
}

/** Records the rejections once a minute, and a last time when it stops. */
export function recordRejections(rejections: Rejections, logger: Logger): Repeated {
  return repeatedly({ what: 'recording rejections', logger, afterFailureMs: MINUTE_MS }, async () => {
    await rejections.record();
    return MINUTE_MS;
  });
}

const MINUTE_MS = 60_000;
/** Further clients of a minute are counted together, so that addresses at will take no memory. */
const CLIENTS_AT_MOST = 1_000;
const OTHERS = 'others';
const ACTIONS_AT_MOST = 20;

const RECORD = `
  insert into journey_audit_log (principal, address, action, rejected, times)
  select principal, address, action, true, times
  from jsonb_to_recordset($1::jsonb) as r(principal text, address text, action text, times int)`;
