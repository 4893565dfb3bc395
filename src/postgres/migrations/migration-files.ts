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

export type ConcurrentStatement = { text: string; creates: string | null; drops: string | null };

/**
 * The statements of a script that creates or drops indexes concurrently, or calls a procedure that commits, none of which
 * can run in a transaction. Each has the name of its index as SQL spells it. Null for any other script: it runs in one
 * transaction.
 */
export function concurrentStatements(script: string): ConcurrentStatement[] | null {
  const bare = script.replace(/--.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
  if (!/\bconcurrently\b|^\s*call\b/i.test(bare)) return null;
  const texts = bare.split(';').map((text) => text.trim());
  return texts.filter(Boolean).map((text) => ({
    text,
    creates: CREATES.exec(text)?.[1] ?? null,
    drops: DROPS.exec(text)?.[1] ?? null,
  }));
}

const NAME = String.raw`((?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))?)`;
const CREATES = new RegExp(
  String.raw`^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?${NAME}\s+on\b`,
  'i',
);
const DROPS = new RegExp(String.raw`^drop\s+index\s+concurrently\s+(?:if\s+exists\s+)?${NAME}`, 'i');
