import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { migrationNames } from '../src/postgres/migrations/migration-files.ts';
import { VERSION } from '../src/version.ts';
import { runCommand, type Serving, startServe } from './support/command.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { isAlive } from './support/processes.ts';

const UNKNOWN_RUN = '01900000-0000-7000-8000-000000000000';

let database: TestDatabase;
let onDatabase: { DATABASE_URL: string };
let dataDir: string;
let serving: Serving | undefined;
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  onDatabase = { DATABASE_URL: database.url };
  dataDir = mkdtempSync(join(tmpdir(), 'journey-runtime-main-'));
});
afterEach(() => stop());
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

test('serve on an empty folder runs a demo shop, survives a kill -9, and SIGTERM leaves no process behind', async () => {
  const onFolder = { JOURNEY_RUNTIME_DATA_DIR: dataDir };
  const first = await serve(onFolder);
  const shop = '{ components { totalCount } products { totalCount } runs { nodes { status } } }';
  await expect
    .poll(() => ask(first.url, shop))
    .toMatchObject({
      components: { totalCount: 5 },
      products: { totalCount: 4 },
      runs: { nodes: expect.arrayContaining([{ status: 'COMPLETED' }]) },
    });
  // A newcomer looks at the demo's order and products: nothing there needs a repair.
  const order =
    '{ order(number: "2026-1001") { runs { nodes { status } } } products(hasProblems: true) { nodes { sku } } }';
  await expect
    .poll(() => ask(first.url, order))
    .toEqual({
      order: { runs: { nodes: Array(4).fill({ status: 'COMPLETED' }) } },
      products: { nodes: [] },
    });
  expect(await runCommand(['serve'], { ...onFolder, PORT: '0' })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^The data folder .* is in use .*JOURNEY_RUNTIME_DATA_DIR[^\n]*\n$/),
  });
  expect((await runCommand(['execute', UNKNOWN_RUN], onFolder)).stderr).toContain('There is no run');

  first.child.kill('SIGKILL');
  await expect.poll(() => isAlive(first.workerPid)).toBe(false);
  const second = await serve(onFolder);
  expect(await ask(second.url, '{ products { totalCount } }')).toEqual({ products: { totalCount: 4 } });

  const postgresPid = Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
  expect(await stop()).toBe(0);
  const stops = second
    .log()
    .split('\n')
    .flatMap((line) => /"pid":(\d+).*"msg":"(stopping|stopped)"/.exec(line)?.slice(1).join(' ') ?? []);
  const [api, worker] = [second.child.pid, second.workerPid];
  expect(stops.sort()).toEqual(
    [`${api} stopping`, `${api} stopped`, `${worker} stopping`, `${worker} stopped`].sort(),
  );
  // Without a terminal each line is JSON, also where both streams go to one log.
  const lines = second.output().trim().split('\n');
  expect(lines.filter((line) => !line.startsWith('{"level":'))).toEqual([]);
  expect([postgresPid, second.workerPid].filter(isAlive)).toEqual([]);
});

test('migrate brings an empty database to the present state, and then has nothing to do', async () => {
  const applied = `Applied ${migrationNames().join(', ')}.\n`;
  expect(await runCommand(['migrate'], onDatabase)).toEqual({ code: 0, stdout: applied, stderr: '' });
  expect((await runCommand(['migrate'], onDatabase)).stdout).toBe('The database is already up to date.\n');
});

test('serve on a given database leaves its catalogue alone, and is ready without a worker if told to have none', async () => {
  const { url } = await serve({ ...onDatabase, JOURNEY_RUNTIME_WORKER_ENABLED: 'false' });
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
    status: 'ready',
    checks: {
      database: 'ok',
      migrations: 'ok',
      writes: 'ok',
      worker: 'the queue journey-runtime has no worker with a live heartbeat',
      queues: 'ok',
      feed: 'ok',
    },
  });
  expect(await (await fetch(`${url}/livez`)).json()).toEqual({ status: 'alive' });
  expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  expect(await ask(url, '{ products { totalCount } }')).toEqual({ products: { totalCount: 0 } });
});

test('a worker that is missing is told by readyz', async () => {
  const { url, workerPid } = await serve(onDatabase);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  process.kill(workerPid, 'SIGSTOP');
  const checks = async () => (await (await fetch(`${url}/readyz`)).json()).checks;
  await expect.poll(checks).toEqual({
    database: 'ok',
    migrations: 'ok',
    writes: 'ok',
    worker: 'the queue journey-runtime has no worker with a live heartbeat',
    queues: 'ok',
    feed: 'ok',
  });
  process.kill(workerPid, 'SIGCONT');
});

test('seed lays the demo in on request, and execute processes one of its runs in the foreground', async () => {
  expect((await runCommand(['seed'], onDatabase)).stdout).toMatch(/5 components, 4 products, \d+ runs/);
  const { rows } = await database.pool.query<{ id: string }>(
    'select id from journey_component_runs order by id limit 1',
  );
  const id = rows[0]!.id;
  expect(await runCommand(['execute', id], onDatabase)).toMatchObject({
    code: 0,
    stdout: `Run ${id} is COMPLETED.\n`,
  });
  expect(await runCommand(['execute', id], onDatabase)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/is COMPLETED; only a QUEUED run/),
  });
});

test('a port that is taken ends serve with one line that names the fix', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const address = squatter.address();
  const port = String(typeof address === 'object' && address?.port);
  expect(await runCommand(['serve'], { ...onDatabase, PORT: port, LOG_LEVEL: 'error' })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^Cannot listen on 127\.0\.0\.1:\d+ .*set PORT to another port[^\n]*\n$/),
  });
  squatter.close();
});

test.each([
  [
    'a wrong variable',
    ['serve'],
    { PORT: 'x', HOST: '!' },
    /^Invalid environment: PORT must .*; HOST must [^\n]*\n$/,
  ],
  [
    'a database that is not there',
    ['worker'],
    { DATABASE_URL: 'postgres://127.0.0.1:1/x' },
    /^The database at [^\n]*\n$/,
  ],
  ['an unknown command', ['sing'], {}, /^There is no command sing\.\n\nUsage: /],
  [
    'execute without an id',
    ['execute'],
    {},
    /^execute needs <runId>\.\n\nUsage: npm run execute -- <runId>\n/,
  ],
])('%s ends with exit code 2 and what would be right', async (_, args, env, message) => {
  const { code, stderr } = await runCommand(args, env);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

test('a database URL without a role is answered with the form of the URL that has one', async () => {
  const url = new URL(database.url);
  url.username = '';
  url.password = '';
  expect(await runCommand(['worker'], { DATABASE_URL: url.href })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^The database at [^\n]*name the role before the @ in DATABASE_URL, as in postgresql:[^\n]*\n$/,
    ),
  });
});

const COMMANDS = [
  'serve',
  'worker',
  'migrate',
  'archive',
  'execute',
  'secrets',
  'check-runner',
  'key',
  'move-shop',
  'backup',
  'restore',
  'seed',
];
/** A command that went as far as to open a database would name this one. */
const NO_DATABASE = { DATABASE_URL: 'postgres://127.0.0.1:1/x' };

test('--help lists the commands, and --version prints the version', async () => {
  for (const option of ['--help', '-h']) {
    const { code, stdout } = await runCommand([option], NO_DATABASE);
    expect(code).toBe(0);
    expect([...stdout.matchAll(/^ {2}([a-z][a-z-]*) /gm)].map(([, name]) => name)).toEqual(COMMANDS);
  }
  const printed = { code: 0, stdout: `${VERSION}\n`, stderr: '' };
  expect(await runCommand(['--version'], NO_DATABASE)).toEqual(printed);
  expect(await runCommand(['-v'], NO_DATABASE)).toEqual(printed);
});

test.each(COMMANDS)('%s --help explains the command and does nothing else', async (command) => {
  for (const args of [
    [command, '--help'],
    [command, 'word', '-h'],
  ]) {
    const { code, stdout, stderr } = await runCommand(args, NO_DATABASE);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(command === 'serve' ? /^Usage: npm start\n\n\w/ : usageOf(command));
  }
});

test.each(COMMANDS)('%s does nothing with an argument that it does not know', async (command) => {
  for (const unknown of [['--wrong'], ['--wrong=1'], ['-x'], ['a', 'b', 'c'], ['--', 'a', 'b', 'c']]) {
    const { code, stdout, stderr } = await runCommand([command, ...unknown], NO_DATABASE);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^(Unknown option '-|\S+ (does not know|needs) )/);
    expect(stderr).toMatch(/\n\nUsage: npm /);
  }
});

test.each([
  ['key', ['list', 'all'], 'key list does not know the argument all.'],
  ['key', ['list', '--days', '3'], 'key list does not know --days.'],
  [
    'key',
    ['revoke', 'jrk_1', '--role', 'ADMIN', '--hours', '1'],
    'key revoke does not know --role, --hours.',
  ],
  ['key', ['create', 'jrk_1'], 'key create does not know the argument jrk_1.'],
  ['key', ['create', '--principal', 'p', '--role', 'ADMIN'], 'A second key has the rights of its principal'],
  ['key', ['constructor'], 'There is no command key constructor.'],
  ['secrets', ['turn'], 'secrets needs the word rotate.'],
  ['migrate', ['--grant-to'], "Option '--grant-to <value>' argument missing"],
  ['migrate', ['--grant-to='], '--grant-to is empty.'],
  ['backup', [], 'backup needs --to.'],
])('%s %j does nothing, and the message names the fix', async (command, args, message) => {
  const result = await runCommand([command, ...args], NO_DATABASE);
  expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
});

const usageOf = (command: string) => new RegExp(`^Usage: npm run ${command}( -- .*)?\\n\\n`);

async function serve(env: Record<string, string>): Promise<Serving> {
  serving = await startServe(env);
  return serving;
}

/** Returns the exit code. */
async function stop(): Promise<number | null> {
  const child = serving?.child;
  serving = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return null;
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  return code;
}

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()).data;
}
