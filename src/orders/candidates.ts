import type { Queryable } from '../postgres/transaction.ts';
import type { Candidate } from './plan-steps.ts';

/**
 * The attachments of products as they are now, in display order, by sku or by id; a product without any has an empty
 * list, and what is not in the map is no product. Leans on the unique sku, the primary keys and the attachments'
 * (product_id, display_order).
 */
export async function readCandidates(
  client: Queryable,
  by: 'sku' | 'id',
  keys: readonly (string | null)[],
): Promise<Map<string, Candidate[]>> {
  const { rows } = await client.query<Partial<Candidate> & { key: string }>({
    name: `candidates-by-${by}`,
    text: SELECT[by],
    values: [[...new Set(keys.filter((key) => key !== null))]],
  });
  const lists = new Map<string, Candidate[]>();
  for (const { key, ...candidate } of rows) {
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    if (candidate.attachmentId) list.push(candidate as Candidate);
  }
  return lists;
}

const select = (column: string, type: string) => `
  select p.${column} as key, a.id as "attachmentId", a.product_id as "productId", a.component_id as "componentId",
    c.key as "componentKey", v.id as "componentVersionId", v.triggers::text[] as triggers,
    c.archived_at is not null as "isArchived", a.channel_eligibility as "channelEligibility"
  from products p
    left join product_journey_components a on a.product_id = p.id and a.hidden_at is null
    left join journey_components c on c.id = a.component_id
    left join journey_component_versions v on v.id = c.current_version_id
  where p.${column} = any($1::${type}[])
  order by a.product_id, a.display_order, a.id`;

const SELECT = { sku: select('sku', 'text'), id: select('id', 'uuid') } as const;
