import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../src/app/http-server.ts';
import { startServices } from '../../src/app/services.ts';
import { createLogger } from '../../src/logger.ts';
import { type Database, openDatabase } from '../../src/postgres/database.ts';
import { migrate } from '../../src/postgres/migrations/migrate.ts';
import { asOwner, startPostgres } from '../chaos/postgres.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startProxy } from '../support/proxy.ts';
import { insertComponent } from '../support/runs.ts';
import { startTestWorker, testConfig } from '../support/worker.ts';

const logger = createLogger('silent');
const NO_WORKER = 'the queue journey-runtime has no worker with a live heartbeat';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** An API process's server over the database; the test ends it. */
async function serve(database: Database, given = {}) {
  const config = testConfig({ port: 0, workerEnabled: false, ...given });
  const services = await startServices(config, database, logger);
  const server = await startServer(config, services, logger);
  onTestFinished(async () => {
    await server.stop();
    await services.stop();
  });
  const readyz = async () => {
    const response = await fetch(`${server.url}/readyz`);
    const { checks } = (await response.json()) as { checks: Record<string, string> };
    return { status: response.status, checks };
  };
  return { server, services, readyz };
}

test('an API without a worker anywhere is ready, and names the queue without one', async () => {
  const { readyz } = await serve(db);
  expect(await readyz()).toMatchObject({ status: 200, checks: { worker: NO_WORKER } });
  const worker = await startTestWorker(db);
  expect(await readyz()).toMatchObject({ status: 200, checks: { worker: 'ok' } });
  await worker.stop();
});

test('a role that may not use the job queue makes API and worker unready', async () => {
  await db.pool.query(`
    create role shop login password 'shop';
    grant usage on schema public, graphile_worker to shop;
    grant select, insert, update, delete on all tables in schema public, graphile_worker to shop;
    grant usage on all sequences in schema public, graphile_worker to shop`);
  const url = Object.assign(new URL(db.url), { username: 'shop', password: 'shop' });
  const limited = openDatabase({ url: url.href, maxConnections: 4 });
  onTestFinished(async () => {
    await limited.close();
    await db.pool.query('drop owned by shop; drop role shop');
  });
  // graphile-worker protects its tables by row-level security.
  const { readyz } = await serve(limited);
  const writes = 'a write failed: the role lacks a right on the tables or on the schema graphile_worker';
  await expect
    .poll(readyz)
    .toMatchObject({ status: 503, checks: { writes, database: 'ok', migrations: 'ok' } });
  const worker = await startTestWorker(limited);
  expect(await worker.readiness()).toMatchObject({ ready: false, checks: { writes } });
  await worker.stop();

  // A session keeps the plans that it made for a role under row-level security, so new sessions begin.
  await db.pool.query('alter role shop bypassrls; revoke insert on journey_run_queue from shop');
  await db.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'shop'`);
  await expect.poll(readyz).toMatchObject({
    status: 503,
    checks: { writes: 'the role has no right to write to journey_run_queue' },
  });
});

test('a read-only database makes the API unready until it is writable again', async () => {
  const { readyz } = await serve(db);
  expect(await readyz()).toMatchObject({ status: 200 });
  const name = new URL(db.url).pathname.slice(1);
  const setReadOnly = async (value: string) => {
    await db.pool.query(`begin; set transaction read write; alter database ${name} ${value}; commit`);
    await db.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
  };
  await setReadOnly('set default_transaction_read_only = on');
  await expect
    .poll(readyz)
    .toMatchObject({ status: 503, checks: { writes: 'a write failed: the database is read-only' } });
  await setReadOnly('reset default_transaction_read_only');
  await db.pool.query('set default_transaction_read_only = off');
  await expect.poll(readyz).toMatchObject({ status: 200, checks: { writes: 'ok' } });
});

test("callers' writes that fail, as on a full disk, make the API unready until one succeeds", async () => {
  const { readyz, services } = await serve(db);
  await db.pool.query(`
    create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
    create trigger full_disk before insert on journey_runs execute function full_disk()`);
  const { id: componentId } = await insertComponent(db.pool);
  const enqueue = () => services.enqueue({ caller: '', requestHash: Buffer.alloc(32), componentId });
  await expect(enqueue()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const writes = "the latest write failed: the server's disk is full";
  expect(await readyz()).toMatchObject({ status: 503, checks: { writes } });
  await db.pool.query('drop function full_disk cascade');
  await enqueue();
  expect(await readyz()).toMatchObject({ status: 200, checks: { writes: 'ok' } });
});

describe('a server of its own', () => {
  test('commits that wait for a synchronous standby make the API unready', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-readiness-'));
    const server = await startPostgres(folder, {});
    await migrate(server.url);
    const database = openDatabase({ url: server.url, maxConnections: 4 });
    const worker = await startTestWorker(database);
    const { readyz } = await serve(database);
    onTestFinished(async () => {
      await worker.stop();
      await database.close();
      await server.stop('immediate');
      rmSync(folder, { recursive: true });
    });
    expect(await readyz()).toMatchObject({ status: 200 });
    const setStandby = (names: string) =>
      asOwner(server.url, async (owner) => {
        await owner.query(`alter system set synchronous_standby_names = '${names}'`);
        await owner.query('select pg_reload_conf()');
      });
    await setStandby('gone');
    await expect.poll(readyz).toMatchObject({
      status: 503,
      checks: { writes: expect.stringMatching(/waited for \d+ s.*synchronous standby/) },
    });
    await setStandby('');
    await expect.poll(readyz).toMatchObject({ status: 200, checks: { writes: 'ok' } });
  });
});

test('a database that no longer answers is named as unreachable, and nothing else is claimed', async () => {
  const proxy = await startProxy(db.url);
  const cutOff = openDatabase({ url: proxy.url, maxConnections: 4 });
  const { readyz, services } = await serve(cutOff);
  expect(await readyz()).toMatchObject({ status: 200 });
  proxy.swallow(true);
  const { status, checks } = await readyz();
  expect(status).toBe(503);
  expect(checks).toMatchObject({
    database: expect.stringMatching(/unreachable|unknown/),
    migrations: 'unknown',
  });
  proxy.cut(true);
  expect(await readyz()).toMatchObject({
    status: 503,
    checks: { database: 'unreachable', migrations: 'unknown' },
  });
  await services.feed.stop();
  await cutOff.close();
  await proxy.close();
});

test('a stopping API says so while it drains, and closes connections after their answers', async () => {
  const config = testConfig({ port: 0, workerEnabled: false, drainSeconds: 5 });
  const services = await startServices(config, db, logger);
  const server = await startServer(config, services, logger);
  const before = await fetch(`${server.url}/readyz`);
  expect({ status: before.status, connection: before.headers.get('connection') }).toEqual({
    status: 200,
    connection: 'keep-alive',
  });
  const stopped = server.stop();
  const during = await fetch(`${server.url}/readyz`);
  expect({ status: during.status, body: await during.json() }).toEqual({
    status: 503,
    body: { status: 'stopping' },
  });
  const answered = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  });
  expect({ status: answered.status, connection: answered.headers.get('connection') }).toEqual({
    status: 200,
    connection: 'close',
  });
  await answered.text();
  await stopped;
  await services.stop();
  await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
});
