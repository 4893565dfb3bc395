import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Serving, spawnCommand, startServe } from './support/command.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { NPM_ENVIRONMENT } from './support/npm-environment.ts';
import { startScriptHost } from './support/script-host.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NONE =
  'this clone has no tag of a release, such as v0.1.0: name a commit by PREVIOUS_VERSION, as in PREVIOUS_VERSION=v0.1.0 npm test -- test/mixed-versions.test.ts';

/** The commit that is the version before: that of the last release. */
const previous = process.env.PREVIOUS_VERSION ?? lastRelease();

function lastRelease(): string | null {
  try {
    const args = ['describe', '--tags', '--match=v*', '--abbrev=0', 'HEAD'];
    return execFileSync('git', args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    }).trim();
  } catch {
    return null;
  }
}

let folder: string;
let db: TestDatabase;
let host: Awaited<ReturnType<typeof startScriptHost>>;
const servings: Serving[] = [];

beforeAll(async () => {
  if (previous === null) return;
  folder = mkdtempSync(join(tmpdir(), 'journey-runtime-mixed-'));
  db = await createTestDatabase({ migrated: false });
  host = await startScriptHost((response) => response.end('{}'));
});

afterAll(async () => {
  if (previous === null) return;
  await Promise.all(servings.map(stop));
  await host.stop();
  await db.drop();
  rmSync(folder, { recursive: true });
}, 600_000);

/** Packs a version in a clone of its own, and installs the package. Returns its program. */
function install(commit: string): string {
  const [source, installed] = [join(folder, 'source'), join(folder, 'installed')];
  for (const path of [source, installed]) mkdirSync(path);
  const run = (cwd: string, command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd, env: NPM_ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe'] });
  run(ROOT, 'git', 'archive', '--output', join(folder, 'source.tar'), commit);
  run(source, 'tar', '-xf', join(folder, 'source.tar'));
  run(source, 'npm', 'ci', '--no-audit', '--no-fund', '--prefer-offline');
  run(source, 'npm', 'run', 'package');
  writeFileSync(join(installed, 'package.json'), '{}');
  const [tarball] = globSync(join(source, 'dist/journey-runtime-*.tgz'));
  run(installed, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', tarball!);
  return join(installed, 'node_modules/journey-runtime/dist/main.js');
}

const isRunning = ({ child }: Serving): boolean => child.exitCode === null && child.signalCode === null;

async function stop(serving: Serving): Promise<void> {
  if (!isRunning(serving)) return;
  const exited = once(serving.child, 'exit');
  serving.child.kill('SIGTERM');
  await exited;
}

/** How often a request is sent before it counts as rejected for good. */
const TURNS = 300;

async function migrate(
  env: Record<string, string>,
  main?: string,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawnCommand(['migrate'], env, main);
  child.stdout.resume();
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, stderr };
}

/** Sends an operation; null if it has an error, or the process is gone. */
async function send<Data>({ url }: Serving, query: string): Promise<Data | null> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: Data | null; errors?: unknown };
    return errors ? null : data;
  } catch {
    return null;
  }
}

test('the version before and this one run side by side: no run is lost or doubled', {
  timeout: 1_800_000,
}, async (context) => {
  if (previous === null) return context.skip(NONE);
  const main = install(previous);
  const env = { DATABASE_URL: db.url, JOURNEY_RUNTIME_RUNNER_URL: host.url, LOG_LEVEL: 'info' };
  expect(await migrate(env, main)).toMatchObject({ code: 0 });
  const start = async (program?: string) => {
    const serving = await startServe(env, program);
    servings.push(serving);
    return serving;
  };
  const old = await start(main);
  const component = await send<{ registerComponent: { component: { id: string } } }>(
    old,
    'mutation { registerComponent(input: { key: "mixed", name: "Mixed", triggers: [OPERATOR], script: { slug: "a", runtime: "node" } }) { component { id } } }',
  );

  const runIds = new Map<string, string>();
  /** Enqueues under a key, repeated at these APIs in turn until one acknowledges it; null if none of them runs any more. */
  const enqueue = async (key: string, ...apis: Serving[]): Promise<Serving | null> => {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const running = apis.filter(isRunning);
      const api = running[turn % running.length];
      if (!api) return null;
      const sent = await send<{ enqueueRun: { run: { id: string } | null } }>(
        api,
        `mutation { enqueueRun(input: { componentId: "${component!.registerComponent.component.id}", idempotencyKey: "${key}" }) { run { id } } }`,
      );
      const id = sent?.enqueueRun.run?.id;
      if (id !== undefined) {
        runIds.set(key, id);
        return api;
      }
      await pause(100);
    }
    throw new Error(`No API has acknowledged ${key}: ${old.log()}`);
  };
  for (let n = 0; n < 50; n += 1) await enqueue(`before-${n}`, old);

  // This version migrates while the one before serves, or says which processes must be stopped first.
  let isMigrating = true;
  const interrupted: string[] = [];
  const during = Array.from({ length: 4 }, async (_, caller) => {
    for (let n = 0; isMigrating && isRunning(old); n += 1) {
      const key = `during-${caller}-${n}`;
      if ((await enqueue(key, old)) === null) interrupted.push(key);
    }
  });
  const migrated = await migrate(env);
  if (migrated.code !== 0) {
    expect(migrated).toEqual({ code: 2, stderr: expect.stringMatching(/stop/i) });
    await stop(old);
    expect(await migrate(env)).toMatchObject({ code: 0 });
  }
  isMigrating = false;
  await Promise.all(during);

  const current = await start();
  for (const key of interrupted) await enqueue(key, current);
  const oldGoesOn = isRunning(old);
  const both = oldGoesOn ? [old, current] : [current];
  const acknowledgedBy = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      enqueue(`beside-${n}`, ...(n % 2 === 0 ? both : both.toReversed())),
    ),
  );
  // A key of one version is the same run for the other one.
  for (let n = 0; n < 10; n += 1) {
    const id = runIds.get(`before-${n}`);
    await enqueue(`before-${n}`, current);
    expect(runIds.get(`before-${n}`)).toBe(id);
  }
  if (oldGoesOn) expect(acknowledgedBy).toContain(old);
  await stop(old);
  for (let n = 0; n < 20; n += 1) await enqueue(`after-${n}`, current);

  const open = async () => {
    const { rows } = await db.pool.query(
      `select id, status from journey_component_runs where status <> 'COMPLETED' order by id limit 10`,
    );
    return rows;
  };
  await expect.poll(open, { timeout: 300_000, interval: 500 }).toEqual([]);
  const { rows } = await db.pool.query(
    `select r.id, r.idempotency_key as key, (
       select count(*)::int from journey_run_events e where e.run_id = r.id and e.type = 'COMPLETED'
     ) as completions from journey_runs r`,
  );
  expect(new Map(rows.map(({ key, id }) => [key, id]))).toEqual(runIds);
  expect(rows.filter(({ completions }) => completions !== 1)).toEqual([]);
  // Each run has one key at the script host, so that a repeated call is no second execution.
  const keys = new Set(host.calls.map(({ request }) => request.headers['idempotency-key']));
  expect(keys.size).toBe(rows.length);
});
