import { textMistake } from '../json/json-limits.ts';
import { rowsOf, type Statement, statement } from '../postgres/statement.ts';
import type { Queryable } from '../postgres/transaction.ts';
import { isUuid } from '../postgres/uuid.ts';
import { shopOf } from '../shop.ts';

/** The types of objects that the audit log names, each with a select of the whole state of one, as JSON. */
const STATES = {
  Component: `
    select to_jsonb(c) - 'updated_at' || jsonb_build_object('version', to_jsonb(v))
    from journey_components c join journey_component_versions v on v.id = c.current_version_id where c.id = $1::uuid`,
  Product: `
    select to_jsonb(p) - 'updated_at' || jsonb_build_object('attachments', (
      select jsonb_agg(to_jsonb(a) order by a.display_order, a.id) from product_journey_components a
      where a.product_id = p.id and a.hidden_at is null))
    from products p where p.id = $1::uuid`,
  Order: `
    select to_jsonb(o) || jsonb_build_object('lines', (
      select jsonb_agg(to_jsonb(l) order by l.position) from order_lines l where l.order_id = o.id))
    from orders o where o.id = $1::uuid`,
  Run: 'select to_jsonb(r) from journey_component_runs r where r.id = $1::uuid',
  BulkOperation: `
    select to_jsonb(o) - array['done', 'failed', 'skipped', 'woken_at'] from journey_bulk_operations o where o.id = $1::uuid`,
  Secret: 'select to_jsonb(s) from journey_secrets s where s.name = $1 and s.superseded_at is null',
  Principal: 'select to_jsonb(p) from journey_principals p where p.id = $1',
  ApiKey: `select to_jsonb(k) - 'last_used_at' from journey_api_keys k where k.id = $1`,
  SavedView: `select to_jsonb(v) - 'updated_at' from journey_saved_views v where v.id = $1::uuid`,
} as const;

export type AuditedType = keyof typeof STATES;

/** The SHA-256 of the object's state as the transaction sees it; null when there is no such object. */
export async function stateHash(client: Queryable, type: AuditedType, id: string): Promise<Buffer | null> {
  if (HAS_UUID.has(type) ? !isUuid(id) : textMistake(id) !== null) return null;
  return (await rowsOf(client, HASHES[type], [id]))[0]?.hash ?? null;
}

const HAS_UUID = new Set<AuditedType>(['Component', 'Product', 'Order', 'Run', 'BulkOperation', 'SavedView']);

const hashOf = (type: AuditedType) =>
  statement({
    text: `select sha256(convert_to((${STATES[type]})::text, 'UTF8')) as hash`,
    columns: { hash: 'bytea?' },
  });

const HASHES = Object.fromEntries(Object.keys(STATES).map((type) => [type, hashOf(type as AuditedType)])) as {
  [type in AuditedType]: Statement<{ hash: Buffer | null }>;
};

/** Arguments of a mutation that may name its object. */
type Args = {
  id?: string | null;
  name?: string | null;
  input?: { name?: string; page?: string; sku?: string; number?: string; shop?: string | null };
};

/**
 * The id of the object that the arguments name; null if the mutation makes a new one.
 * @param principal the id of the principal, which owns the views that it names
 */
export async function idOf(
  client: Queryable,
  type: AuditedType,
  args: Args,
  principal: string,
): Promise<string | null> {
  if (args.id != null) return args.id;
  const { input = {} } = args;
  if (type === 'Secret') return args.name ?? input.name ?? null;
  if (type === 'SavedView') return viewId(client, principal, input.page ?? '', input.name ?? '');
  const byKey = BY_KEY[type];
  const key = input.sku?.trim() ?? input.number;
  const shop = shopOf(input.shop);
  // The mutation reports keys that cannot be stored.
  if (!byKey || key === undefined || textMistake(key + shop) !== null) return null;
  return (await rowsOf(client, byKey, [key, shop]))[0]?.id ?? null;
}

async function viewId(client: Queryable, owner: string, page: string, name: string): Promise<string | null> {
  if (textMistake(page + name) !== null) return null;
  return (await rowsOf(client, VIEW_BY_NAME, [owner, page, name]))[0]?.id ?? null;
}

/** Uses the unique (owner, page, name). */
const VIEW_BY_NAME = statement({
  text: 'select id from journey_saved_views where owner = $1 and page = $2 and name = $3 for update',
  columns: { id: 'uuid' },
});

/** Uses the unique (sku, shop) and (number, shop). */
const BY_KEY: { readonly [type in AuditedType]?: Statement<{ id: string }> } = {
  Product: statement({
    text: 'select id from products where sku = $1 and shop = $2 for update',
    columns: { id: 'uuid' },
  }),
  Order: statement({
    text: 'select id from orders where number = $1 and shop = $2',
    columns: { id: 'uuid' },
  }),
};
