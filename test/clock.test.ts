import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Serving, startServe } from './support/command.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { insertComponent } from './support/runs.ts';

const HOUR_MS = 3_600_000;
const PRELOAD = new URL('./support/shifted-clock-preload.ts', import.meta.url).href;

let db: TestDatabase;
let componentId: string;
let hosts: Serving[];
beforeAll(async () => {
  db = await createTestDatabase();
  componentId = (await insertComponent(db.pool)).id;
  const start = (env: Record<string, string>) =>
    startServe({ DATABASE_URL: db.url, JOURNEY_RUNTIME_WORKER_ENABLED: 'false', ...env });
  const shifted = (ms: number) => start({ NODE_OPTIONS: `--import ${PRELOAD}`, CLOCK_SHIFT_MS: String(ms) });
  hosts = await Promise.all([start({}), shifted(-3 * HOUR_MS), shifted(400 * 24 * HOUR_MS)]);
});
afterAll(async () => {
  for (const { child } of hosts) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await db.drop();
});

async function ask({ url }: Serving, query: string, variables: object) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: object[] };
  expect(errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
  return data as any;
}

const ENQUEUE = `mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id queuedAt } userErrors { message } } }`;
const enqueue = async (host: Serving, more: object = {}) => {
  const { run, userErrors } = (await ask(host, ENQUEUE, { input: { componentId, ...more } })).enqueueRun;
  expect(userErrors).toEqual([]);
  return run as { id: string; queuedAt: string };
};
const list = async (host: Serving, where: object): Promise<string[]> =>
  (
    await ask(host, 'query ($where: RunFilter) { runs(where: $where, first: 100) { nodes { id } } }', {
      where,
    })
  ).runs.nodes.map(({ id }: { id: string }) => id);

test('a host whose clock is off places its runs in the lists, and finds them by time, as the others do', async () => {
  const enqueued: { id: string; queuedAt: string }[] = [];
  for (let n = 0; n < 12; n += 1) enqueued.push(await enqueue(hosts[n % hosts.length]!));
  // Lists are in the order of ids, which hold a time: queuedAt is the database's.
  for (const { id, queuedAt } of enqueued) {
    const idTime = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    expect(Math.abs(idTime - Date.parse(queuedAt))).toBeLessThan(HOUR_MS);
  }
  const newestFirst = enqueued
    .map(({ id }) => id)
    .sort()
    .reverse();
  const from = new Date(enqueued[0]!.queuedAt);
  const within = {
    queuedAfter: from.toISOString(),
    queuedBefore: new Date(from.getTime() + HOUR_MS).toISOString(),
  };
  for (const host of hosts) {
    expect(await list(host, { componentId: [componentId] })).toEqual(newestFirst);
    expect(await list(host, { componentId: [componentId], ...within })).toEqual(newestFirst);
  }
});

test('the database’s clock decides whether a run is too far ahead', async () => {
  const runAt = new Date(Date.now() + 360 * 24 * HOUR_MS).toISOString();
  for (const host of hosts) await enqueue(host, { runAt });
  const beyond = new Date(Date.now() + 370 * 24 * HOUR_MS).toISOString();
  for (const host of hosts) {
    const { userErrors } = (await ask(host, ENQUEUE, { input: { componentId, runAt: beyond } })).enqueueRun;
    expect(userErrors).toHaveLength(1);
  }
});

test('a host whose clock is off says so when it starts', () => {
  const [right, ...off] = hosts.map(({ log }) => log());
  expect(right).not.toContain("this host's clock");
  for (const log of off) expect(log).toContain("this host's clock differs from the database's");
});
