import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartupError } from '../../../src/errors.ts';
import { openCluster } from '../../../src/postgres/embedded/cluster.ts';
import {
  type EmbeddedPostgres,
  joinEmbedded,
  startEmbedded,
} from '../../../src/postgres/embedded/embedded.ts';
import { ownerUrl, spawnPostgres } from '../../../src/postgres/embedded/postgres-server.ts';
import { freePort } from '../../../src/postgres/embedded/server-address.ts';
import { migrate } from '../../../src/postgres/migrations/migrate.ts';
import { startServe } from '../../support/command.ts';
import { isAlive } from '../../support/processes.ts';

let dataDir: string;
let running: EmbeddedPostgres[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'journey-runtime-embedded-'));
  running = [];
});
afterEach(async () => {
  for (const { stop } of running) await stop();
  rmSync(dataDir, { recursive: true });
});

test('a second start finds the data of the first, which left no process behind', async () => {
  const first = await start();
  await query(first.ownerUrl, 'create table kept as select 42 as answer');
  const pid = postmasterPid();
  await first.stop();
  expect(isAlive(pid)).toBe(false);

  const second = await start();
  expect(await query(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('a folder in use is refused to a start and shared by a join', async () => {
  const owner = await start();
  await query(owner.ownerUrl, 'create table kept ()');

  const refused = start();
  await expect(refused).rejects.toThrow(StartupError);
  await expect(refused).rejects.toThrow(/is in use by another Journey Runtime: .*JOURNEY_RUNTIME_DATA_DIR/);
  const guest = await joinEmbedded({ dataDir });
  await guest.stop();

  expect(await query(owner.ownerUrl, `select to_regclass('kept')::text as kept`)).toEqual([{ kept: 'kept' }]);
});

test('of two first starts at once one has the folder, and the other says that it is in use', async () => {
  const starts = await Promise.allSettled([start(), start()]);
  const refused = starts
    .filter((outcome) => outcome.status === 'rejected')
    .map(({ reason }) => reason.message);
  expect(refused).toEqual([expect.stringContaining('is in use')]);
  expect(await query(running[0]!.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('what a killed process left running is stopped, and its data is whole', async () => {
  const { child, url } = await startElsewhere();
  await query(url, 'create table kept as select 42 as answer');
  const orphan = postmasterPid();
  const killed = once(child, 'exit');
  child.kill('SIGKILL');
  await killed;
  expect(isAlive(orphan)).toBe(true);

  const next = await start();
  await expect.poll(() => isAlive(orphan)).toBe(false);
  expect(await query(next.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('a process that exits without a stop takes its PostgreSQL along', async () => {
  const { child } = await startElsewhere();
  const pid = postmasterPid();
  child.disconnect();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a PostgreSQL that dies is started again at the same address', async () => {
  const { url } = await start();
  const pid = postmasterPid();
  process.kill(pid, 'SIGKILL');
  const answer = () => query(url, 'select 1 as one').catch(() => null);
  await expect.poll(() => postmasterPid() !== pid && answer()).toEqual([{ one: 1 }]);
});

test('only a socket in a folder of its own leads to it, and the service is a role that owns nothing', async () => {
  const { url, ownerUrl } = await start();
  expect(await query(ownerUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  const folder = new URL(url).searchParams.get('host')!;
  expect(folder).toBe(join(dataDir, 'socket'));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const role =
    'select current_user::text as name, rolsuper as super from pg_roles where rolname = current_user';
  expect(await query(url, role)).toEqual([{ name: 'journey_service', super: false }]);
  await expect(query(url, 'create table mine ()')).rejects.toThrow(/permission denied/);
});

test('a path that is too long for a socket leads to loopback', async () => {
  // PostgreSQL's own user reaches the folder within, where the tests run as root.
  chmodSync(dataDir, 0o711);
  const long = await startEmbedded({ dataDir: join(dataDir, 'x'.repeat(90)) });
  running.push(long);
  expect(new URL(long.url).searchParams.get('host')).toBeNull();
  expect(await query(long.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a folder of an earlier version goes on, also when its server was left running', async () => {
  const left = await startAsEarlier();
  await migrate(left.url);
  await query(
    left.url,
    `insert into products (id, sku, slug, title, updated_at) values (gen_random_uuid(), 'old', 'old', 'Old', now())`,
  );

  const serving = await startServe({ JOURNEY_RUNTIME_DATA_DIR: dataDir, DATABASE_URL: '' });
  expect(left.child.signalCode ?? left.child.exitCode).not.toBeNull();
  const read = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ products { nodes { sku } } }"}',
  });
  expect(await read.json()).toEqual({ data: { products: { nodes: [{ sku: 'old' }] } } });
  const guest = await joinEmbedded({ dataDir });
  const users = `select distinct usename::text as name from pg_stat_activity where datname = 'journey_runtime' and pid <> pg_backend_pid()`;
  expect(await query(guest.ownerUrl, users)).toEqual([{ name: 'journey_service' }]);
  serving.child.kill('SIGTERM');
  await once(serving.child, 'exit');
});

const asRoot = test.runIf(process.getuid?.() === 0);

asRoot('as root it runs under a user without rights', async () => {
  await start();
  expect(postmasterUid()).toBeGreaterThan(0);
});

asRoot('a folder that this user cannot reach is refused with the fix', async () => {
  const closed = join(dataDir, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const refused = startEmbedded({ dataDir: join(closed, 'data') });
  await expect(refused).rejects.toThrow(StartupError);
  await expect(refused).rejects.toThrow(/cannot reach .*JOURNEY_RUNTIME_DATA_DIR/);
});

asRoot('an ordinary user runs it as himself', async () => {
  const nobody = { uid: 65_534, gid: 65_534 };
  chownSync(dataDir, nobody.uid, nobody.gid);
  const { child, url } = await startElsewhere(nobody);
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(postmasterUid()).toBe(nobody.uid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await start();
});

async function start(): Promise<EmbeddedPostgres> {
  const embedded = await startEmbedded({ dataDir });
  running.push(embedded);
  return embedded;
}

/** A server as earlier versions ran it: on loopback, without the service's role. */
async function startAsEarlier(): Promise<{ url: string; child: ChildProcess }> {
  const { stop, ownerUrl: prepared } = await startEmbedded({ dataDir });
  await query(prepared, 'drop role journey_service');
  await stop();
  rmSync(join(dataDir, 'socket'), { recursive: true });
  const cluster = await openCluster(dataDir);
  const address = { socketFolder: null, port: await freePort() };
  const child = spawnPostgres(cluster, address, {});
  const url = ownerUrl(cluster, address, 'journey_runtime');
  const answer = () => query(url, 'select 1 as one').catch(() => null);
  await expect.poll(answer).toEqual([{ one: 1 }]);
  return { url, child };
}

async function startElsewhere(user = {}) {
  const owner = fileURLToPath(new URL('../../support/embedded-owner.ts', import.meta.url));
  const child = fork(owner, [dataDir], { ...user, execArgv: [] });
  const [url] = (await once(child, 'message')) as [string];
  return { child, url };
}

const pidFile = () => join(dataDir, 'postgres', 'postmaster.pid');
const postmasterPid = () => Number.parseInt(readFileSync(pidFile(), 'utf8'), 10);
const postmasterUid = () => statSync(pidFile()).uid;

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
