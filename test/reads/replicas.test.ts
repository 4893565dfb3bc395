import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeCursor } from '../../src/feed/log/feed-cursor.ts';
import { openDatabase } from '../../src/postgres/database.ts';
import { migrate } from '../../src/postgres/migrations/migrate.ts';
import { openReadDatabases } from '../../src/reads/replicas/read-databases.ts';
import { asOwner, type Postgres, startPostgres, startStandby } from '../chaos/postgres.ts';
import { type Serving, startServe } from '../support/command.ts';
import { silent } from '../support/events.ts';

const FAST = { fsync: 'off', full_page_writes: 'off' };
const POLL = { timeout: 60_000 };

const folders: string[] = [];
let primary: Postgres;
let standby: Postgres;
let servings: Serving[];

/** A server runs as an ordinary user, who does not reach folders below another one of root's. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-replicas-'));
  folders.push(folder);
  return folder;
}

beforeAll(async () => {
  primary = await startPostgres(newFolder(), FAST);
  await migrate(primary.url);
  standby = await startStandby(primary, newFolder(), FAST);
  const env = {
    DATABASE_URL: primary.url,
    DATABASE_REPLICA_URLS: standby.url,
    JOURNEY_RUNTIME_METRICS_PORT: '0',
    LOG_LEVEL: 'info',
  };
  servings = [await startServe(env), await startServe({ ...env, JOURNEY_RUNTIME_WORKER_ENABLED: 'false' })];
});

afterAll(async () => {
  await Promise.all(
    (servings ?? []).map(({ child }) => {
      child.kill('SIGTERM');
      return once(child, 'exit');
    }),
  );
  await standby?.stop('immediate');
  await primary?.stop('immediate');
  for (const folder of folders) rmSync(folder, { recursive: true });
});

// biome-ignore lint/suspicious/noExplicitAny: the expectations say what an answer holds.
async function ask(api: number, query: string): Promise<any> {
  const response = await fetch(`${servings[api]!.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const register = (key: string): Promise<{ registerComponent: { component: { id: string } } }> =>
  ask(
    0,
    `mutation { registerComponent(input: { key: "${key}", name: "Component", triggers: [OPERATOR], script: { slug: "a", runtime: "node" } }) { component { id } } }`,
  );

/** Registers components by one API, and reads each by the other one right after its answer. */
async function readWrites(name: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const { registerComponent } = await register(`${name}-${n}`);
    const { id } = registerComponent.component;
    const read = await ask(1, `{ node(id: "${id}") { ... on Component { key } } }`);
    expect(read).toEqual({ node: { key: `${name}-${n}` } });
  }
}

const stateOf = async (api: number): Promise<string> => {
  const readiness = await fetch(`${servings[api]!.url}/readyz`);
  expect(readiness.status).toBe(200);
  return ((await readiness.json()) as { checks: { replicas: string } }).checks.replicas;
};
const untilUsed = async () => {
  for (const api of [0, 1]) await expect.poll(() => stateOf(api), POLL).toBe('ok');
};

/** How often the standby has read components. */
const readsOfStandby = (): Promise<number> =>
  asOwner(standby.url, async (owner) => {
    const { rows } = await owner.query(
      `select (seq_scan + idx_scan)::int as reads from pg_stat_user_tables where relname = 'journey_components'`,
    );
    return rows[0].reads;
  });

test('a query shows what any process committed before, and is executed by the replica', async () => {
  await untilUsed();
  const before = await readsOfStandby();
  await readWrites('fresh', 30);
  await expect.poll(readsOfStandby, POLL).toBeGreaterThan(before);
});

test('a list shows everything up to the feedCursor of its operation', async () => {
  await untilUsed();
  const { registerComponent } = await register('churning');
  const enqueue = `mutation { enqueueRuns(inputs: [${`{ componentId: "${registerComponent.component.id}" },`.repeat(20)}]) { run { id } } }`;
  for (let n = 0; n < 15; n += 1) {
    const enqueued = ask(0, enqueue);
    const { feedCursor, runs } = await ask(1, '{ feedCursor runs(first: 100) { nodes { id sequence } } }');
    await enqueued;
    const { xid, position } = decodeCursor(feedCursor);
    const listed = new Map<string, number>(
      runs.nodes.map(({ id, sequence }: { id: string; sequence: number }) => [id, sequence]),
    );
    const { rows } = await asOwner(primary.url, (owner) =>
      owner.query(
        `select run_id as id, max(sequence) as sequence from journey_run_events
         where (xid, position) <= ($1, $2) group by run_id order by run_id desc limit 100`,
        [String(xid), String(position)],
      ),
    );
    // The list is of the newest runs: later ones may have taken the places of older ones.
    const oldest = [...listed.keys()].sort()[0] ?? '';
    for (const { id, sequence } of rows)
      if (id >= oldest) expect(listed.get(id) ?? 0).toBeGreaterThanOrEqual(sequence);
  }
});

test('while the replica lags, queries are answered by the primary', async () => {
  await untilUsed();
  await asOwner(standby.url, (owner) => owner.query('select pg_wal_replay_pause()'));
  await readWrites('lagging', 10);
  for (const api of [0, 1])
    await expect
      .poll(() => stateOf(api), POLL)
      .toMatch(/^127\.0\.0\.1:\d+ is not used: it is behind the primary$/);
  const [, address] = /"address":"([^"]+\/metrics)"/.exec(servings[1]!.log())!;
  const metrics = async () => (await fetch(address!)).text();
  await expect.poll(metrics, POLL).toMatch(/^journey_replica_used\{[^}]*\} 0/m);
  await expect.poll(metrics, POLL).toMatch(/^journey_replica_behind_bytes\{[^}]*\} [1-9]/m);
  await asOwner(standby.url, (owner) => owner.query('select pg_wal_replay_resume()'));
  await untilUsed();
  await readWrites('caught-up', 5);
});

test('a replica that crashes costs no query, and is used again when it is back', async () => {
  await untilUsed();
  const { registerComponent } = await register('present');
  let isDown = false;
  const reading = Array.from({ length: 8 }, async () => {
    for (let after = 0; after < 20; after += isDown ? 1 : 0) {
      const { node } = await ask(
        1,
        `{ node(id: "${registerComponent.component.id}") { ... on Component { key attachments(first: 1) { nodes { id } } runs(first: 1) { nodes { id } } } } }`,
      );
      expect(node.key).toBe('present');
    }
  });
  await standby.stop('immediate');
  isDown = true;
  await Promise.all(reading);
  await expect.poll(() => stateOf(1), POLL).toMatch(/is not used: it does not respond$/);
  await readWrites('alone', 3);
  await standby.start();
  await untilUsed();
  await readWrites('again', 3);
});

test('a replica that a failover left behind, ahead of the new primary, is not used', async () => {
  const old = await startPostgres(newFolder(), FAST);
  const ahead = await startStandby(old, newFolder(), FAST);
  const promoted = await startStandby(old, newFolder(), FAST);
  await promoted.stop('fast');
  const lost = (await asOwner(old.url, (owner) =>
    owner.query(
      'create table lost as select from generate_series(1, 10000); select pg_current_wal_insert_lsn() as lsn',
    ),
  )) as unknown as pg.QueryResult<{ lsn: string }>[];
  const replayed = () =>
    asOwner(ahead.url, async (owner) => {
      const { rows } = await owner.query('select pg_last_wal_replay_lsn() >= $1::pg_lsn as is', [
        lost[1]!.rows[0]!.lsn,
      ]);
      return rows[0].is;
    });
  await expect.poll(replayed, POLL).toBe(true);
  await old.stop('immediate');
  await promoted.start();
  await asOwner(promoted.url, (owner) => owner.query('select pg_promote()'));
  const db = openDatabase({ url: promoted.url, maxConnections: 2 });
  const reads = openReadDatabases({
    primary: db,
    pool: db.pool,
    urls: [ahead.url],
    maxConnections: 2,
    logger: silent,
  });
  const state = () => reads.replicas()[0]!.state;
  await expect.poll(state, POLL).toBe('it has not confirmed the latest failover yet');
  expect(await reads.choose()).toBe(db);
  await reads.stop();
  await db.close();
  for (const server of [ahead, promoted]) await server.stop('immediate');
});
