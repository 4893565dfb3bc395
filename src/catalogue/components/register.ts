import type { z } from 'zod';
import type { SaveResult } from '../../errors.ts';
import type { Database } from '../../postgres/database.ts';
import { newId } from '../../postgres/new-id.ts';
import { shopOf } from '../../shop.ts';
import { definitionErrors, normaliseDefinition, registration } from './component-definition.ts';
import { VERSION_COLUMNS, versionParameters, versionValues } from './version-row.ts';

export type RegisterComponentInput = z.infer<typeof registration>;

/**
 * Stores a new component and its version 1. Returns ALREADY_EXISTS if the shop has the key, and stores nothing.
 * @param caller the principal that saves it; '' if the service identified nobody
 */
export async function registerComponent(
  db: Database,
  input: RegisterComponentInput,
  caller: string,
): Promise<SaveResult> {
  const userErrors = await definitionErrors(registration, input);
  if (userErrors.length > 0) return { id: null, userErrors };
  const id = newId();
  const { rowCount } = await db.pool.query({
    name: 'register-component',
    text: REGISTER,
    values: [
      id,
      newId(),
      input.key,
      input.name,
      input.description ?? null,
      shopOf(input.shop),
      caller || null,
      ...versionValues(normaliseDefinition(input)),
    ],
  });
  if (rowCount === 1) return { id, userErrors: [] };
  const message = `There is a component with the key "${input.key}" already. Update that one, or choose another key.`;
  return { id: null, userErrors: [{ code: 'ALREADY_EXISTS', message, path: ['key'] }] };
}

const REGISTER = `
  with component as (
    insert into journey_components (id, key, name, description, shop, current_version_id, updated_at)
    values ($1, $3, $4, $5, $6, $2, now())
    on conflict (key, shop) do nothing
    returning id
  )
  insert into journey_component_versions (id, component_id, version, actor, ${VERSION_COLUMNS})
  select $2, component.id, 1, $7, ${versionParameters(8)} from component`;
