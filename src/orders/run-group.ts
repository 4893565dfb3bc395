import type pg from 'pg';
import { InvalidInputError, invalid, ok, type Result, type UserError } from '../errors.ts';
import type { RunGroupKind } from '../postgres/generated/prisma/enums.ts';
import { newId } from '../postgres/new-id.ts';
import { withRetriedTransaction } from '../postgres/retried-transaction.ts';
import { rowsOf, statement } from '../postgres/statement.ts';
import type { Queryable } from '../postgres/transaction.ts';
import type { SharedContext, SharedInput } from '../runs/model/shared-payload.ts';

/** One checkout or automation request. Its runs read the shared payload in addition to their own. */
export type RunGroup = {
  kind: RunGroupKind;
  /** The shop of the order, as stored. */
  shop: string;
  orderId: string;
  sharedInput: SharedInput;
  sharedContext: SharedContext;
  caller: string;
  idempotencyKey: string | null;
  /** SHA-256 of the request as it was received: distinguishes a repeat from a different request. */
  requestHash: Buffer;
  requestId: string | null;
};

/** A stored group; `deduplicated` when an earlier, identical request stored it. */
export type GroupResult = Result<{ groupId: string; orderId: string; deduplicated: boolean }>;

/** Executes the work of a group in one transaction: all or nothing. */
export async function groupTransaction(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<GroupResult>,
): Promise<GroupResult> {
  try {
    return await withRetriedTransaction(pool, work);
  } catch (error) {
    if (error instanceof InvalidInputError) return invalid(...error.userErrors);
    throw error;
  }
}

/**
 * Stores the group within a transaction. Returns null if the order already has a checkout, or the caller's key a
 * group in the shop. Transactions that store the same order or key wait for each other. Uses the groups' unique indexes.
 */
export async function storeGroup(client: pg.PoolClient, group: RunGroup): Promise<string | null> {
  const { kind, shop, orderId, sharedInput, sharedContext, caller, idempotencyKey, requestHash } = group;
  const audited = [ACTIONS[kind], group.requestId];
  const shared = [sharedInput, sharedContext];
  const values = [newId(), kind, orderId, ...shared, caller, idempotencyKey, requestHash, shop, ...audited];
  return (await rowsOf(client, STORE, values))[0]?.id ?? null;
}

/**
 * The result of a repeated request, if its group is stored; `conflict` is the error for a different request. Null
 * if the group is not stored.
 */
export async function knownGroup(
  client: Queryable,
  by: { orderId: string } | { shop: string; caller: string; idempotencyKey: string },
  requestHash: Buffer,
  conflict: UserError,
): Promise<GroupResult | null> {
  const [known] =
    'orderId' in by
      ? await rowsOf(client, CHECKOUT_OF_ORDER, [requestHash, by.orderId])
      : await rowsOf(client, OF_KEY, [requestHash, by.caller, by.idempotencyKey, by.shop]);
  if (!known) return null;
  if (!known.same) return invalid(conflict);
  return ok({ groupId: known.id, orderId: known.orderId, deduplicated: true });
}

/** The mutations that store groups, for the audit log. */
const ACTIONS: Record<RunGroupKind, string> = {
  CHECKOUT: 'enqueueCheckoutRuns',
  AUTOMATION: 'runOrderAutomation',
};

const STORE = statement({
  name: 'store-run-group',
  text: `
  with stored as (
    insert into journey_run_groups
      (id, kind, order_id, shared_input, shared_context, caller, idempotency_key, request_hash, shop)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict do nothing
    returning id
  ), audited as (
    insert into journey_audit_log (principal, action, object_type, object_ids, hash_after, request_id)
    select $6::text, $10::text, 'RunGroup', array[id::text], $8::bytea, $11::text from stored
  )
  select id from stored`,
  columns: { id: 'uuid' },
});

const KNOWN = `select id, order_id as "orderId", request_hash = $1 as same from journey_run_groups`;
const KNOWN_COLUMNS = { id: 'uuid', orderId: 'uuid', same: 'bool' } as const;
const CHECKOUT_OF_ORDER = statement({
  name: 'known-checkout',
  text: `${KNOWN} where order_id = $2 and kind = 'CHECKOUT'`,
  columns: KNOWN_COLUMNS,
});
const OF_KEY = statement({
  name: 'known-run-group',
  text: `${KNOWN} where caller = $2 and idempotency_key = $3 and shop = $4`,
  columns: KNOWN_COLUMNS,
});
