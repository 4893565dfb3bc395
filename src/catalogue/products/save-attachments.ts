import type pg from 'pg';
import type { UserError, UserErrorCode } from '../../errors.ts';
import { mistakeErrors } from '../../input-errors.ts';
import { newId } from '../../postgres/new-id.ts';
import { json, rowsOf, type Statement, statement } from '../../postgres/statement.ts';
import { unnestSql, unnestValues } from '../../postgres/unnest.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { bindingMistakes } from '../../script-request/bindings/binding-model.ts';
import { type AttachmentFields, type AttachmentInput, normaliseAttachment } from './attachment-input.ts';
import { referenceMistake } from './attachment-reference.ts';

/**
 * Makes the list the product's attachments, within the transaction that locks the product's row: adds new ones,
 * changes those with an id, and hides the others. Components and attachments of another shop are reported as unknown.
 * Returns the mistakes; if there are any, nothing was written.
 */
export async function saveAttachments(
  client: pg.PoolClient,
  product: SavedProduct,
  inputs: readonly AttachmentInput[],
): Promise<UserError[]> {
  const productId = product.id;
  const stored = await readStored(client, product, inputs);
  const components = await lockComponents(client, product.shop, inputs);
  const items = inputs.map((input, place) => {
    const existing = input.id == null ? undefined : stored.get(input.id.toLowerCase());
    return { input, existing, fields: normaliseAttachment(input, place, existing) };
  });
  const mistakes = items.flatMap(({ input, existing, fields }, place) => {
    const path = ['journeyComponents', String(place)];
    const reference = placeMistake(input, existing, productId, components);
    return [
      ...(reference ? [{ ...reference, path: [...path, ...reference.path] }] : []),
      ...(input.bindings ? mistakeErrors([...path, 'bindings'], bindingMistakes(fields.bindings)) : []),
    ];
  });
  if (mistakes.length > 0) return mistakes;

  // Sorted, so that attachments with the same displayOrder are in the order of the list.
  const ids = items.map(() => newId()).sort();
  const rows = items.map(({ input, existing, fields }, place) => ({
    id: existing?.id ?? ids[place],
    product_id: productId,
    component_id: input.componentId,
    display_order: fields.displayOrder,
    is_required: fields.isRequired,
    channel_eligibility: JSON.stringify(fields.channelEligibility),
    bindings: JSON.stringify(fields.bindings),
    metadata: JSON.stringify(fields.metadata),
  }));
  await client.query({ name: 'hide-attachments', text: HIDE, values: [productId, rows.map(({ id }) => id)] });
  await client.query({ name: 'save-attachments', text: SAVE, values: unnestValues(COLUMNS, rows) });
  return [];
}

type SavedProduct = { id: string; shop: string };

type Stored = AttachmentFields & { id: string; productId: string; componentId: string };

const STORED: Statement<Stored> = statement({
  name: 'read-attachments',
  text: `
    select a.id, a.product_id as "productId", a.component_id as "componentId", a.display_order as "displayOrder",
      a.is_required as "isRequired", a.channel_eligibility as "channelEligibility", a.bindings, a.metadata
    from product_journey_components a
    where (a.product_id = $1 or a.id = any($2::uuid[])) and a.hidden_at is null
      and exists (select from products p where p.id = a.product_id and p.shop = $3)`,
  columns: {
    id: 'uuid',
    productId: 'uuid',
    componentId: 'uuid',
    displayOrder: 'int4',
    isRequired: 'bool',
    channelEligibility: 'text[]',
    bindings: json<AttachmentFields['bindings']>(),
    metadata: json<AttachmentFields['metadata']>(),
  },
});

async function readStored(
  client: pg.PoolClient,
  { id, shop }: SavedProduct,
  inputs: readonly AttachmentInput[],
) {
  const ids = inputs.flatMap(({ id }) => (id != null && isUuid(id) ? [id] : []));
  const rows = await rowsOf(client, STORED, [id, ids, shop]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Reads which components the shop has and which are archived. They cannot be archived until the transaction ends. */
async function lockComponents(client: pg.PoolClient, shop: string, inputs: readonly AttachmentInput[]) {
  const ids = new Set(inputs.map(({ componentId }) => componentId).filter(isUuid));
  const rows = await rowsOf(client, LOCKED_COMPONENTS, [[...ids], shop]);
  return new Map(rows.map(({ id, archived }) => [id, { archived }]));
}

const LOCKED_COMPONENTS = statement({
  name: 'lock-components',
  text: `
    select id, archived_at is not null as archived from journey_components
    where id = any($1::uuid[]) and shop = $2 order by id for share`,
  columns: { id: 'uuid', archived: 'bool' },
});

function placeMistake(
  input: AttachmentInput,
  existing: Stored | undefined,
  productId: string,
  components: ReadonlyMap<string, { archived: boolean }>,
): UserError | null {
  const { id, componentId } = input;
  const mistake = (code: UserErrorCode, path: string, message: string) => ({ code, message, path: [path] });
  if (existing && existing.productId !== productId)
    return mistake(
      'PRODUCT_MISMATCH',
      'id',
      `The attachment ${id} belongs to another product. Omit the id to create an attachment.`,
    );
  const reference = referenceMistake(input, existing ?? null);
  if (reference) return reference;
  const component = components.get(componentId.toLowerCase());
  if (!component)
    return mistake(
      'NOT_FOUND',
      'componentId',
      `There is no component ${componentId}. Register it, or correct the id.`,
    );
  if (component.archived && !existing)
    return mistake('ARCHIVED', 'componentId', 'The component is archived. Restore it, or attach another.');
  return null;
}

const COLUMNS = {
  id: 'uuid',
  product_id: 'uuid',
  component_id: 'uuid',
  display_order: 'int',
  is_required: 'bool',
  channel_eligibility: 'text',
  bindings: 'text',
  metadata: 'text',
};

const HIDE = `
  update product_journey_components set hidden_at = now(), updated_at = now()
  where product_id = $1 and hidden_at is null and not id = any($2::uuid[])`;

// The channels are passed as JSON, because unnest would also flatten a list within a row.
const SAVE = `
  insert into product_journey_components
    (id, product_id, component_id, display_order, is_required, channel_eligibility, bindings, metadata, updated_at)
  select i.id, i.product_id, i.component_id, i.display_order, i.is_required,
    array(select jsonb_array_elements_text(i.channel_eligibility::jsonb)), i.bindings::jsonb, i.metadata::jsonb, now()
  from ${unnestSql(COLUMNS, 'i')}
  on conflict (id) do update set
    display_order = excluded.display_order, is_required = excluded.is_required,
    channel_eligibility = excluded.channel_eligibility, bindings = excluded.bindings, metadata = excluded.metadata,
    updated_at = excluded.updated_at`;
