import type pg from 'pg';
import type { Queryable } from '../transaction.ts';

/** Creates Prisma's own table of applied migrations, so that `prisma migrate deploy` agrees. */
export async function createLedger(client: pg.ClientBase): Promise<void> {
  await client.query(CREATE);
}

/** The names of the migrations that are finished in the database, with the checksums of their scripts. */
export async function finishedMigrations(database: Queryable): Promise<Map<string, string>> {
  const { rows } = await database.query<{ known: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as known`,
  );
  if (!rows[0]!.known) return new Map();
  const finished = await database.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from _prisma_migrations
     where finished_at is not null and rolled_back_at is null`,
  );
  return new Map(finished.rows.map(({ name, checksum }) => [name, checksum]));
}

/**
 * Whether a migration is finished. Call it in the transaction that would apply it; other transactions wait for its
 * end.
 */
export async function isFinished(client: pg.ClientBase, name: string): Promise<boolean> {
  await client.query('lock table _prisma_migrations in share row exclusive mode');
  return (await finishedMigrations(client)).has(name);
}

/** Records a migration as finished, and its interrupted starts as rolled back. */
export async function recordFinished(client: pg.ClientBase, name: string, checksum: string): Promise<void> {
  await client.query(ROLL_BACK, [name]);
  await client.query(RECORD, [name, checksum]);
}

const CREATE = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

const ROLL_BACK = `
  update _prisma_migrations set rolled_back_at = now()
  where migration_name = $1 and finished_at is null and rolled_back_at is null`;

const RECORD = `
  insert into _prisma_migrations (id, migration_name, checksum, finished_at, applied_steps_count)
  values (gen_random_uuid()::text, $1, $2, now(), 1)`;
