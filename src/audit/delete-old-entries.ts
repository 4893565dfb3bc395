import type pg from 'pg';
import { type Repeated, repeatedly } from '../async/repeatedly.ts';
import type { Logger } from '../logger.ts';
import { rowsOf, statement } from '../postgres/statement.ts';

/**
 * Deletes a batch of the entries that are older than this, oldest first, and returns their number. Only this function of
 * the database can delete entries: the role that the service works with may add and read them.
 */
export async function deleteOldEntries(pool: pg.Pool, days: number): Promise<number> {
  return (await rowsOf(pool, DELETE, [days]))[0]!.deleted;
}

const DELETE = statement({
  name: 'delete-old-audit-entries',
  text: 'select journey_delete_audit_entries($1::int) as deleted',
  columns: { deleted: 'int4' },
});

/** Deletes entries of the audit log that are older than `days`, one batch at a time, until the worker stops. */
export function startAuditRetention(pool: pg.Pool, days: number, logger: Logger): Repeated {
  return repeatedly({ what: 'deleting old audit entries', logger, afterFailureMs: HOUR_MS }, async () => {
    const deleted = await deleteOldEntries(pool, days);
    return deleted > 0 ? PAUSE_MS : HOUR_MS;
  });
}

const HOUR_MS = 3_600_000;
const PAUSE_MS = 200;
