import type pg from 'pg';
import { z } from 'zod';
import { invalid, ok, type Result, type UserError } from '../errors.ts';
import { inputErrors } from '../input-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { rowsOf, type Statement, statement } from '../postgres/statement.ts';
import { addBulkJobsSql } from '../queue/tasks.ts';
import { idempotencyKey, keyTaken } from '../runs/enqueue/idempotency.ts';
import { requestHash } from '../runs/enqueue/request-hash.ts';
import { checkRunFilter, hasCondition, type RunFilter } from '../runs/model/run-filter.ts';
import { narrowed, type RunScope } from '../runs/model/run-scope.ts';
import { type RunSources, runSources } from '../runs/model/run-sources.ts';
import { cancelReason } from '../runs/operate/cancel.ts';
import { type ReplayInput, replayInput } from '../runs/operate/replay.ts';
import { shopInput, shopOf } from '../shop.ts';
import {
  BULK_OPERATION_TYPES,
  type BulkOperation,
  type BulkOperationKind,
  bulkOperationColumns,
} from './bulk-operations.ts';

/** The request applied to each run of a set. `input` belongs to a replay, `reason` to a cancel. */
export type BulkRequest = { kind: BulkOperationKind; where: RunFilter; input?: ReplayInput | null } & Omit<
  z.infer<typeof shape>,
  'input'
>;

export const MAX_BULK_RUNS = 100_000;

/**
 * Fixes the set of runs that the filter matches now within the scope; workers of the queue apply the request to them in the
 * background. If the shop of the runs knows the idempotency key, returns the operation stored under it. Rejects with BAD_REQUEST on
 * an invalid filter.
 */
export async function startBulkOperation(
  pool: pg.Pool,
  queue: string,
  request: BulkRequest,
  caller: string,
  scope: RunScope,
  requestId: string | null = null,
): Promise<Result<BulkOperation>> {
  const hash = requestHash({ ...request, where: requestHash(request.where).toString('hex') });
  const known = await knownOperation(pool, request, caller, hash);
  if (known) return known;
  const { kind, where, ...rest } = request;
  const mistakes = [...checkBulkFilter(where), ...inputErrors(shape, rest)];
  if (mistakes.length > 0) return invalid(...mistakes);

  const { input, reason } = request;
  const own = [
    newId(),
    request.kind,
    JSON.stringify(input ?? { reason }),
    caller,
    request.idempotencyKey,
    hash,
    shopOfRuns(request.where),
    JSON.stringify(request.where),
  ];
  const values: unknown[] = [...own, queue, ACTIONS[request.kind], requestId];
  const sources = runSources(narrowed(scope, request.where), (value) => `$${values.push(value)}`, {
    limit: MAX_BULK_RUNS,
  });
  const [started] = await rowsOf(pool, startQuery(sources, values));
  const { found, ...operation } = started!;
  if (operation.id !== null) return ok(operation);
  if (found > MAX_BULK_RUNS) return invalid(TOO_LARGE);
  // Another request has stored the same key in the meantime.
  return startBulkOperation(pool, queue, request, caller, scope, requestId);
}

/** The mutations that start operations, for the audit log. */
const ACTIONS: Record<BulkOperationKind, string> = {
  RETRY: 'bulkRetryRuns',
  CANCEL: 'bulkCancelRuns',
  REPLAY: 'bulkReplayRuns',
};

type Started = { found: number } & (BulkOperation | { [column in keyof BulkOperation]: null });

/**
 * Returns the error of a filter without a condition.
 * @throws ServiceError BAD_REQUEST on an invalid filter
 */
export function checkBulkFilter(where: RunFilter): UserError[] {
  checkRunFilter(where);
  return hasCondition(where) ? [] : [EMPTY_FILTER];
}

const ONE_KEY = 'is for the replay of one run; set the argument idempotencyKey instead';
const shape = z.object({
  input: replayInput.extend({ idempotencyKey: z.null({ error: ONE_KEY }).optional() }).nullish(),
  reason: cancelReason.nullish(),
  idempotencyKey: idempotencyKey.nullish(),
});

const EMPTY_FILTER: UserError = {
  code: 'INVALID',
  message: 'where has no condition and would match every run. Add a condition.',
  path: ['where'],
};

export const TOO_LARGE: UserError = {
  code: 'TOO_LARGE',
  message: `where matches more than ${MAX_BULK_RUNS} runs. Narrow it, for example with queuedAfter and queuedBefore, and send several requests.`,
  path: ['where'],
};

async function knownOperation(
  pool: pg.Pool,
  request: BulkRequest,
  caller: string,
  hash: Buffer,
): Promise<Result<BulkOperation> | null> {
  const key = idempotencyKey.safeParse(request.idempotencyKey);
  if (!key.success) return null;
  const [known] = await rowsOf(pool, BY_KEY, [caller, key.data, hash, shopOfRuns(request.where)]);
  if (!known) return null;
  const { sameRequest, ...operation } = known;
  return sameRequest ? ok(operation) : invalid(keyTaken(key.data));
}

/** The shop of the operation, as stored: the only one that the filter names. */
function shopOfRuns({ shop: shops }: RunFilter): string {
  const [shop, ...others] = shops ?? [];
  const named = shopInput.safeParse(shop);
  return others.length === 0 && named.success ? shopOf(named.data) : '';
}

const BY_KEY = statement({
  name: 'bulk-by-key',
  text: `
  select ${bulkOperationColumns('o')}, o.request_hash = $3::bytea as "sameRequest"
  from journey_bulk_operations o where o.caller = $1 and o.idempotency_key = $2 and o.shop = $4`,
  columns: { ...BULK_OPERATION_TYPES, sameRequest: 'bool' },
});

/** Works on the oldest runs first, because they would be the next to run. Uses the filter's indexes. */
export const startQuery = ({ ctes, reads, selects }: RunSources, values: unknown[]): Statement<Started> => ({
  values,
  columns: { found: 'int4', ...BULK_OPERATION_TYPES },
  text: `
  ${ctes === '' ? 'with' : `${ctes},`} found as materialized (
    select r.id from (${selects({ columns: reads === 'state' ? 's.run_id as id' : 'r.id' }).join(' union all ')}) r limit ${MAX_BULK_RUNS + 1}
  ), operation as (
    insert into journey_bulk_operations
      (id, kind, input, caller, idempotency_key, request_hash, shop, filter, queue, expected, status, completed_at)
    select $1::uuid, $2::journey_bulk_operation_kind, $3::jsonb, $4, $5, $6::bytea, $7, $8::json, $9, count(*),
      (case when count(*) = 0 then 'COMPLETED' else 'RUNNING' end)::journey_bulk_operation_status,
      case when count(*) = 0 then now() end
    from found having count(*) <= ${MAX_BULK_RUNS}
    on conflict do nothing returning *
  ), audited as (
    insert into journey_audit_log (principal, action, object_type, object_ids, hash_after, request_id)
    select $4::text, $10::text, 'BulkOperation', array[o.id::text], $6::bytea, $11::text from operation o
  ), items as (
    insert into journey_bulk_operation_items (operation_id, position, run_id)
    select o.id, row_number() over (order by f.id), f.id from operation o cross join found f
  ), jobs as (${addBulkJobsSql("(select * from operation where status = 'RUNNING')")})
  select f.found, ${bulkOperationColumns('o')}
  from (select count(*)::int as found from found) f left join operation o on true
    cross join (select count(*) from jobs) woken`,
});
