import type pg from 'pg';
import { ownTurn } from '../../async/own-turn.ts';
import type { Slice } from '../../postgres/slice.ts';
import { json, rowsOf, type Statement, statement } from '../../postgres/statement.ts';
import { secretNames } from '../../script-request/bindings/binding-model.ts';
import type { CheckBudget } from '../../script-request/check-budget.ts';
import { ATTACHMENT_SNAPSHOT, PRODUCT_SNAPSHOT } from '../../script-request/snapshot-sql.ts';
import { currentSecrets } from '../../secrets/read-secrets.ts';
import { type LintFinding, type LintSubject, lintAttachment } from './lint.ts';

export type AttachmentFinding = LintFinding & { attachmentId: string };

/** The findings of lintAttachment for these products' attachments, by product, in display order. */
export async function lintProducts(
  pool: pg.Pool,
  productIds: readonly string[],
  requestBudget: CheckBudget,
): Promise<Map<string, AttachmentFinding[]>> {
  const found = new Map<string, AttachmentFinding[]>(productIds.map((id) => [id, []]));
  for (const subject of await withSecrets(pool, await rowsOf(pool, OF_PRODUCTS, [productIds]))) {
    await ownTurn();
    found.get(subject.product.id)!.push(...(await findingsOf(subject, requestBudget)));
  }
  return found;
}

/** The attachments of a component with what their runs would read now, up to `atMost`, in the order of their ids. */
export async function readSubjectsOf(
  pool: pg.Pool,
  componentId: string,
  atMost: number,
): Promise<LintSubject[]> {
  return withSecrets(pool, await rowsOf(pool, OF_COMPONENT, [componentId, atMost]));
}

/** The findings of lintAttachment, with the attachment's id. */
export async function findingsOf(
  subject: LintSubject,
  requestBudget: CheckBudget,
): Promise<AttachmentFinding[]> {
  const findings = await lintAttachment(subject, requestBudget);
  return findings.map((finding) => ({ ...finding, attachmentId: subject.attachment.id }));
}

type SubjectRow = Omit<LintSubject, 'secrets'>;

async function withSecrets(pool: pg.Pool, rows: SubjectRow[]): Promise<LintSubject[]> {
  const stored = await currentSecrets(
    pool,
    rows.flatMap(({ bindings }) => secretNames(bindings)),
  );
  const secrets = new Set(stored.map(({ name }) => name));
  return rows.map((row) => ({ ...row, secrets }));
}

export type LintedProduct = { id: string; sku: string; shop: string };

const linted = (direction: 'asc' | 'desc') =>
  statement({
    name: `linted-${direction}`,
    text: `select id, sku, shop from products
      where ($1::uuid is null or id = $1) and ($2::text is null or (sku, shop) > ($2, $3))
        and ($4::text is null or (sku, shop) < ($4, $5))
      order by sku ${direction}, shop ${direction} limit $6`,
    columns: { id: 'uuid', sku: 'text', shop: 'text' },
  });
const LINTED = { asc: linted('asc'), desc: linted('desc') };

/** A slice of all products by sku and shop, or only the given one. */
export async function listLinted(
  pool: pg.Pool,
  productId: string | null,
  { after, before, limit, reverse }: Slice<[sku: string, shop: string]>,
): Promise<LintedProduct[]> {
  return rowsOf(pool, LINTED[reverse ? 'desc' : 'asc'], [
    productId,
    ...(after ?? NO_BOUND),
    ...(before ?? NO_BOUND),
    limit,
  ]);
}

const NO_BOUND = [null, null];

const subjects = (name: string, which: string) =>
  statement({
    name,
    text: `
  select
    ${PRODUCT_SNAPSHOT} as product, ${ATTACHMENT_SNAPSHOT} as attachment,
    a.bindings, v.triggers::text[] as triggers, c.archived_at is not null as "isArchived",
    json_build_object('id', v.id, 'version', v.version, 'scriptSlug', v.script_slug, 'scriptRuntime', v.script_runtime,
      'scriptVersion', v.script_version, 'scriptMetadata', v.script_metadata, 'inputSchema', v.input_schema,
      'providerDependencies', v.provider_dependencies, 'component', json_build_object('id', c.id, 'key', c.key)) as version
  from product_journey_components a
    join products p on p.id = a.product_id
    join journey_components c on c.id = a.component_id
    join journey_component_versions v on v.id = c.current_version_id
  where a.hidden_at is null and ${which}`,
    columns: {
      product: json<LintSubject['product']>(),
      attachment: json<LintSubject['attachment']>(),
      bindings: json<LintSubject['bindings']>(),
      triggers: 'text[]',
      isArchived: 'bool',
      version: json<LintSubject['version']>(),
    },
  }) as Statement<SubjectRow>;

/** Uses the attachments' (product_id, display_order) and primary keys. */
const OF_PRODUCTS = subjects(
  'lint-subjects',
  'a.product_id = any($1::uuid[]) order by a.product_id, a.display_order, a.id',
);
/** Uses the attachments' (component_id, id) and primary keys. */
const OF_COMPONENT = subjects('lint-subjects-of-component', 'a.component_id = $1 order by a.id limit $2');
