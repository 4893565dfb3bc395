import { EVENT_XID } from '../../feed/log/event-xid.ts';
import { IS_CLOSED } from '../../postgres/closed-shop.ts';
import { json, type Statement, statement } from '../../postgres/statement.ts';
import { unnestSql } from '../../postgres/unnest.ts';
import { addDueJobsSql } from '../../queue/tasks.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';

export type EnqueueMistake =
  | 'COMPONENT_NOT_FOUND'
  | 'COMPONENT_ARCHIVED'
  | 'PRODUCT_NOT_FOUND'
  | 'ATTACHMENT_NOT_FOUND'
  | 'PRODUCT_MISMATCH'
  | 'COMPONENT_MISMATCH'
  | 'CHANNEL_NOT_ELIGIBLE'
  | 'ORDER_NOT_FOUND'
  | 'ORDER_FORGOTTEN';

/** The mistake of a request for a shop that is being moved to or from this cell, or has moved. */
export type ShopMistake = 'SHOP_CLOSED' | 'SHOP_MOVED';

/** One row for each request that was stored, was known or has a mistake; `id` is the id of its EnqueueItem. */
export type EnqueueAnswer = {
  id: string;
  knownId: string | null;
  sameRequest: boolean | null;
  mistakes: (EnqueueMistake | ShopMistake)[];
};

export const INPUT = {
  id: 'uuid',
  shop: 'text',
  component_id: 'uuid',
  component_version_id: 'uuid',
  product_id: 'uuid',
  attachment_id: 'uuid',
  order_id: 'uuid',
  order_line_position: 'int',
  group_id: 'uuid',
  replay_of_id: 'uuid',
  channel: 'text',
  trigger: 'journey_trigger',
  priority: 'journey_run_priority',
  input_payload: 'jsonb',
  metadata: 'jsonb',
  context: 'jsonb',
  bindings: 'jsonb',
  run_at: 'timestamptz',
  caller: 'text',
  idempotency_key: 'text',
  request_hash: 'bytea',
  queue: 'text',
  action: 'text',
  request_id: 'text',
  traceparent: 'text',
} as const;

/** The queue of this process, for requests that name none. */
const QUEUE = `$${Object.keys(INPUT).length + 1}::text`;

/**
 * `validated`: each request with the rows it refers to, the run that its key already has, and every mistake in it. Rows of
 * another shop do not exist for it: the mistake is the same, so that nothing shows what other shops have.
 * `lock` locks an order, and the shop against being closed, until the rows that refer to them are stored.
 */
const validatedSql = (lock: '' | 'for key share') => `input as materialized (
    select * from ${unnestSql(INPUT, 'i')}
  ), validated as materialized (
    select i.*, k.run_id as known_id, k.request_hash = i.request_hash as same_request,
      coalesce(i.product_id, a.product_id) as on_product_id, a.id as on_attachment_id,
      coalesce(i.bindings, a.bindings, '[]') as binding_snapshot,
      v.id as version_id, v.max_attempts,
      array_remove(array[
        case m.state when 'MOVED' then 'SHOP_MOVED' when 'CLOSED' then 'SHOP_CLOSED' when 'ARRIVING' then 'SHOP_CLOSED' end,
        case when v.id is null then 'COMPONENT_NOT_FOUND' when c.archived_at is not null then 'COMPONENT_ARCHIVED' end,
        case when i.product_id is not null and p.id is null then 'PRODUCT_NOT_FOUND' end,
        case when i.attachment_id is not null and (a.id is null or a.hidden_at is not null and (i.replay_of_id is null or i.bindings is null))
          then 'ATTACHMENT_NOT_FOUND' end,
        case when a.product_id <> i.product_id and p.id is not null then 'PRODUCT_MISMATCH' end,
        case when a.component_id <> i.component_id and c.id is not null then 'COMPONENT_MISMATCH' end,
        case when i.channel <> 'admin_preview' and cardinality(a.channel_eligibility) > 0
          and i.channel <> all (a.channel_eligibility) and i.replay_of_id is null then 'CHANNEL_NOT_ELIGIBLE' end,
        case when i.order_id is not null and o.id is null then 'ORDER_NOT_FOUND'
          when o.forgotten_at is not null then 'ORDER_FORGOTTEN' end
      ], null) as mistakes
    from input i
      left join journey_run_keys k on k.idempotency_key = i.idempotency_key and k.caller = i.caller and k.shop = i.shop
      left join journey_components c on c.id = i.component_id and c.shop = i.shop
      left join journey_component_versions v
        on v.id = coalesce(i.component_version_id, c.current_version_id) and v.component_id = c.id
      left join products p on p.id = i.product_id and p.shop = i.shop
      left join lateral (select id, forgotten_at from orders where id = i.order_id and shop = i.shop ${lock}) o on true
      left join lateral (select state from journey_shop_moves where shop = i.shop and ${IS_CLOSED} ${lock}) m on true
      left join lateral (
        select (array_agg(s.id))[1] as id
        from (
          select id from product_journey_components
          where product_id = i.product_id and component_id = i.component_id and hidden_at is null limit 2
        ) s
        where i.attachment_id is null and i.replay_of_id is null having count(*) = 1
      ) single on true
      left join product_journey_components a on a.id = coalesce(i.attachment_id, single.id) and (a.component_id = i.component_id
        or exists (select from journey_components x where x.id = a.component_id and x.shop = i.shop))
  )`;

/**
 * Whether a select returns the value. `is true` makes PostgreSQL hash the selected rows, where it would join them: by
 * comparing every row with every other one, because the caller's connection has no other way to join.
 */
const isIn = (value: string, select: string) => `(${value} in (${select})) is true`;

/**
 * Enqueues any number of requests in one statement: looks their keys up, validates the requests with new keys, and
 * stores key, run, state and event of each request without a mistake, an entry of the audit log for those of one client's
 * request, and a job for each queue. A request whose key another transaction stores meanwhile is left out. Keys are
 * inserted in order, so that two batches with the same keys do not deadlock. Uses the primary keys and the attachments'
 * (product_id, display_order).
 */
export const ENQUEUE = statement({
  name: 'enqueue',
  text: `
  with ${validatedSql('for key share')}, keyed as (
    insert into journey_run_keys (idempotency_key, caller, shop, run_id, request_hash)
    select idempotency_key, caller, shop, id, request_hash from validated
    where idempotency_key is not null and known_id is null and mistakes = '{}'
    order by caller, idempotency_key, shop, id
    on conflict do nothing
    returning run_id
  ), stored as (
    insert into journey_runs (
      id, component_id, component_version_id, product_id, attachment_id, order_id, order_line_position, group_id,
      replay_of_id, channel, trigger, input_payload, metadata, context, binding_snapshot, caller, idempotency_key, shop,
      traceparent
    )
    select id, component_id, version_id, on_product_id, on_attachment_id, order_id, order_line_position, group_id,
      replay_of_id, channel, trigger, input_payload, metadata, context, binding_snapshot, caller, idempotency_key, shop,
      traceparent
    from validated
    where known_id is null and mistakes = '{}' and (idempotency_key is null or ${isIn('id', 'select run_id from keyed')})
    order by id
    returning id
  ), queued as (
    insert into journey_run_queue (run_id, shop, queue, priority, rank, rank_at, run_at, max_attempts, event_xid)
    select id, shop, coalesce(queue, ${QUEUE}), priority, priority, greatest(run_at, now()), greatest(run_at, now()),
      max_attempts, ${EVENT_XID}
    from validated where ${isIn('id', 'select id from stored')}
    returning run_id, queue
  ), appended as (
    insert into journey_run_events (run_id, shop, sequence, xid, type, status, attempt, actor)
    select id, shop, 1, ${EVENT_XID}, 'ENQUEUED', 'QUEUED', 0, nullif(caller, '')
    from validated where ${isIn('id', 'select run_id from queued')}
  ), audited as (
    insert into journey_audit_log (principal, action, object_type, object_ids, hash_after, request_id)
    select caller, action, 'Run', array_agg(id::text order by id),
      case when count(*) = 1 then (array_agg(request_hash))[1] else sha256(string_agg(request_hash, '' order by id)) end,
      request_id
    from validated where action is not null and ${isIn('id', 'select id from stored')}
    group by caller, action, request_id
  ), jobs as (${addDueJobsSql('queued')})
  select id, known_id as "knownId", same_request as "sameRequest", mistakes from validated
  where known_id is not null or mistakes <> '{}'
  union all
  select id, null, null, '{}' from stored where (select count(*) from jobs) >= 0`,
  columns: { id: 'uuid', knownId: 'uuid?', sameRequest: 'bool?', mistakes: 'text[]' },
}) as Statement<EnqueueAnswer>;

/** Validates one request as ENQUEUE does, and returns what its run would contain. Stores nothing. */
export const VALIDATE = statement({
  name: 'validate-request',
  text: `
  with ${validatedSql('')}
  select known_id as "knownId", same_request as "sameRequest", mistakes, on_product_id as "productId", on_attachment_id as "attachmentId", version_id as "versionId",
    binding_snapshot as "bindingSnapshot"
  from validated`,
  columns: {
    knownId: 'uuid?',
    sameRequest: 'bool?',
    mistakes: 'text[]',
    productId: 'uuid?',
    attachmentId: 'uuid?',
    versionId: 'uuid?',
    bindingSnapshot: json<Binding[]>(),
  },
}) as Statement<ValidatedRequest>;

export type ValidatedRequest = {
  knownId: string | null;
  sameRequest: boolean | null;
  mistakes: (EnqueueMistake | ShopMistake)[];
  productId: string | null;
  attachmentId: string | null;
  versionId: string | null;
  bindingSnapshot: Binding[];
};
