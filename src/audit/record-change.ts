import type pg from 'pg';
import { inTransaction, type Queryable } from '../postgres/transaction.ts';
import { type AuditedType, idOf, stateHash } from './audited-state.ts';

/** A change as the audit log describes it: the principal, its request, the mutation, and the type of the object. */
export type Change = {
  /** The id of the principal; '' in a service without identity. */
  principal: string;
  requestId: string | null;
  /** The name of the mutation. */
  action: string;
  type: AuditedType;
};

/**
 * Makes a change of one object in a transaction, and adds it to the audit log. A call that changed nothing, such as a
 * repeated one, adds no entry.
 * @param args the arguments of the mutation, which name the object unless it is new
 * @param changedId returns the id of the object that the result is about; null if it is an error
 */
export function recorded<T>(
  pool: pg.Pool,
  change: Change,
  args: object,
  work: (client: pg.PoolClient) => Promise<T>,
  changedId: (result: T) => string | null,
): Promise<T> {
  return inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    const known = await idOf(client, change.type, args, change.principal);
    const before = known === null ? null : await stateHash(client, change.type, known);
    const result = await work(client);
    const id = changedId(result);
    if (id !== null) await recordChange(client, change, id, before);
    return result;
  });
}

/** Adds an entry with the object's state as the transaction has made it, unless that is the state before. */
export async function recordChange(
  client: Queryable,
  { principal, requestId, action, type }: Change,
  id: string,
  before: Buffer | null,
): Promise<void> {
  const after = await stateHash(client, type, id);
  if (before !== null && after !== null && before.equals(after)) return;
  const values = [principal, action, type, [id], before, after, requestId];
  await client.query({ name: 'record-change', text: INSERT, values });
}

const LOCK_TIMEOUT_MS = 5_000;

const INSERT = `
  insert into journey_audit_log (principal, action, object_type, object_ids, hash_before, hash_after, request_id)
  values ($1, $2, $3, $4, $5, $6, $7)`;
