import type pg from 'pg';
import { z } from 'zod';
import { invalid, ok, type Result, shownId, type UserError } from '../errors.ts';
import { inputErrors, text } from '../input-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { type RowColumns, type RowOf, rowsOf, statement } from '../postgres/statement.ts';
import { inTransaction } from '../postgres/transaction.ts';
import { isUuid } from '../postgres/uuid.ts';

/** A place in a user interface that a principal saved under a name. */
export type SavedView = RowOf<typeof COLUMNS>;

const COLUMNS = {
  id: 'uuid',
  owner: 'text',
  page: 'text',
  name: 'text',
  address: 'text',
  isShared: 'bool',
  updatedAt: 'timestamptz',
} as const satisfies RowColumns;

const SELECTED =
  'v.id, v.owner, v.page, v.name, v.address, v.is_shared as "isShared", v.updated_at as "updatedAt"';

const shape = z.object({
  page: text(50),
  name: text(100),
  address: text(8_000),
  isShared: z.boolean().nullish(),
});
export type SaveViewInput = z.infer<typeof shape>;

const VIEWS_AT_MOST = 200;

/** Lists the views that the principal saved, then those that others share, each by name; of one page or of all. */
export async function listViews(pool: pg.Pool, owner: string, page: string | null): Promise<SavedView[]> {
  return rowsOf(pool, VISIBLE, [owner, page, LISTED_AT_MOST]);
}

const LISTED_AT_MOST = 1_000;

/** Saves a view. It replaces the principal's view of that name on the page. */
export async function saveView(
  pool: pg.Pool,
  owner: string,
  input: SaveViewInput,
): Promise<Result<SavedView>> {
  const mistakes = inputErrors(shape, input);
  if (mistakes.length > 0) return invalid(...mistakes);
  const { page, name, address, isShared = false } = input;
  const values = [newId(), owner, page, name, address, isShared ?? false, VIEWS_AT_MOST];
  const saved = await inTransaction(pool, LOCK_TIMEOUT_MS, async (client) => {
    await client.query({ ...LOCK_OWNER, values: [owner] });
    return (await rowsOf(client, SAVE, values))[0];
  });
  return saved ? ok(saved) : invalid(TOO_MANY);
}

/** Deletes a view of the principal, and returns it. */
export async function deleteView(pool: pg.Pool, owner: string, id: string): Promise<Result<SavedView>> {
  const [deleted] = isUuid(id) ? await rowsOf(pool, DELETE, [id, owner]) : [];
  return deleted ? ok(deleted) : invalid(unknownView(id));
}

const unknownView = (id: string): UserError => ({
  code: 'NOT_FOUND',
  message: `You have saved no view ${shownId(id)}. Correct the id; a view is deleted by the person who saved it.`,
  path: ['id'],
});

const TOO_MANY: UserError = {
  code: 'TOO_LARGE',
  message: `You have saved ${VIEWS_AT_MOST} views. Delete one of them first.`,
  path: ['input'],
};

const LOCK_TIMEOUT_MS = 5_000;

/** Simultaneous requests of one principal wait for each other, so that none of them counts too few views. */
const LOCK_OWNER = {
  name: 'lock-owner-of-views',
  text: `select pg_advisory_xact_lock(hashtextextended('journey-saved-views:' || $1::text, 0))`,
};

const VISIBLE = statement({
  name: 'visible-views',
  text: `
  select ${SELECTED} from journey_saved_views v
  where (v.owner = $1 or v.is_shared) and ($2::text is null or v.page = $2)
  order by v.owner = $1 desc, v.name, v.id limit $3`,
  columns: COLUMNS,
});

const SAVE = statement({
  name: 'save-view',
  text: `
  insert into journey_saved_views as v (id, owner, page, name, address, is_shared)
  select $1::uuid, $2::text, $3::text, $4::text, $5, $6
  where (select count(*) from journey_saved_views o where o.owner = $2::text) < $7
    or exists (select from journey_saved_views o where o.owner = $2::text and o.page = $3::text and o.name = $4::text)
  on conflict (owner, page, name)
  do update set address = excluded.address, is_shared = excluded.is_shared, updated_at = now()
  returning ${SELECTED}`,
  columns: COLUMNS,
});

const DELETE = statement({
  name: 'delete-view',
  text: `delete from journey_saved_views v where v.id = $1 and v.owner = $2 returning ${SELECTED}`,
  columns: COLUMNS,
});
