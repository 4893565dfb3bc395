import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { rotateLog } from '../../src/postgres/embedded/server-log.ts';
import { runCommand, startServe } from '../support/command.ts';
import { createTestDatabase } from '../support/database.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-backup-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A service on the folder; `stop` ends it. */
async function serve(env: Record<string, string>) {
  const { child, url } = await startServe(env);
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  onTestFinished(stop);
  return { url, stop };
}

async function send(url: string, query: string) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: never; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}

/** The catalogue and the completed runs with their events, as the API shows them. */
const ALL = `{
  components(first: 100) { nodes { id key inputSchema } }
  products(first: 100) { nodes { id sku revision journeyComponents { id } } }
  runs(first: 100, where: { status: [COMPLETED] }) {
    nodes { id status attempt inputPayload resultPayload sequence events(first: 100) { nodes { type at } } }
  }
}`;

const pending = async (url: string): Promise<number> => {
  const data = await send(url, '{ runs(where: { status: [QUEUED, RUNNING] }) { totalCount } }');
  return (data as { runs: { totalCount: number } }).runs.totalCount;
};
/** The run of the demo catalogue that fails and is retried. */
const RETRIED = 1;
const LONG = { timeout: 240_000 };
let dataDir: string;
let backup: string;
let before: object;

beforeAll(async () => {
  dataDir = newFolder();
  backup = join(newFolder(), 'backup');
  const { url, stop } = await startServe({ JOURNEY_RUNTIME_DATA_DIR: dataDir }).then(({ child, url }) => ({
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  }));
  await vi.waitFor(async () => expect(await pending(url)).toBeLessThanOrEqual(RETRIED), {
    timeout: 60_000,
    interval: 200,
  });
  before = await send(url, ALL);
  // While the service runs.
  const made = await runCommand(['backup', '--to', backup], { JOURNEY_RUNTIME_DATA_DIR: dataDir });
  expect(made).toEqual({ code: 0, stdout: expect.stringMatching(/^Backed up \d+ rows to /), stderr: '' });
  await stop();
});

test('a backup restored into a new folder has the catalogue, the runs and their events', LONG, async () => {
  const restored = newFolder();
  const onRestored = { JOURNEY_RUNTIME_DATA_DIR: restored };
  expect(await runCommand(['restore', '--from', backup], onRestored)).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^Restored \d+ rows of \d{4}-/),
    stderr: '',
  });
  const { url, stop } = await serve(onRestored);
  expect(await send(url, ALL)).toEqual(before);
  // Sequences go on after the restored rows, and the feed has the new run.
  const { components } = before as { components: { nodes: { id: string }[] } };
  const { enqueueRun } = (await send(
    url,
    `mutation { enqueueRun(input: { componentId: "${components.nodes[0]!.id}" }) { run { id } } }`,
  )) as { enqueueRun: { run: { id: string } } };
  await expect
    .poll(() => send(url, `{ run(id: "${enqueueRun.run.id}") { events { nodes { type } } } }`))
    .toMatchObject({ run: { events: { nodes: expect.arrayContaining([{ type: 'STARTED' }]) } } });
  await stop();
  expect(await runCommand(['restore', '--from', backup], onRestored)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/The database is in use: restore into an empty one/),
  });
});

test('a backup moves to a server of DATABASE_URL', LONG, async () => {
  const db = await createTestDatabase({ migrated: false });
  onTestFinished(() => db.drop());
  const env = { DATABASE_URL: db.url };
  expect(await runCommand(['restore', '--from', backup], env)).toMatchObject({ code: 0, stderr: '' });
  const { url } = await serve({ ...env, JOURNEY_RUNTIME_WORKER_ENABLED: 'false' });
  expect(await send(url, ALL)).toEqual(before);
});

test(
  'a damaged, an incomplete and a later backup are rejected, and leave the database empty',
  LONG,
  async () => {
    const db = await createTestDatabase({ migrated: false });
    onTestFinished(() => db.drop());
    const restore = () => runCommand(['restore', '--from', backup], { DATABASE_URL: db.url });
    const edit = (file: string, change: (text: string) => string, zipped = true) => {
      const path = join(backup, file);
      const original = readFileSync(path);
      const text = (zipped ? gunzipSync(original) : original).toString();
      writeFileSync(path, zipped ? gzipSync(change(text)) : change(text));
      return () => writeFileSync(path, original);
    };
    for (const [undo, message] of [
      [
        () => edit('products.copy.gz', (rows) => rows.replace(/Gift|a/, 'X')),
        /The backup is damaged: .*products\.copy\.gz/,
      ],
      [
        () => edit('products.copy.gz', (rows) => rows.split('\n').slice(1).join('\n')),
        /The backup is damaged/,
      ],
      [() => edit('backup.json', (json) => json.replace(/"2026\d+_/, '"2999_'), false), /of a later version/],
      [() => edit('backup.json', () => '{}', false), /not the description of a backup/],
    ] as const) {
      const restoreFile = undo();
      expect(await restore()).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
      restoreFile();
    }
    expect(await restore()).toMatchObject({ code: 0 });
    expect(await runCommand(['restore', '--from', newFolder()], { DATABASE_URL: db.url })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/has no complete backup/),
    });
  },
);

test('backup takes a new folder, and the embedded PostgreSQL alone', async () => {
  expect(await runCommand(['backup', '--to', backup], { JOURNEY_RUNTIME_DATA_DIR: dataDir })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/is not empty: name a new one/),
  });
  expect(
    await runCommand(['backup', '--to', join(backup, 'x')], { DATABASE_URL: 'postgresql://h/d' }),
  ).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/for the embedded PostgreSQL.*pg_dump/),
  });
  expect(await runCommand(['backup'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/needs --to/),
  });
});

test('a data folder of another major version is named together with the way to move it', async () => {
  const folder = newFolder();
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'postgres'));
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n');
  expect(await runCommand(['migrate'], { JOURNEY_RUNTIME_DATA_DIR: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /is of PostgreSQL 17, and the embedded PostgreSQL is 18: .*backup-and-restore\.md/,
    ),
  });
});

test('the log of the embedded PostgreSQL does not grow without end', () => {
  const logFile = join(newFolder(), 'postgres.log');
  writeFileSync(logFile, 'x'.repeat(11 * 1024 * 1024));
  rotateLog({ logFile });
  expect([readFileSync(logFile).length, readFileSync(`${logFile}.1`).length]).toEqual([0, 11 * 1024 * 1024]);
  writeFileSync(logFile, 'new');
  rotateLog({ logFile });
  expect(readFileSync(logFile, 'utf8')).toBe('new');
});
