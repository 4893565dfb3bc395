// npm run migration -- <name>   writes the migration that leads from prisma/migrations to prisma/schema.prisma
// npm run migration -- --check  fails when there is such a difference
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/postgres/embedded/embedded.ts';
import { MIGRATIONS_FOLDER } from '../src/postgres/migrations/migration-files.ts';
import { migrationList, NO_FILTERS, openSchemaEngine, SCHEMA_FILE } from './schema-engine.ts';

const [argument = ''] = process.argv.slice(2);
// A name may have hyphens, spaces or capitals; the folder has underscores.
const name = argument.toLowerCase().replaceAll(/[-\s]+/g, '_');
if (argument !== '--check' && !/^[a-z0-9][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run migration -- <name, such as add-something> | --check');
  process.exit(2);
}
const sql = await difference();
if (sql === null) {
  console.log('prisma/migrations and prisma/schema.prisma agree.');
} else if (argument === '--check') {
  console.error(
    `prisma/schema.prisma has what no migration makes; npm run migration -- <name> writes it:\n${sql}`,
  );
  process.exit(1);
} else {
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'migration.sql'), sql);
  console.log(`Wrote ${folder}/migration.sql: read it, and add what the schema language cannot say.`);
}

/** Plays the migrations on a PostgreSQL of its own. null: they make all that the schema asks for. */
async function difference(): Promise<string | null> {
  const dataDir = mkdtempSync(join(tmpdir(), 'journey-runtime-migration-'));
  const postgres = await startEmbedded({ dataDir, settings: { fsync: 'off' } });
  try {
    const { engine, close } = await openSchemaEngine(postgres.ownerUrl);
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrationList() },
      to: {
        tag: 'schemaDatamodel',
        files: [{ path: SCHEMA_FILE, content: readFileSync(SCHEMA_FILE, 'utf8') }],
      },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    await close();
    return exitCode === 0 ? null : stdout;
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true });
  }
}
