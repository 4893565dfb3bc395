import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartupError } from '../../errors.ts';

const manifest = z.object({
  format: z.literal(1),
  takenAt: z.string(),
  /** The names of the migrations that the database had. */
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number(), sha256: z.string() }),
  ),
  /** The last values of sequences that were used. */
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
});

/** The contents of a backup. It is written last, so that an interrupted backup has none. */
export type Manifest = z.infer<typeof manifest>;
export type BackupTable = Manifest['tables'][number];

const FILE = 'backup.json';

/** The rows of a table, in PostgreSQL's format for COPY. */
export const tableFile = (folder: string, table: string): string => join(folder, `${table}.copy.gz`);

/** Creates the folder. @throws StartupError if it has files */
export function createBackupFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0)
    throw new StartupError(`The folder ${folder} is not empty: name a new one for the backup.`);
}

export function writeManifest(folder: string, value: Manifest): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}

/** @throws StartupError if the folder has no complete backup */
export function readManifest(folder: string): Manifest {
  if (!existsSync(join(folder, FILE)))
    throw new StartupError(`The folder ${folder} has no complete backup: it lacks ${FILE}.`);
  const read = manifest.safeParse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
  if (read.success) return read.data;
  throw new StartupError(
    `${join(folder, FILE)} is not the description of a backup that this version can read.`,
  );
}
