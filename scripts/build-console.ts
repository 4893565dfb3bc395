import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';
import { CONSOLE_DIR, hashSources, STAMP } from '../src/app/console-files.ts';

const CONFIG = join(import.meta.dirname, '../vite.config.ts');

// Builds the console into dist/console: `npm run build`, `npm run package`, and `npm start` when it is missing or its
// sources changed.
// Vite leaves another value as it is, such as that of a test, and would take React's development build.
process.env.NODE_ENV = 'production';
const staging = `${CONSOLE_DIR}-${process.pid}`;
try {
  const hash = await hashSources();
  await build({ configFile: CONFIG, logLevel: 'warn', build: { outDir: staging } });
  for (const name of readdirSync(join(staging, 'assets'))) await compressFile(join(staging, 'assets', name));
  writeFileSync(join(staging, STAMP), hash ?? '');
  replaceFolder(staging, CONSOLE_DIR);
} finally {
  rmSync(staging, { recursive: true, force: true });
}

/** Writes the file's compressed forms beside it, so that no response has to compress it. */
async function compressFile(path: string): Promise<void> {
  if (statSync(path).size < 1_400) return;
  const body = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(body, { params }),
    promisify(gzip)(body, { level: 9 }),
  ]);
  writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gz);
}

/** Puts a folder in the place of another, so that a service that reads it meanwhile never finds a part of it. */
function replaceFolder(from: string, to: string): void {
  const old = `${to}-old-${process.pid}`;
  mkdirSync(to, { recursive: true });
  renameSync(to, old);
  renameSync(from, to);
  rmSync(old, { recursive: true, force: true });
}
