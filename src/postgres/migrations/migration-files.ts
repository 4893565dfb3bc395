import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** The names of the migrations in prisma/migrations, oldest first. */
export function migrationNames(): string[] {
  const entries = readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

export type Migration = {
  name: string;
  script: string;
  /** The checksum as in Prisma's own ledger. */
  checksum: string;
};

export function readMigration(name: string): Migration {
  const script = readFileSync(`${MIGRATIONS_FOLDER}/${name}/migration.sql`, 'utf8');
  return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
}

export type ConcurrentStatement = { text: string; creates: IndexToCreate | null; drops: string | null };

/** An index of a migration. Names are as SQL spells them; the definition is what follows the table's name. */
export type IndexToCreate = { name: string; table: string; isUnique: boolean; definition: string };

/**
 * The statements of a script that creates or drops indexes concurrently, calls a procedure that commits, or only creates
 * indexes, which can each be done without blocking writers, outside of a transaction. Null for any other script: it runs
 * in one transaction.
 */
export function concurrentStatements(script: string): ConcurrentStatement[] | null {
  const bare = script.replace(/--.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
  const texts = bare
    .split(';')
    .map((text) => text.trim())
    .filter(Boolean);
  const isConcurrent = /\bconcurrently\b|^\s*call\b/i.test(bare);
  if (!isConcurrent && !texts.every((text) => CREATES.test(text))) return null;
  return texts.map((text) => ({ text, creates: createdIndex(text), drops: DROPS.exec(text)?.[1] ?? null }));
}

function createdIndex(text: string): IndexToCreate | null {
  const [, unique, name, table, definition] = CREATES.exec(text) ?? [];
  return name && table && definition ? { name, table, isUnique: unique !== undefined, definition } : null;
}

const NAME = String.raw`((?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))?)`;
const CREATES = new RegExp(
  String.raw`^create\s+(unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?${NAME}\s+on\s+${NAME}\s*(.+)$`,
  'is',
);
const DROPS = new RegExp(String.raw`^drop\s+index\s+concurrently\s+(?:if\s+exists\s+)?${NAME}`, 'i');
