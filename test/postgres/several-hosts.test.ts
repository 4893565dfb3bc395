import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCluster } from '../../src/postgres/embedded/cluster.ts';
import { ownerUrl, spawnPostgres, stopPostgres } from '../../src/postgres/embedded/postgres-server.ts';
import { claimPort } from '../chaos/ports.ts';
import { asOwner, type Postgres, startPostgres } from '../chaos/postgres.ts';
import { runCommand, startServe } from '../support/command.ts';

const LONG = { timeout: 180_000 };
const PATIENT = { timeout: 60_000 };

const newFolder = () => mkdtempSync(join(tmpdir(), 'journey-runtime-hosts-'));

/** A primary and its standby, in folders of their own. */
async function startPair() {
  const [folder, copy] = [newFolder(), newFolder()];
  const primary = await startPostgres(folder, {});
  await primary.stop('fast');
  cpSync(folder, copy, { recursive: true });
  const { user } = primary.cluster;
  if (user)
    for (const path of ['', ...readdirSync(copy, { recursive: true, encoding: 'utf8' })])
      chownSync(join(copy, path), user.uid, user.gid);
  const cluster = await openCluster(copy);
  chmodSync(cluster.directory, 0o700);
  writeFileSync(join(cluster.directory, 'standby.signal'), '');
  const { password, hostname, port } = new URL(primary.url);
  appendFileSync(
    join(cluster.directory, 'postgresql.auto.conf'),
    `\nprimary_conninfo = 'host=${hostname} port=${port} user=postgres password=${password}'\n`,
  );
  await primary.start();
  const address = { socketFolder: null, port: await claimPort() };
  const standby = spawnPostgres(cluster, address, { max_connections: '200' });
  await expect
    .poll(() => asOwner(ownerUrl(cluster, address, 'postgres'), () => Promise.resolve('up')), PATIENT)
    .toBe('up');
  onTestFinished(async () => {
    await stopPostgres(standby, 5_000);
    await primary.stop('immediate');
    for (const path of [folder, copy]) rmSync(path, { recursive: true });
  });
  const standbyUrl = ownerUrl(cluster, address, 'chaos');
  const { host: standbyHost } = new URL(standbyUrl);
  const both = primary.url.replace(/@[^/]*/, `@${standbyHost},127.0.0.1:${primary.port}`);
  return { primary, standbyUrl, both: `${both}?target_session_attrs=read-write` };
}

/** Waits until the standby has all that the primary has, then stops the primary and promotes the standby. */
async function switchOver(primary: Postgres, standbyUrl: string): Promise<void> {
  await primary.stop('fast');
  await expect
    .poll(() => asOwner(standbyUrl, (owner) => owner.query('select pg_promote()')).then(() => true), PATIENT)
    .toBe(true);
}

test('the service uses the server that accepts writes, and follows a promotion', LONG, async () => {
  const { primary, standbyUrl, both } = await startPair();
  const { child, url } = await startServe({
    DATABASE_URL: both,
    JOURNEY_RUNTIME_POLL_INTERVAL_SECONDS: '0.5',
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const ask = async (query: string) => {
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    return ((await response.json()) as { data: Record<string, never> | null }).data as never;
  };
  const script = '{ slug: "hello", runtime: "node" }';
  const definition = `{ key: "hello", name: "Hello", triggers: [CHECKOUT], script: ${script} }`;
  const { registerComponent } = await ask(
    `mutation { registerComponent(input: ${definition}) { component { id } userErrors { message } } }`,
  );
  const { id } = (registerComponent as { component: { id: string } }).component;
  const enqueue = async (key: string) => {
    const data = await ask(
      `mutation { enqueueRun(input: { componentId: "${id}", idempotencyKey: "${key}" }) { run { id } } }`,
    );
    return (data as { enqueueRun: { run: object } | null } | null)?.enqueueRun?.run != null;
  };
  const completed = async () =>
    (
      (await ask('{ runs(where: { status: [COMPLETED] }) { totalCount } }')) as {
        runs: { totalCount: number } | null;
      } | null
    )?.runs?.totalCount;
  expect(await enqueue('before')).toBe(true);
  await expect.poll(completed, PATIENT).toBe(1);

  await switchOver(primary, standbyUrl);
  await expect.poll(() => enqueue('after'), PATIENT).toBe(true);
  await expect.poll(completed, PATIENT).toBe(2);
});

test('a start without a server that accepts writes names each of them', LONG, async () => {
  const { primary, both } = await startPair();
  await primary.stop('fast');
  const { code, stderr } = await runCommand(['migrate'], { DATABASE_URL: both });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /no host accepts writes: 127\.0\.0\.1:\d+ is a standby; 127\.0\.0\.1:\d+ connect ECONNREFUSED/,
    ),
  });
  expect(stderr).not.toContain(new URL(primary.url).password);
});
