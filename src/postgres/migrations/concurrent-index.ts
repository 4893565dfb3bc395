import type pg from 'pg';
import type { IndexToCreate } from './migration-files.ts';

/**
 * Creates an index by the statement `text`. An interrupted index exists but is invalid: it is dropped and created again.
 * A valid one is used as it is, whether an earlier start or an administrator created it.
 */
export async function createIndex(client: pg.Client, index: IndexToCreate, text: string): Promise<void> {
  const isValid = await indexState(client, index.name);
  if (isValid) return;
  if (await isPartitioned(client, index.table)) return createOnPartitions(client, index);
  if (isValid === false) await client.query(`drop index concurrently ${index.name}`);
  await client.query(text);
}

/** Drops an index by the statement `text`, if it exists. */
export async function dropIndex(client: pg.Client, name: string, text: string): Promise<void> {
  if ((await indexState(client, name)) !== null) await client.query(text);
}

/** Whether the index is valid; null if there is none. */
async function indexState(client: pg.Client, name: string): Promise<boolean | null> {
  const text = 'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)';
  return (await client.query<{ valid: boolean }>(text, [name])).rows[0]?.valid ?? null;
}

async function isPartitioned(client: pg.Client, table: string): Promise<boolean> {
  const text = `select from pg_class where oid = to_regclass($1) and relkind = 'p'`;
  return (await client.query(text, [table])).rowCount === 1;
}

/**
 * Creates an index on a partitioned table, which PostgreSQL cannot do concurrently in one statement: first on the table
 * alone, invalid, then concurrently on each partition, whose index is attached. The last one makes it valid. New
 * partitions, which retention creates meanwhile, have the index from the start.
 */
async function createOnPartitions(client: pg.Client, index: IndexToCreate): Promise<void> {
  const { name, table, isUnique, definition } = index;
  const create = isUnique ? 'create unique index' : 'create index';
  await inShort(client, `${create} if not exists ${name} on only ${table} ${definition}`);
  const { rows } = await client.query<{ partition: string; part: string }>(PARTITIONS, [
    table,
    name,
    suffixOf(index),
  ]);
  for (const { partition, part } of rows) {
    const text = `${create} concurrently ${part} on ${partition} ${definition}`;
    await createIndex(client, { ...index, name: part, table: partition }, text);
    await inShort(client, `alter index ${name} attach partition ${part}`);
  }
}

/** The partitions of a table that have no part of the index, and the names that their parts get. */
const PARTITIONS = `
  select p.inhrelid::regclass::text as partition, quote_ident(left(c.relname || $3, 63)) as part
  from pg_inherits p join pg_class c on c.oid = p.inhrelid
  where p.inhparent = to_regclass($1) and not exists (
    select from pg_inherits a join pg_index x on x.indexrelid = a.inhrelid
    where a.inhparent = to_regclass($2) and x.indrelid = p.inhrelid
  ) order by c.relname`;

/** The part of the index's name after that of its table: the index of a partition is named likewise. */
function suffixOf({ name, table }: IndexToCreate): string {
  const [index, of] = [bare(name), bare(table)];
  return index.startsWith(of) ? index.slice(of.length) : `_${index}`;
}

/** The name without quotes and schema. */
const bare = (name: string): string => name.replaceAll('"', '').split('.').at(-1)!;

/** Runs a statement that locks a table for a moment. One that waits longer would make all others wait behind it. */
async function inShort(client: pg.Client, text: string): Promise<void> {
  await client.query(`begin; ${LOCK_TIMEOUT}; ${text}; commit`);
}

/** The longest wait of a migration's transaction for a table. */
export const LOCK_TIMEOUT = `set local lock_timeout = '5s'`;
