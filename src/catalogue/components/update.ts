import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { type SaveResult, ServiceError } from '../../errors.ts';
import type { Database } from '../../postgres/database.ts';
import { newId } from '../../postgres/new-id.ts';
import { selectList } from '../../postgres/select-list.ts';
import { rowsOf, type Statement, statement } from '../../postgres/statement.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { change, type Definition, definitionErrors, normaliseDefinition } from './component-definition.ts';
import {
  DEFINITION_COLUMNS,
  DEFINITION_TYPES,
  VERSION_COLUMNS,
  versionParameters,
  versionValues,
} from './version-row.ts';

export type UpdateComponentInput = z.infer<typeof change>;

/**
 * Changes a component. A changed definition becomes a new version; runs stay on the version they were enqueued
 * with. Returns CONFLICT if `expectedVersion` is not the current one; without it, concurrent changes are applied
 * one after the other.
 * @param caller the principal that saves it; '' if the service identified nobody
 */
export async function updateComponent(
  db: Database,
  id: string,
  input: UpdateComponentInput,
  caller: string,
): Promise<SaveResult> {
  for (let tries = 0; tries < TRIES_AT_MOST; tries += 1) {
    const planned = await planUpdate(db, id, input);
    if ('userErrors' in planned) return planned;
    if (await write(db, planned, input, caller)) return { id, userErrors: [] };
  }
  throw new ServiceError('UNAVAILABLE', 'Too many requests are changing the component at once. Try again.');
}

/** A change of a stored component. `isNew` says whether the definition differs, so that it becomes a new version. */
type PlannedUpdate = { stored: Stored; definition: Definition; isNew: boolean };

/** Returns the change that an update would make now, or the errors in its input. */
export async function planUpdate(
  db: Database,
  id: string,
  input: UpdateComponentInput,
): Promise<PlannedUpdate | SaveResult> {
  const userErrors = await definitionErrors(change, input);
  if (userErrors.length > 0) return { id: null, userErrors };
  const stored = isUuid(id) ? await read(db, id) : undefined;
  if (!stored) return unknownComponent(id);
  const expected = input.expectedVersion ?? stored.version;
  if (expected !== stored.version) return conflict(id, stored.version, expected);
  const { id: _, versionId, version, ...before } = stored;
  const definition = normaliseDefinition(input, before);
  return { stored, definition, isNew: !isDeepStrictEqual(definition, before) };
}

export function unknownComponent(id: string): SaveResult {
  const message = `There is no component ${id}. Correct the id, or register the component.`;
  return { id: null, userErrors: [{ code: 'NOT_FOUND', message, path: ['id'] }] };
}

const TRIES_AT_MOST = 20;

type Stored = Definition & { id: string; versionId: string; version: number };

async function read(db: Database, id: string): Promise<Stored | undefined> {
  return (await rowsOf(db.pool, READ, [id]))[0];
}

const READ = statement({
  name: 'read-component',
  text: `
  select c.id, v.id as "versionId", v.version, ${selectList(DEFINITION_COLUMNS)}
  from journey_components c join journey_component_versions v on v.id = c.current_version_id
  where c.id = $1`,
  columns: { id: 'uuid', versionId: 'uuid', version: 'int4', ...DEFINITION_TYPES },
}) as Statement<Stored>;

/** Returns false if the component has got another version since it was read. */
async function write(
  db: Database,
  { stored: { id, versionId, version }, definition, isNew }: PlannedUpdate,
  input: UpdateComponentInput,
  caller: string,
): Promise<boolean> {
  const { rowCount } = await db.pool.query({
    name: 'update-component',
    text: UPDATE,
    values: [
      id,
      versionId,
      isNew ? newId() : null,
      version + 1,
      input.name ?? null,
      input.description !== undefined,
      input.description ?? null,
      caller || null,
      ...versionValues(definition),
    ],
  });
  return rowCount === 1;
}

// The lock makes a second writer wait, and then find that the version it read is no longer the current one.
const UPDATE = `
  with current as (
    select id from journey_components where id = $1 and current_version_id = $2 for update
  ), version as (
    insert into journey_component_versions (id, component_id, version, actor, ${VERSION_COLUMNS})
    select $3::uuid, current.id, $4::int, $8, ${versionParameters(9)} from current where $3::uuid is not null
  )
  update journey_components c
  set name = coalesce($5, c.name), description = case when $6 then $7 else c.description end, updated_at = now(),
    current_version_id = coalesce($3::uuid, c.current_version_id)
  from current where c.id = current.id`;

function conflict(id: string, version: number, expected: number): SaveResult {
  const message = `The component is at version ${version}, not ${expected}. Read it again, and apply the change to that version.`;
  return { id, userErrors: [{ code: 'CONFLICT', message, path: ['expectedVersion'] }] };
}
