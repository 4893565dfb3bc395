import type { SaveResult } from '../../errors.ts';
import type { Database } from '../../postgres/database.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { unknownComponent } from './update.ts';

/**
 * Archives a component: it can no longer be attached or enqueued, but stays for the history. Archiving twice
 * changes nothing.
 */
export function archiveComponent(db: Database, id: string): Promise<SaveResult> {
  return setArchived(db, id, true);
}

/** Restores an archived component; a component that is not archived stays as it is. */
export function restoreComponent(db: Database, id: string): Promise<SaveResult> {
  return setArchived(db, id, false);
}

async function setArchived(db: Database, id: string, archived: boolean): Promise<SaveResult> {
  if (!isUuid(id)) return unknownComponent(id);
  const { rowCount } = await db.pool.query({
    name: 'archive-component',
    text: ARCHIVE,
    values: [id, archived],
  });
  return rowCount === 1 ? { id, userErrors: [] } : unknownComponent(id);
}

const ARCHIVE = `
  update journey_components
  set archived_at = case when $2 then coalesce(archived_at, now()) end,
    updated_at = case when (archived_at is not null) = $2 then updated_at else now() end
  where id = $1`;
