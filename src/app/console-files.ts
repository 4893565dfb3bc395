import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The script that builds the console. */
export const BUILD_SCRIPT = join(ROOT, 'scripts/build-console.ts');
/** The folder of the built console: index.html, its assets, and the stamp. */
export const CONSOLE_DIR = join(ROOT, 'dist/console');
/** The text in index.html that each response replaces by a nonce of its own. */
export const NONCE_PLACEHOLDER = 'CONSOLE_CSP_NONCE';
/** The file in which the build lists its files, and what each of them needs. */
export const MANIFEST = '.vite/manifest.json';
/** The file that holds the hash of the sources from which the console was built. */
export const STAMP = 'sources.sha256';

const SOURCES = ['src/console', 'packages/client/src', 'vite.config.ts', 'package-lock.json'];

/** The hash of all sources of the console; null where they are not installed, as in a packed service. */
export async function hashSources(): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for (const path of (await Promise.all(SOURCES.map(listFiles))).flat().sort())
      hash.update(`${path}\n`).update(await readFile(join(ROOT, path)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

/** Whether the built console is that of the sources, or there are no sources to build it from. */
export async function isConsoleCurrent(): Promise<boolean> {
  const hash = await hashSources();
  if (hash === null) return true;
  try {
    return (await readFile(join(CONSOLE_DIR, STAMP), 'utf8')) === hash;
  } catch {
    return false;
  }
}

async function listFiles(path: string): Promise<string[]> {
  if (/\.\w+$/.test(path)) return [path];
  const entries = await readdir(join(ROOT, path), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
}
