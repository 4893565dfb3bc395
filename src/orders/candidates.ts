import { rowsOf, type Statement, statement } from '../postgres/statement.ts';
import type { Queryable } from '../postgres/transaction.ts';
import type { Candidate } from './plan-steps.ts';

/**
 * The current attachments of products, in display order, by sku within the shop (as stored) or by id. A product without attachments has an
 * empty list; the map has no entry for an unknown product. Uses the unique (sku, shop), the primary keys and the
 * attachments' (product_id, display_order).
 */
export async function readCandidates(
  client: Queryable,
  by: { sku: readonly (string | null)[]; shop: string } | { id: readonly string[] },
): Promise<Map<string, Candidate[]>> {
  const rows =
    'sku' in by
      ? await rowsOf(client, BY_SKU, [[...new Set(by.sku.filter((key) => key !== null))], by.shop])
      : await rowsOf(client, BY_ID, [by.id]);
  const lists = new Map<string, Candidate[]>();
  for (const { key, ...candidate } of rows) {
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    if (candidate.attachmentId) list.push(candidate as Candidate);
  }
  return lists;
}

/** For a product without attachments, every field but the key is null. */
type Row = { key: string } & { [name in keyof Candidate]: Candidate[name] | null };

const select = (column: 'sku' | 'id', type: 'text' | 'uuid', condition: string) =>
  statement({
    name: `candidates-by-${column}`,
    text: `
  select p.${column} as key, p.shop, a.id as "attachmentId", a.product_id as "productId", a.component_id as "componentId",
    c.key as "componentKey", v.id as "componentVersionId", v.triggers::text[] as triggers,
    c.archived_at is not null as "isArchived", a.channel_eligibility as "channelEligibility"
  from products p
    left join product_journey_components a on a.product_id = p.id and a.hidden_at is null
    left join journey_components c on c.id = a.component_id
    left join journey_component_versions v on v.id = c.current_version_id
  where ${condition}
  order by a.product_id, a.display_order, a.id`,
    columns: {
      key: type,
      shop: 'text',
      attachmentId: 'uuid?',
      productId: 'uuid?',
      componentId: 'uuid?',
      componentKey: 'text?',
      componentVersionId: 'uuid?',
      triggers: 'text[]',
      isArchived: 'bool',
      channelEligibility: 'text[]',
    },
  }) as Statement<Row>;

const BY_SKU = select('sku', 'text', 'p.sku = any($1::text[]) and p.shop = $2');
const BY_ID = select('id', 'uuid', 'p.id = any($1::uuid[])');
