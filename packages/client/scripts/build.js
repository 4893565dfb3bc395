import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Compiles src/ into dist/. It runs after `npm ci` in the repository and before `npm pack`.
const packageRoot = fileURLToPath(new URL('..', import.meta.url));
const compiler = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));

const isPacking = ['pack', 'publish'].includes(process.env.npm_command ?? '');

if (existsSync(compiler)) {
  // Others may be reading dist/, so that it is replaced at once.
  const dist = `${packageRoot}dist`;
  const fresh = `${dist}-${process.pid}`;
  const args = [compiler, '-p', packageRoot, '--outDir', fresh];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
  // An error of types must not prevent an installation: `npm run check` reports it.
  if (isPacking) process.exitCode = status ?? 1;
} else if (isPacking) {
  console.error('TypeScript is missing: run `npm ci` with development dependencies before packing.');
  process.exitCode = 1;
} else {
  // A production installation of the service has no compiler, and does not use this package.
  console.log('journey-runtime-client is not built: development dependencies are not installed.');
}
