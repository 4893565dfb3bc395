import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import type { Logger } from '../logger.ts';
import { instruments } from '../telemetry/instruments.ts';

/** The client of a rejected request: its principal or, if it has none, its address. */
export type RejectedClient = { principal: string; address: string | null };

/**
 * Why requests are rejected: the client lacks a permission, it has no valid credential, or it is a page of an origin that
 * may not send the request.
 */
export type RejectionReason = 'rights' | 'authentication' | 'origin';

type Counted = RejectedClient & { times: number; actions: Set<string> };

/**
 * Counts rejected requests in memory, so that a stranger cannot write to the database at will. One entry for each client
 * and minute is added to the audit log.
 */
export class Rejections {
  readonly #pool: pg.Pool;
  readonly #counted = new Map<string, Counted>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** @param action the field that was rejected, such as `Mutation.cancelRun`; by default the reason */
  count(client: RejectedClient, reason: RejectionReason, action: string = reason): void {
    instruments()?.rejections.add(1, { reason });
    this.#add({ ...client, times: 1, actions: new Set([action]) });
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
      for (const entry of entries) this.#add(entry);
      throw error;
    }
  }

  #add({ principal, address, times, actions }: Counted): void {
    const own = principal === '' ? `address ${address}` : `principal ${principal}`;
    const isFull = this.#counted.size >= CLIENTS_AT_MOST && !this.#counted.has(own);
    const key = isFull ? `address ${OTHERS}` : own;
    const client = isFull ? { principal: '', address: OTHERS } : { principal, address };
    const entry = this.#counted.get(key) ?? { ...client, times: 0, actions: new Set<string>() };
    entry.times += times;
    for (const action of actions) if (entry.actions.size < ACTIONS_AT_MOST) entry.actions.add(action);
    this.#counted.set(key, entry);
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
