import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { type MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { connectionConfig } from '../src/postgres/connection-config.ts';
import { MIGRATIONS_FOLDER, migrationNames } from '../src/postgres/migrations/migration-files.ts';
import { NO_LIMITS } from '../src/postgres/session-settings.ts';

export type OpenEngine = {
  engine: SchemaEngine;
  /** What PostgreSQL said behind the engine's "external connector error". */
  explain(error: unknown): unknown;
  close(): Promise<void>;
};

/** Prisma's own migration engine, as its CLI runs it, but without a download. */
export async function openSchemaEngine(url: string): Promise<OpenEngine> {
  const prismaPg = new PrismaPg({ ...connectionConfig(url, NO_LIMITS), query_timeout: 0 });
  const adapters: Adapter[] = [];
  const scriptErrors: unknown[] = [];
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: prismaPg.provider,
    adapterName: prismaPg.adapterName,
    connect: async () => {
      const adapter = completed(await prismaPg.connect(), scriptErrors);
      adapters.push(adapter);
      return adapter;
    },
    connectToShadowDb: async () => completed(await prismaPg.connectToShadowDb(), scriptErrors),
  };
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, bound);
  const explain = (error: unknown) => scriptErrors.at(-1) ?? error;
  const close = async () => {
    engine.free();
    await Promise.all(adapters.map((adapter) => adapter.dispose()));
  };
  return { engine, explain, close };
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/**
 * PrismaPg leaves the engine two gaps. It cuts a script at every semicolon, also in a comment, and commits each piece; sent whole
 * it is one implicit transaction, as with `prisma migrate deploy`. And it refuses the catalogue's columns of type "char".
 */
function completed(adapter: Adapter, scriptErrors: unknown[]): Adapter {
  const pool = adapter.underlyingDriver();
  const query = pool.query.bind(pool) as (statement: unknown) => Promise<pg.QueryResult>;
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap<unknown[], number[]>();

  const queryWithCharAsText = async (statement: unknown) => {
    const result = await query(statement);
    const { CHAR, TEXT } = pg.types.builtins;
    const chars = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR ? [index] : []));
    for (const index of chars) result.fields[index]!.dataTypeID = TEXT;
    charColumns.set(result.rows, chars);
    return result;
  };
  Object.assign(pool, { query: queryWithCharAsText });
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    const chars = charColumns.get(result.rows) ?? [];
    for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    await query(script).catch((error) => {
      scriptErrors.push(error);
      throw error;
    });
  };
  return adapter;
}

export const SCHEMA_FILE = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url));

/** All of prisma/migrations, in the engine's words. */
export function migrationList(): MigrationList {
  const read = (path: string) => readFileSync(`${MIGRATIONS_FOLDER}/${path}`, 'utf8');
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: './migration_lock.toml', content: read('migration_lock.toml') },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: read(`${name}/migration.sql`) } },
    })),
  };
}

export const NO_FILTERS = { externalTables: [], externalEnums: [] };
