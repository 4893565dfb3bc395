import type pg from 'pg';
import { StartupError } from '../../errors.ts';
import { createClient } from '../connection-config.ts';
import { rowsOf, statement } from '../statement.ts';

/**
 * Grants a role what the service needs at run time, and nothing that changes the schema. Call it with the owner's URL
 * after migrating; it may be repeated. @throws StartupError when there is no such role
 */
export async function grantRole(ownerUrl: string, role: string): Promise<void> {
  const owner = createClient(ownerUrl);
  await owner.connect();
  await grantAs(owner, role).finally(() => owner.end());
}

async function grantAs(owner: pg.Client, role: string): Promise<void> {
  const [found] = await rowsOf(owner, FIND, [role]);
  if (!found) {
    throw new StartupError(
      `There is no role ${role}. Create it first, as with: create role ${JSON.stringify(role)} login password '…'.`,
    );
  }
  await owner.query(`begin; ${grants(found.grantee, [found.schema, QUEUE_SCHEMA]).join('; ')}; commit`);
  const guarded = await rowsOf(owner, GUARDED, [QUEUE_SCHEMA]);
  for (const { table } of guarded) {
    // graphile-worker's tables show no row to a role without a policy.
    await owner.query(
      `begin; drop policy if exists ${POLICY} on ${table}; create policy ${POLICY} on ${table} to public using (true) with check (true); commit`,
    );
  }
}

const QUEUE_SCHEMA = 'graphile_worker';
/** Rights are granted table by table, so that the policy need not name roles. */
const POLICY = 'journey_runtime';

const grants = (role: string, schemas: readonly string[]): string[] =>
  schemas.flatMap((schema) => [
    `grant usage on schema ${schema} to ${role}`,
    `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
    `grant usage, select on all sequences in schema ${schema} to ${role}`,
    `grant execute on all functions in schema ${schema} to ${role}`,
    // For the tables of later migrations.
    `alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role}`,
    `alter default privileges in schema ${schema} grant usage, select on sequences to ${role}`,
    `alter default privileges in schema ${schema} grant execute on functions to ${role}`,
  ]);

const FIND = statement({
  text: `select quote_ident(rolname) as grantee, quote_ident(current_schema()) as schema from pg_roles where rolname = $1`,
  columns: { grantee: 'text', schema: 'text' },
});

const GUARDED = statement({
  text: `select c.oid::regclass::text as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = $1 and c.relrowsecurity order by 1`,
  columns: { table: 'text' },
});
