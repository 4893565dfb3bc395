import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { startEmbedded } from '../../../src/postgres/embedded/embedded.ts';
import { runCommand, startServe } from '../../support/command.ts';
import { createTestDatabase } from '../../support/database.ts';
import { addWorker, fillRuns, installEarlierVersion, runId } from './earlier-version.ts';

test("a view of another application's that uses the runs is named by its fix, and nothing is half done", async () => {
  await using database = await earlierDatabase();
  await database.pool.query('create view report as select id, status from journey_component_runs');
  const { code, stderr } = await runCommand(['migrate'], { DATABASE_URL: database.url });
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(
      /_runs_by_state failed and left nothing behind \(cannot drop .*: drop the views of your own/,
    ),
  ]);
  await database.pool.query('drop view report');
  expect(await runCommand(['migrate'], { DATABASE_URL: database.url })).toMatchObject({ code: 0 });
});

test('a start does not wait for long behind a transaction that reads the runs', async () => {
  await using database = await earlierDatabase();
  const reader = await database.pool.connect();
  await reader.query(
    'set idle_in_transaction_session_timeout = 0; begin; select from journey_component_runs',
  );
  const { code, stderr } = await runCommand(['migrate'], { DATABASE_URL: database.url });
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(
      /_runs_by_state failed and left nothing behind \(canceling .* lock timeout\): end the transaction/,
    ),
  ]);
  await reader.query('rollback');
  reader.release();
  expect(await runCommand(['migrate'], { DATABASE_URL: database.url })).toMatchObject({ code: 0 });
});

/** A database of the earlier version with a hundred runs and no living worker. */
async function earlierDatabase() {
  const database = await createTestDatabase({ migrated: false });
  const client = new pg.Client(database.url);
  await client.connect();
  await installEarlierVersion(client, database.url);
  await fillRuns(client, 100, runId(0));
  await client.end();
  return { ...database, [Symbol.asyncDispose]: database.drop };
}

test('a start on an old data folder moves its runs, moments after its worker was killed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'journey-runtime-upgrade-'));
  try {
    const embedded = await startEmbedded({ dataDir });
    const client = new pg.Client(embedded.ownerUrl);
    await client.connect();
    await installEarlierVersion(client, embedded.ownerUrl);
    const workerId = await addWorker(client);
    await fillRuns(client, 100, workerId);
    await client.query(`update journey_workers set lease_until = now() + interval '8 seconds'`);
    await client.end();
    await embedded.stop();

    const serving = await startServe({ JOURNEY_RUNTIME_DATA_DIR: dataDir });
    try {
      expect(serving.log()).toContain(
        'waiting for the end of workers of the earlier version: shop-1 process 4711',
      );
      const body = JSON.stringify({ query: `{ runs(first: 100) { nodes { id status queue } } }` });
      const headers = { 'content-type': 'application/json' };
      const open = async () => {
        const answer = await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body });
        const { data } = (await answer.json()) as { data: { runs: { nodes: Node[] } } };
        return data.runs.nodes.filter(
          ({ status, queue }) => /QUEUED|RUNNING/.test(status) && queue !== 'other',
        );
      };
      await expect.poll(open).toEqual([]);
    } finally {
      const ended = once(serving.child, 'exit');
      serving.child.kill('SIGTERM');
      await ended;
    }
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});

type Node = { id: string; status: string; queue: string | null };
