// Generates the database client after `npm ci`. It runs on the Node of the machine, which need not know TypeScript.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isInstalled = (name) => existsSync(join(root, 'node_modules', name, 'package.json'));

if (isInstalled('prisma')) {
  // The generator `json` writes types, which only development needs.
  const runtime = isInstalled('prisma-json-types-generator')
    ? []
    : ['--generator', 'client', '--generator', 'pothos'];
  const cli = join(root, 'node_modules/prisma/build/index.js');
  const { status } = spawnSync(process.execPath, [cli, 'generate', ...runtime], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else if (!existsSync(join(root, 'src/postgres/generated/prisma'))) {
  console.error(
    'The database client is missing, and Prisma, which generates it, is not installed: run `npm ci` first, then omit dependencies.',
  );
  process.exitCode = 1;
}
