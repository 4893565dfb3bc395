import type pg from 'pg';
import { InvalidInputError, type SaveResult, type UserError } from '../../errors.ts';
import { inputErrors } from '../../input-errors.ts';
import type { Database } from '../../postgres/database.ts';
import { newId } from '../../postgres/new-id.ts';
import { type RowOf, rowsOf, statement } from '../../postgres/statement.ts';
import { inTransaction } from '../../postgres/transaction.ts';
import { shopOf } from '../../shop.ts';
import { productInput, type SaveProductInput, slugFrom } from './product-input.ts';
import { saveAttachments } from './save-attachments.ts';

/**
 * Loads or creates the product of a sku in its shop and saves the given fields: all of them or, if there are userErrors, none.
 * Saves of one product wait for each other. Returns CONFLICT, with the product's id, if `expectedRevision` is not
 * the stored one.
 */
export async function saveProduct(
  db: Database,
  input: SaveProductInput,
  caller: string,
): Promise<SaveResult> {
  const userErrors = inputErrors(productInput, input);
  if (userErrors.length > 0) return { id: null, userErrors };
  const trimmed = { ...input, sku: input.sku.trim(), shop: shopOf(input.shop), caller };
  try {
    return {
      id: await inTransaction(db.pool, LOCK_TIMEOUT_MS, (client) => save(client, trimmed)),
      userErrors: [],
    };
  } catch (error) {
    if (error instanceof InvalidInputError) return { id: error.id, userErrors: error.userErrors };
    if (isTakenSlug(error)) return { id: null, userErrors: [takenSlug(input.slug)] };
    throw error;
  }
}

const LOCK_TIMEOUT_MS = 4_000;
const SLUGS_TRIED = 1_000;

/** An input with its sku and shop as they are stored, and the principal that saves it. */
type Trimmed = SaveProductInput & { shop: string; caller: string };

async function save(client: pg.PoolClient, input: Trimmed): Promise<string> {
  const stored = await lock(client, input);
  const expected = input.expectedRevision ?? null;
  if (expected !== null && expected !== (stored?.revision ?? 0)) throw conflict(stored, expected);
  const id = stored ? await update(client, stored.id, input) : await insert(client, input);
  if (input.journeyComponents) {
    const userErrors = await saveAttachments(client, { id, shop: input.shop }, input.journeyComponents);
    if (userErrors.length > 0) throw new InvalidInputError(userErrors);
  }
  return id;
}

const STORED_COLUMNS = { id: 'uuid', revision: 'int4' } as const;
type Stored = RowOf<typeof STORED_COLUMNS>;

const LOCK = statement({
  name: 'lock-product',
  text: 'select id, revision from products where sku = $1 and shop = $2 for update',
  columns: STORED_COLUMNS,
});

async function lock(client: pg.PoolClient, { sku, shop }: Trimmed): Promise<Stored | undefined> {
  return (await rowsOf(client, LOCK, [sku, shop]))[0];
}

async function update(client: pg.PoolClient, id: string, input: Trimmed): Promise<string> {
  await client.query({
    name: 'update-product',
    text: `
      update products
      set slug = coalesce($2, slug), title = coalesce($3, title), attributes = coalesce($4::jsonb, attributes),
        revision = revision + 1, updated_at = now(), updated_by = $5
      where id = $1`,
    values: [id, input.slug ?? null, input.title ?? null, jsonOf(input.attributes), input.caller],
  });
  return id;
}

/** Inserts the product; if another save has just inserted it, updates it instead. */
async function insert(client: pg.PoolClient, input: Trimmed): Promise<string> {
  for (let n = 1; n <= SLUGS_TRIED; n += 1) {
    const id = newId();
    const { rowCount } = await client.query({
      name: 'insert-product',
      text: `
        insert into products (id, sku, slug, title, attributes, shop, updated_at, updated_by)
        values ($1, $2, $3, $4, coalesce($5::jsonb, '{}'), $6, now(), $7)
        on conflict do nothing`,
      values: [
        id,
        input.sku,
        input.slug ?? slugFrom(input.sku, n),
        input.title ?? input.sku,
        jsonOf(input.attributes),
        input.shop,
        input.caller,
      ],
    });
    if (rowCount === 1) return id;
    const stored = await lock(client, input);
    if (stored && input.expectedRevision === 0) throw conflict(stored, 0);
    if (stored) return update(client, stored.id, input);
    if (input.slug != null) break;
  }
  throw new InvalidInputError([takenSlug(input.slug)]);
}

const jsonOf = (value: object | null | undefined) => (value == null ? null : JSON.stringify(value));

function conflict(stored: Stored | undefined, expected: number): InvalidInputError {
  const message = stored
    ? `The product is at revision ${stored.revision}, not ${expected}. Read it again, and apply the change to that revision.`
    : `There is no product with this sku yet, so it is not at revision ${expected}. Omit expectedRevision to create it.`;
  return new InvalidInputError([{ code: 'CONFLICT', message, path: ['expectedRevision'] }], stored?.id);
}

function takenSlug(slug: string | null | undefined): UserError {
  const message = `Another product has the slug${slug ? ` "${slug}"` : ' that the sku gives'}. Choose another one.`;
  return { code: 'ALREADY_EXISTS', message, path: ['slug'] };
}

const isTakenSlug = (error: unknown) =>
  error instanceof Error && 'constraint' in error && error.constraint === 'products_slug_shop_key';
